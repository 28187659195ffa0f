#include "aot/link.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "codegen/target.h"

namespace jitegral::aot {
namespace {

// A folder of our own, gone at the end.
class Folder {
 public:
  Folder() {
    std::string path = (std::filesystem::temp_directory_path(none_) / "jitegral-XXXXXX").string();
    if (mkdtemp(path.data()) != nullptr) path_ = path;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    if (!path_.empty()) std::filesystem::remove_all(path_, none_);
  }
  [[nodiscard]] std::string file(const char* name) const { return (path_ / name).string(); }

 private:
  std::error_code none_;
  std::filesystem::path path_;
};

std::string contents(const std::string& path) {
  const std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return std::move(text).str();
}

// Runs a command with its output and complaints in a file. What kept it from starting, or its exit status.
std::string run(const std::vector<std::string>& command, const std::string& output) {
  std::vector<char*> words;
  for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output.c_str(), O_WRONLY | O_CREAT | O_TRUNC,
                                   0600);
  posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  pid_t child = 0;
  const int failed = posix_spawnp(&child, words[0], &actions, nullptr, words.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return "'" + command[0] + "' does not start: " + std::strerror(failed);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  return "'" + command[0] + "' ends with status " + std::to_string(WEXITSTATUS(status));
}

}  // namespace

std::vector<std::string> c_compiler(const std::string& triple) {
  const char* chosen = std::getenv("CC");
  if (chosen == nullptr || *chosen == 0) {
    if (codegen::is_native(triple)) return {"cc"};
    return {triple + "-gcc"};
  }
  std::istringstream words(chosen);
  return {std::istream_iterator<std::string>(words), {}};
}

Expected<std::string> link_shared(const std::string& object, std::vector<std::string> compiler) {
  const Folder folder;
  const std::string input = folder.file("jitegral.o"), made = folder.file("made"), said = folder.file("said");
  std::ofstream(input, std::ios::binary) << object;
  compiler.insert(compiler.end(), {"-shared", "-o", made, input, "-lm"});
  if (const std::string trouble = run(compiler, said); !trouble.empty()) {
    auto failure = fail(Code::link_failed, {trouble});
    if (std::string words = contents(said); !words.empty()) failure.error().notes.push_back(std::move(words));
    return failure;
  }
  std::string bytes = contents(made);
  if (bytes.empty()) return fail(Code::link_failed, {"'" + compiler[0] + "' made nothing"});
  return bytes;
}

}  // namespace jitegral::aot
