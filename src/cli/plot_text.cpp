// Braille dots: each character cell holds 2 x 4 of them (Unicode 2800 to 28FF).
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <vector>

#include "cli/plot.h"
#include "cli/plot_range.h"

namespace jitegral::cli {
namespace {

constexpr int label_width = 10;

class Canvas {
 public:
  Canvas(int columns, int rows)
      : columns_(columns), rows_(rows), cells_(static_cast<std::size_t>(columns * rows), 0) {}

  // From (0, 0), bottom left, to (1, 1).
  void line(double x0, double y0, double x1, double y1) {
    const double dx = (x1 - x0) * width(), dy = (y1 - y0) * height();
    const int steps = static_cast<int>(std::min(1 + std::max(std::fabs(dx), std::fabs(dy)), 1e5));
    for (int i = 0; i <= steps; ++i) {
      const double t = static_cast<double>(i) / steps;
      dot(x0 + t * (x1 - x0), y0 + t * (y1 - y0));
    }
  }
  void dot(double x, double y) {
    if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1)) return;
    const int column = static_cast<int>(std::lround(x * width()));
    const int row = static_cast<int>(std::lround((1 - y) * height()));
    static constexpr std::array<std::array<unsigned char, 2>, 4> bits{
        {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}}};
    cells_[cell(row / 4, column / 2)] |=
        bits[static_cast<std::size_t>(row % 4)][static_cast<std::size_t>(column % 2)];
  }
  [[nodiscard]] std::size_t cell(int row, int column) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) +
           static_cast<std::size_t>(column);
  }
  [[nodiscard]] std::string row(int row) const {
    std::string text;
    for (int column = 0; column < columns_; ++column) {
      const unsigned char dots = cells_[cell(row, column)];
      if (dots == 0) {
        text += ' ';
        continue;
      }
      text += {'\xE2', static_cast<char>(0xA0 | dots >> 6), static_cast<char>(0x80 | (dots & 0x3F))};
    }
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
  }

 private:
  [[nodiscard]] double width() const { return 2 * columns_ - 1; }
  [[nodiscard]] double height() const { return 4 * rows_ - 1; }
  int columns_, rows_;
  std::vector<unsigned char> cells_;
};

void draw_curve(Canvas& canvas, const Picture::Curve& curve, const Extent& x, const Extent& y) {
  std::optional<std::pair<double, double>> before;
  for (std::size_t i = 0; i < curve.x.size(); ++i) {
    if (!std::isfinite(curve.y[i])) {
      before.reset();
      continue;
    }
    const std::pair here(x.share(curve.x[i]), y.share(curve.y[i]));
    // A jump over the whole height is a pole, not a line.
    if (before && std::fabs(here.second - before->second) < 1)
      canvas.line(before->first, before->second, here.first, here.second);
    else
      canvas.dot(here.first, here.second);
    before = here;
  }
}

std::string legend(const Picture& picture) {
  std::string text;
  for (const Picture::Curve& curve : picture.curves) text += (text.empty() ? "" : ", ") + curve.name;
  return text;
}

// A line of marks under the axis, and their values as far as there is room.
std::string marks_below(const Picture& picture, const Extent& x, int columns, const Style& style) {
  if (picture.marks.empty()) return {};
  const auto width = static_cast<std::size_t>(columns);
  std::vector<bool> marked(width);
  std::string values;
  for (const double mark : picture.marks) {
    const auto column = static_cast<std::size_t>(std::lround(x.share(mark) * (columns - 1)));
    marked[column] = true;
    const std::string value = tick(mark, x);
    const std::size_t centred = column - std::min(column, value.size() / 2);
    const std::size_t begin = std::min(centred, width - std::min(width, value.size()));
    if (!values.empty() && begin <= values.size()) continue;
    values.resize(begin, ' ');
    values += value;
  }
  std::string row;
  for (const bool here : marked) row += here ? "▲" : " ";
  row.erase(row.find_last_not_of(' ') + 1);
  const std::string indent(label_width + 2, ' ');
  return indent + style.bold(row) + "\n" + indent + values + "\n";
}

}  // namespace

ScreenSize screen_size() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return {};
  return {size.ws_col, size.ws_row};
}

std::string draw_text(const Picture& picture, ScreenSize size, const Style& style) {
  const int columns = std::clamp(size.columns - label_width - 3, 10, 200);
  const int rows = std::clamp(size.rows - 8, 4, 16);
  const Extent x = shown_range(picture);
  if (!(x.low <= x.high)) return "nothing to draw\n";
  const Extent y = visible_values(picture);
  Canvas canvas(columns, rows);
  for (const Picture::Curve& curve : picture.curves) draw_curve(canvas, curve, x, y);
  std::string text = std::string(label_width + 2, ' ') + style.bold(legend(picture)) + "\n";
  for (int row = 0; row < rows; ++row) {
    std::string label;
    if (row == 0) label = fmt::format("{:.4g}", y.high);
    if (row == rows - 1) label = fmt::format("{:.4g}", y.low);
    text += style.dim(fmt::format("{:>{}} ┤", label, label_width)) + canvas.row(row) + "\n";
  }
  const std::string left = tick(x.low, x), right = tick(x.high, x);
  const int gap = columns - static_cast<int>(left.size() + right.size());
  std::string bottom(label_width + 1, ' ');
  bottom += "└";
  for (int i = 0; i < columns; ++i) bottom += "─";
  text += style.dim(bottom) + "\n" + marks_below(picture, x, columns, style);
  const int middle = std::max(gap, 3);
  text += std::string(label_width + 2, ' ') + style.dim(left) +
          style.dim(fmt::format("{:^{}}", picture.variable, middle)) + style.dim(right) + "\n";
  return text;
}

}  // namespace jitegral::cli
