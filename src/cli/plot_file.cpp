// Files are drawn by gnuplot, which draws better axes than a few lines here would; numbers are written here.
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <nlohmann/json.hpp>
#include <string_view>

#include "cli/number_text.h"
#include "cli/plot.h"
#include "cli/plot_range.h"

namespace jitegral::cli {
namespace {

// Text inside single quotes, in which gnuplot knows nothing special but '.
std::string in_quotes(std::string_view text) {
  std::string out = "'";
  for (char c : text) out += c == '\'' ? "''" : std::string(1, c == '\n' ? ' ' : c);
  return out + "'";
}

std::string gnuplot_number(double value) { return std::isfinite(value) ? fmt::format("{}", value) : "NaN"; }

// With some room, as gnuplot itself would leave.
std::string value_range(const Picture& picture) {
  const Extent y = visible_values(picture);
  const double margin = (y.high - y.low) / 20;
  if (!std::isfinite(margin)) return {};
  return fmt::format("set yrange [{}:{}]\n", y.low - margin, y.high + margin);
}

// Dashed lines, with their values above if they are few.
std::string marks(const Picture& picture) {
  constexpr std::size_t few = 12;
  if (picture.marks.empty()) return {};
  const Extent x = shown_range(picture);
  std::string text = "set tmargin 3\n";
  for (const double mark : picture.marks) {
    text += fmt::format(
        "set arrow from {0}, graph 0 to {0}, graph 1 nohead dashtype 2 linecolor rgb 'gray40'\n", mark);
    if (picture.marks.size() <= few)
      text += fmt::format("set label '{}' at {}, graph 1.04 center\n", tick(mark, x), mark);
  }
  return text + fmt::format("set xrange [{}:{}]\n", x.low, x.high);
}

std::string script(const Picture& picture, const std::string& path, bool svg) {
  std::string text = fmt::format("set encoding utf8\nset terminal {} size 800,500\nset output {}\n",
                                 svg ? "svg dynamic" : "pngcairo", in_quotes(path));
  text +=
      fmt::format("set xlabel {} noenhanced\nset grid\nset key noenhanced\n", in_quotes(picture.variable));
  text += value_range(picture) + marks(picture);
  std::string curves, data;
  for (const Picture::Curve& curve : picture.curves) {
    curves += fmt::format("{}'-' with lines linewidth 2 title {}", curves.empty() ? "" : ", ",
                          in_quotes(curve.name));
    for (std::size_t i = 0; i < curve.x.size(); ++i)
      data += gnuplot_number(curve.x[i]) + " " + gnuplot_number(curve.y[i]) + "\n";
    data += "e\n";
  }
  return text + "plot " + curves + "\n" + data;
}

// Runs gnuplot with a script on its standard input. The status as of waitpid.
int run_gnuplot(const std::string& text) {
  struct sigaction ignore{}, before{};
  ignore.sa_handler = SIG_IGN;  // it may end before it has read all
  sigaction(SIGPIPE, &ignore, &before);
  int status = 127;
  // NOLINTNEXTLINE(bugprone-command-processor): a fixed command, and the shell finds it in PATH
  if (std::FILE* pipe = popen("exec gnuplot 2>&1 >/dev/null", "w"); pipe != nullptr) {
    std::fwrite(text.data(), 1, text.size(), pipe);
    status = pclose(pipe);
  }
  sigaction(SIGPIPE, &before, nullptr);
  return status;
}

}  // namespace

Expected<void> draw_file(const Picture& picture, const std::string& path) {
  const bool svg = path.ends_with(".svg");
  if (!svg && !path.ends_with(".png"))
    return fail(Code::bad_usage, {"a picture is a .svg or a .png file, not '" + path + "'"});
  // gnuplot goes on after an output that it cannot open, so that is found out first.
  std::FILE* file = std::fopen(path.c_str(), "w");
  if (file == nullptr) return fail(Code::cannot_write, {"'" + path + "'", std::strerror(errno)});
  std::fclose(file);
  const int status = run_gnuplot(script(picture, path, svg));
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  const bool missing = WIFEXITED(status) && WEXITSTATUS(status) == 127;
  std::remove(path.c_str());
  return fail(Code::cannot_draw,
              {missing ? "gnuplot is not installed (apt install gnuplot-nox)" : "gnuplot failed"});
}

std::string json_text(const Picture& picture) {
  std::string text;
  for (const Picture::Curve& curve : picture.curves) {
    const nlohmann::ordered_json json{
        {"curve", curve.name}, {"variable", picture.variable}, {"x", curve.x}, {"y", curve.y}};
    text += json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  }
  return text;
}

std::string csv_text(const Picture& picture) {
  std::string text = "curve," + picture.variable + ",value\n";
  for (std::size_t k = 0; k < picture.curves.size(); ++k)
    for (std::size_t i = 0; i < picture.curves[k].x.size(); ++i)
      text += fmt::format("{},{},{}\n", k + 1, value_text(picture.curves[k].x[i]),
                          value_text(picture.curves[k].y[i]));
  return text;
}

}  // namespace jitegral::cli
