#include "jit/disk_cache.h"

#include <dirent.h>
#include <fcntl.h>
#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/SHA256.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <memory>
#include <string>
#include <vector>

namespace jitegral::jit {
namespace {

constexpr std::string_view magic = "jitegral kernel1";
constexpr std::string_view entry_suffix = ".kernel";
constexpr std::string_view unfinished_prefix = "unfinished-";
constexpr std::time_t abandoned_seconds = 3600;
constexpr std::uint32_t stores_between_sweeps = 32;

using Digest = std::array<std::uint8_t, 32>;

// All of an entry but key and object, which follow. Integers as this machine has them: another machine has
// another key.
struct Header {
  std::array<char, 16> magic;
  std::uint64_t key_size;
  std::uint64_t object_size;
  Digest digest;  // of the fields above, the key and the object
};

Digest digest_of(const Header& header, std::string_view key, std::string_view object) {
  llvm::SHA256 hash;
  hash.update(llvm::StringRef(header.magic.data(), header.magic.size()));
  for (const std::uint64_t size : {header.key_size, header.object_size})
    hash.update(llvm::StringRef(reinterpret_cast<const char*>(&size), sizeof size));
  hash.update(llvm::StringRef(key));
  hash.update(llvm::StringRef(object));
  return hash.final();
}

std::string entry_name(std::string_view key) {
  llvm::SHA256 hash;
  hash.update(llvm::StringRef(key));
  return llvm::toHex(hash.final(), /*LowerCase=*/true) + std::string(entry_suffix);
}

class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  [[nodiscard]] int get() const { return descriptor_; }
  explicit operator bool() const { return descriptor_ >= 0; }

 private:
  int descriptor_;
};

bool is_ours_alone(const struct stat& status) {
  return status.st_uid == geteuid() && (status.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

// The whole file, if it may be trusted; nothing that is read later can have been another file.
std::optional<std::string> read_trusted(int file, std::uint64_t largest) {
  struct stat status{};
  if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode) || !is_ours_alone(status)) return std::nullopt;
  if (status.st_size < 0 || static_cast<std::uint64_t>(status.st_size) > largest) return std::nullopt;
  std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t got = read(file, bytes.data() + done, bytes.size() - done);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return std::nullopt;
    done += static_cast<std::size_t>(got);
  }
  return bytes;
}

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t done = write(file, bytes.data(), bytes.size());
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
  return true;
}

// The object in an entry that is complete and was stored under this very key.
std::optional<std::string> object_in(const std::string& entry, std::string_view key) {
  Header header{};
  if (entry.size() < sizeof header) return std::nullopt;
  std::memcpy(&header, entry.data(), sizeof header);
  const std::string_view rest = std::string_view(entry).substr(sizeof header);
  if (std::string_view(header.magic.data(), header.magic.size()) != magic) return std::nullopt;
  if (header.key_size != key.size() || header.key_size > rest.size()) return std::nullopt;
  if (header.object_size != rest.size() - header.key_size) return std::nullopt;
  const std::string_view object = rest.substr(header.key_size);
  if (rest.substr(0, header.key_size) != key) return std::nullopt;
  if (header.digest != digest_of(header, key, object)) return std::nullopt;
  return std::string(object);
}

// Every missing folder on the way, as mkdir -p.
void make_folders(const std::string& path) {
  for (std::size_t end = path.find('/', 1); end != std::string::npos; end = path.find('/', end + 1))
    mkdir(path.substr(0, end).c_str(), 0700);
  mkdir(path.c_str(), 0700);
}

int open_folder(const std::string& path) {
  if (!path.starts_with('/')) return -1;
  make_folders(path);
  const int folder = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  struct stat status{};
  if (folder < 0 || (fstat(folder, &status) == 0 && is_ours_alone(status))) return folder;
  close(folder);
  return -1;
}

struct Entry {
  std::string name;
  std::uint64_t size;
  timespec used;
};

