// The classic loop with a formula that muParser interprets, in its bulk mode.
#include <muParser.h>

#include <numbers>
#include <numeric>
#include <vector>

#include "timing.h"

static constexpr int n_iter = 1000000;
static std::vector<double> x(n_iter);
static std::vector<double> y(n_iter);
static mu::Parser parser;

static double integrate() {
  const double step = std::numbers::pi / 2 / n_iter;
  for (int i = 0; i < n_iter; ++i) x[static_cast<std::size_t>(i)] = i * step;
  parser.Eval(y.data(), n_iter);
  return std::accumulate(y.begin(), y.end(), 0.0) * step;
}

int main() {
  parser.DefineVar("x", x.data());
  parser.SetExpr("cos(x)");
  measure("muParser, bulk mode", "loop", 1, integrate);
}
