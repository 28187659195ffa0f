#include "cli/files.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace jitegral::cli {

Expected<Source> read_file(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  std::error_code unknown;
  if (std::filesystem::is_directory(path, unknown))
    return fail(Code::cannot_read, {"'" + path + "'", "it is a folder"});
  std::ostringstream text;
  text << stream.rdbuf();
  if (!stream.is_open() || stream.bad())
    return fail(Code::cannot_read, {"'" + path + "'", std::strerror(errno)});
  return Source(path, std::move(text).str());
}

Expected<void> write_file(const std::string& path, const std::string& bytes) {
  std::ofstream stream(path, std::ios::binary);
  stream << bytes;
  stream.close();
  if (!stream) return fail(Code::cannot_write, {"'" + path + "'", std::strerror(errno)});
  return {};
}

}  // namespace jitegral::cli
