#include "cli/startup.h"

#include <cstdlib>

namespace jitegral::cli {

namespace fs = std::filesystem;

fs::path startup_file() {
  const char* config = std::getenv("XDG_CONFIG_HOME");
  const char* home = std::getenv("HOME");
  std::error_code unknown;
  fs::path path;
  if (config != nullptr && *config == '/')
    path = fs::path(config) / "jitegral" / "jtgrc";
  else if (home != nullptr)
    path = fs::path(home) / ".config" / "jitegral" / "jtgrc";
  if (!path.empty() && fs::is_regular_file(path, unknown)) return path;
  if (home == nullptr) return {};
  path = fs::path(home) / ".jtgrc";
  return fs::is_regular_file(path, unknown) ? path : fs::path();
}

}  // namespace jitegral::cli
