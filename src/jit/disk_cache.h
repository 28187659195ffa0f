// Compiled kernels on disk, shared by all processes of one user. Private to jit.
//
// What is defended: an entry is used only if the folder and the file belong to the user who runs us, nobody
// else may write to them, no link stands in the way, a SHA-256 over everything in the file is right, and the
// whole key is the one asked for. So another user, a crash in the middle of a write, a damaged disk, a full
// one, another version of jitegral or another machine's entry cost a compilation, never a wrong number.
// What is not: whoever can write files as this user can run code as this user anyway, here as elsewhere; and
// access control lists beyond the mode bits are not looked at.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jitegral::jit {

// Thread-safe. Any number of processes may use one folder at once.
class DiskCache {
 public:
  struct Limits {
    std::uint64_t bytes = 64U << 20U;  // of all entries; the least recently used go first
    std::uint64_t entry_bytes = 16U << 20U;
  };

  // An empty path, or a folder that cannot be made or trusted: nothing is found and nothing stored. Folders
  // that are made get mode 0700.
  explicit DiskCache(const std::string& directory, const Limits& limits);
  explicit DiskCache(const std::string& directory) : DiskCache(directory, Limits{}) {}
  ~DiskCache();
  DiskCache(const DiskCache&) = delete;
  DiskCache& operator=(const DiskCache&) = delete;

  // JITEGRAL_CACHE_DIR, or jitegral in XDG_CACHE_HOME or ~/.cache. Empty if none of these is an absolute
  // path.
  static std::string default_directory();

  [[nodiscard]] bool is_usable() const { return directory_ >= 0; }
  // What was stored under `key`.
  [[nodiscard]] std::optional<std::string> find(std::string_view key) const;
  // Failing is no mistake: the entry is then compiled again some day.
  void store(std::string_view key, std::string_view object);
  // Removes the least recently used entries, if all together are larger than the limit, until they take
  // three quarters of it; and what processes that died left behind. store() does this now and then.
  void sweep() const;

 private:
  Limits limits_;
  int directory_ = -1;
  std::atomic<std::uint32_t> stored_ = 0;
};

// The identity of the program or library that this code is linked into (its GNU build-id, in hexadecimal):
// different code never has the same. Empty if the linker wrote none.
std::string build_id();

}  // namespace jitegral::jit
