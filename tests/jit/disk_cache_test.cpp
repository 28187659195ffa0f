// The cache on disk finds what was stored, and nothing else: whatever else lies in its folder is a miss.
#include "jit/disk_cache.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

#include "functions/function.h"
#include "jit/jit.h"
#include "jit/kernel_key.h"

namespace jitegral::jit {
namespace {

namespace fs = std::filesystem;

// A folder of its own for each test case.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "jitegral-cache-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    fs::permissions(path_, fs::perms::owner_all);
    fs::remove_all(path_);
  }
  [[nodiscard]] std::string path() const { return path_.string(); }
  [[nodiscard]] std::vector<fs::path> files() const {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(path_)) found.push_back(entry.path());
    return found;
  }
  [[nodiscard]] fs::path only_file() const {
    REQUIRE(files().size() == 1);
    return files()[0];
  }

 private:
  fs::path path_;
};

std::string bytes_of(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void overwrite(const fs::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

const std::string key = "a key\nof two lines", object = "the bytes\0of an object";

TEST_CASE("what is stored is found, by this process and the next, under its key only") {
  const Folder folder;
  DiskCache cache(folder.path());
  REQUIRE(cache.is_usable());
  CHECK(!cache.find(key));
  cache.store(key, object);
  CHECK(cache.find(key) == object);
  CHECK(DiskCache(folder.path()).find(key) == object);
  CHECK(!cache.find(key + " "));
  cache.store(key, "another object");
  CHECK(cache.find(key) == "another object");
  CHECK((fs::status(folder.only_file()).permissions() & fs::perms::mask) ==
        (fs::perms::owner_read | fs::perms::owner_write));
}

TEST_CASE("an entry that is truncated anywhere, longer, or has any bit flipped is a miss") {
  const Folder folder;
  DiskCache cache(folder.path());
  cache.store(key, object);
  const fs::path file = folder.only_file();
  const std::string good = bytes_of(file);
  for (std::size_t length = 0; length < good.size(); ++length) {
    overwrite(file, good.substr(0, length));
    REQUIRE(!cache.find(key));
  }
  overwrite(file, good + "x");
  CHECK(!cache.find(key));
  for (std::size_t bit = 0; bit < 8 * good.size(); ++bit) {
    std::string bad = good;
    bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << bit % 8));
    overwrite(file, bad);
    REQUIRE(!cache.find(key));
  }
  overwrite(file, good);
  CHECK(cache.find(key) == object);
}

TEST_CASE("a good entry under another key's name is a miss") {
  const Folder folder;
  DiskCache cache(folder.path());
  cache.store(key, object);
  const fs::path first = folder.only_file();
  const std::string entry = bytes_of(first);
  cache.store("another key", "another object");
  for (const fs::path& file : folder.files()) overwrite(file, entry);
  CHECK(!cache.find("another key"));
  CHECK(cache.find(key) == object);
}

TEST_CASE("files that others may write, links, pipes and folders are misses") {
  const Folder folder;
  DiskCache cache(folder.path());
  cache.store(key, object);
  const fs::path file = folder.only_file(), elsewhere = file.string() + ".moved";
  for (const fs::perms writable : {fs::perms::group_write, fs::perms::others_write}) {
    fs::permissions(file, writable, fs::perm_options::add);
    CHECK(!cache.find(key));
    fs::permissions(file, writable, fs::perm_options::remove);
  }
  CHECK(cache.find(key) == object);
  fs::rename(file, elsewhere);
  fs::create_symlink(elsewhere, file);
  CHECK(!cache.find(key));
  fs::remove(file);
  REQUIRE(mkfifo(file.c_str(), 0600) == 0);
  CHECK(!cache.find(key));  // and does not wait for a writer
  fs::remove(file);
  fs::create_directory(file);
  CHECK(!cache.find(key));
  fs::remove(file);
  if (geteuid() == 0) {  // only root can give a file away
    fs::rename(elsewhere, file);
    REQUIRE(chown(file.c_str(), 12345, 12345) == 0);
    CHECK(!cache.find(key));
  }
}

TEST_CASE("a folder that others may write, a link to one, or none at all is not used") {
  const Folder folder;
  fs::permissions(folder.path(), fs::perms::group_write, fs::perm_options::add);
  CHECK(!DiskCache(folder.path()).is_usable());
  fs::permissions(folder.path(), fs::perms::group_write, fs::perm_options::remove);
  const std::string link = folder.path() + "/link", good = folder.path() + "/good";
  CHECK(DiskCache(good).is_usable());
  CHECK((fs::status(good).permissions() & fs::perms::mask) == fs::perms::owner_all);
  fs::create_directory_symlink(good, link);
  CHECK(!DiskCache(link).is_usable());
  for (const std::string path : {"", "relative/path", "/dev/null/below-a-file"}) {
    DiskCache none(path);
    CHECK(!none.is_usable());
    none.store(key, object);
    CHECK(!none.find(key));
  }
  if (geteuid() == 0) {
    REQUIRE(chown(good.c_str(), 12345, 12345) == 0);
    CHECK(!DiskCache(good).is_usable());
  }
}

