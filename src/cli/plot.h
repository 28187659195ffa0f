// Pictures of curves: in the terminal with braille dots, as SVG or PNG through gnuplot, as numbers.
#pragma once

#include <string>

#include "api/workspace.h"
#include "cli/style.h"

namespace jitegral::cli {

struct ScreenSize {
  int columns = 80;
  int rows = 24;
};
// Of the terminal on standard output; the usual one if there is none.
ScreenSize screen_size();

// Axes, ticks and curves for a screen; points without a finite value are gaps.
std::string draw_text(const Picture& picture, ScreenSize size, const Style& style);

// Into a .svg or .png file, by gnuplot. Errors: E605 if gnuplot is missing or fails, E604 for another ending.
Expected<void> draw_file(const Picture& picture, const std::string& path);

// The points: an object a curve and line; a row a point.
std::string json_text(const Picture& picture);
std::string csv_text(const Picture& picture);

}  // namespace jitegral::cli