bool used_before(const Entry& a, const Entry& b) {
  return a.used.tv_sec != b.used.tv_sec ? a.used.tv_sec < b.used.tv_sec : a.used.tv_nsec < b.used.tv_nsec;
}

// The entries of a folder; what was left unfinished long ago is removed on the way.
std::vector<Entry> entries_in(int folder) {
  std::vector<Entry> entries;
  const int own = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);  // with a position of its own
  if (own < 0) return entries;
  const std::unique_ptr<DIR, int (*)(DIR*)> list(fdopendir(own), closedir);
  if (!list) return entries;
  while (const dirent* one = readdir(list.get())) {
    const std::string_view name = one->d_name;
    struct stat status{};
    if (fstatat(folder, one->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(status.st_mode)) continue;
    if (name.ends_with(entry_suffix))
      entries.push_back({std::string(name), static_cast<std::uint64_t>(status.st_size), status.st_mtim});
    else if (name.starts_with(unfinished_prefix) &&
             std::time(nullptr) - status.st_mtim.tv_sec > abandoned_seconds)
      unlinkat(folder, one->d_name, 0);
  }
  return entries;
}

}  // namespace

DiskCache::DiskCache(const std::string& directory, const Limits& limits)
    : limits_(limits), directory_(open_folder(directory)) {}

DiskCache::~DiskCache() {
  if (directory_ >= 0) close(directory_);
}

std::string DiskCache::default_directory() {
  const auto variable = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string(value != nullptr && value[0] == '/' ? value : "");
  };
  if (std::string own = variable("JITEGRAL_CACHE_DIR"); !own.empty()) return own;
  if (const std::string caches = variable("XDG_CACHE_HOME"); !caches.empty()) return caches + "/jitegral";
  const std::string home = variable("HOME");
  return home.empty() ? "" : home + "/.cache/jitegral";
}

std::optional<std::string> DiskCache::find(std::string_view key) const {
  if (!is_usable()) return std::nullopt;
  // O_NONBLOCK: a pipe of that name must not make us wait.
  const File file(
      openat(directory_, entry_name(key).c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
  if (!file) return std::nullopt;
  const auto entry = read_trusted(file.get(), limits_.entry_bytes);
  if (!entry) return std::nullopt;
  auto object = object_in(*entry, key);
  if (object) futimens(file.get(), nullptr);  // used now
  return object;
}

void DiskCache::store(std::string_view key, std::string_view object) {
  Header header{.key_size = key.size(), .object_size = object.size()};
  if (!is_usable() || sizeof header + key.size() + object.size() > limits_.entry_bytes) return;
  std::ranges::copy(magic, header.magic.begin());
  header.digest = digest_of(header, key, object);
  const std::uint32_t number = stored_++;
  const std::string unfinished = std::string(unfinished_prefix) + std::to_string(getpid()) + "-" +
                                 std::to_string(reinterpret_cast<std::uintptr_t>(this)) + "-" +
                                 std::to_string(number);
  {
    const File file(
        openat(directory_, unfinished.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file) return;
    const bool written = write_all(file.get(), {reinterpret_cast<const char*>(&header), sizeof header}) &&
                         write_all(file.get(), key) && write_all(file.get(), object);
    // Whoever finds the name finds all of the entry; who wins a race does not matter.
    if (!written || renameat(directory_, unfinished.c_str(), directory_, entry_name(key).c_str()) != 0)
      unlinkat(directory_, unfinished.c_str(), 0);
  }
  if (number % stores_between_sweeps == 0) sweep();
}

void DiskCache::sweep() const {
  if (!is_usable()) return;
  std::vector<Entry> entries = entries_in(directory_);
  std::uint64_t bytes = 0;
  for (const Entry& entry : entries) bytes += entry.size;
  if (bytes <= limits_.bytes) return;
  std::ranges::sort(entries, used_before);
  for (const Entry& entry : entries) {
    if (bytes <= limits_.bytes / 4 * 3) return;
    unlinkat(directory_, entry.name.c_str(), 0);
    bytes -= entry.size;
  }
}

}  // namespace jitegral::jit