TEST_CASE("a folder that cannot be written gives what it has") {
  const Folder folder;
  DiskCache cache(folder.path());
  cache.store(key, object);
  fs::permissions(folder.path(), fs::perms::owner_read | fs::perms::owner_exec);
  CHECK(cache.find(key) == object);
  cache.store("another key", object);  // root may write all the same
  CHECK((geteuid() == 0 || !cache.find("another key")));
}

TEST_CASE("the least recently used entries go when there is no room") {
  const Folder folder;
  DiskCache cache(folder.path(), {.bytes = 20'000, .entry_bytes = 5'000});
  for (int i = 0; i < 40; ++i) {
    cache.store("key " + std::to_string(i), std::string(900, 'x'));
    CHECK(cache.find("key 0"));  // stays young
  }
  cache.sweep();
  std::uint64_t bytes = 0;
  for (const fs::path& file : folder.files()) bytes += fs::file_size(file);
  CHECK(bytes <= 20'000);
  CHECK(cache.find("key 0"));
  CHECK(cache.find("key 39"));
  CHECK(!cache.find("key 1"));
  cache.store("too large", std::string(6'000, 'x'));
  CHECK(!cache.find("too large"));
}

TEST_CASE("processes at once: an entry is found whole or not at all") {
  const Folder folder;
  std::vector<pid_t> children;
  for (int child = 0; child < 3; ++child) {
    const pid_t pid = fork();
    REQUIRE(pid >= 0);
    if (pid == 0) {
      DiskCache cache(folder.path(), {.bytes = 30'000, .entry_bytes = 10'000});
      bool good = true;
      for (int i = 0; i < 300; ++i) {
        const std::string name = "key " + std::to_string(i % 7);
        cache.store(name, std::string(static_cast<std::size_t>(1000 + i % 7), 'a'));
        if (const auto found = cache.find(name))
          good = good && *found == std::string(static_cast<std::size_t>(1000 + i % 7), 'a');
      }
      _exit(good ? 0 : 1);
    }
    children.push_back(pid);
  }
  for (const pid_t pid : children) {
    int status = 0;
    waitpid(pid, &status, 0);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
  }
  for (const fs::path& file : folder.files()) CHECK(file.extension() == ".kernel");
}

const Symbol x("x");

codegen::KernelSource cosine_times(double factor) {
  const Expr cosine = Expr::apply(*functions::find("cos"), {Expr::variable(x)});
  return {Expr::apply(*functions::find("*"), {cosine, Expr::number(factor)}), {x}, {}};
}

TEST_CASE("keys tell formulas, entries, builds and machines apart") {
  const codegen::Target target = codegen::make_target("x86-64-v3").value();
  const codegen::Target other = codegen::make_target("x86-64").value();
  codegen::Target masked = target;
  masked.features = "-fma";
  using codegen::Entry;
  const std::string maker = maker_key("build", target);
  CHECK(maker != maker_key("another build", target));
  CHECK(maker != maker_key("build", other));
  CHECK(maker != maker_key("build", masked));
  const std::string one = kernel_key(maker, cosine_times(1.5), Entry::batch);
  CHECK(one == kernel_key(maker, cosine_times(1.5), Entry::batch));
  CHECK(one != kernel_key(maker, cosine_times(1.5), Entry::grid));
  CHECK(one != kernel_key(maker, cosine_times(std::nextafter(1.5, 2)), Entry::batch));
  CHECK(kernel_key(maker, cosine_times(0.0), Entry::batch) !=
        kernel_key(maker, cosine_times(-0.0), Entry::batch));
  CHECK(build_id().size() >= 16);
}

TEST_CASE("a kernel from the disk gives the same values, and a spoilt one is compiled again") {
  const Folder folder;
  const auto value = [&](const std::string& directory) {
    const auto jit = Jit::create({.tier = Tier::native, .cache_directory = directory}).value();
    const Kernel kernel = jit->kernel(cosine_times(3), false).value();
    return kernel(std::array{0.5});
  };
  const double fresh = value("");
  CHECK(value(folder.path()) == fresh);
  const fs::path file = folder.only_file();
  const std::string entry = bytes_of(file);
  CHECK(value(folder.path()) == fresh);
  overwrite(file, entry.substr(0, entry.size() / 2));
  CHECK(value(folder.path()) == fresh);
  CHECK(bytes_of(file) == entry);  // the same source gives the same bytes
}

TEST_CASE("an entry that is whole but no object is compiled again") {
  const Folder folder;
  const auto one = Jit::create({.tier = Tier::native, .cache_directory = folder.path()}).value();
  const Kernel first = one->kernel(cosine_times(7), false).value();
  const std::string stored = bytes_of(folder.only_file());
  for (const auto& file : folder.files()) {
    const std::size_t begin = stored.find("jitegral kernel, abi");
    const std::size_t elf = stored.find(
        "\x7f"
        "ELF");
    REQUIRE(elf != std::string::npos);
    DiskCache(folder.path()).store(stored.substr(begin, elf - begin), "not an object");
    CHECK(bytes_of(file) != stored);
  }
  const auto two = Jit::create({.tier = Tier::native, .cache_directory = folder.path()}).value();
  CHECK(two->kernel(cosine_times(7), false).value()(std::array{0.5}) == first(std::array{0.5}));
}

}  // namespace
}  // namespace jitegral::jit
