// The classic loop with a formula that muParser interprets, in its bulk mode. Usage: loop_muparser FORMULA
#include <muParser.h>

#include <numbers>
#include <numeric>
#include <vector>

#include "timing.h"

static std::vector<double> x(1);
static std::vector<double> y;
static mu::Parser parser;

static double integrate(long points) {
  const auto n = static_cast<std::size_t>(points);
  if (y.size() != n) {
    x.resize(n);
    y.resize(n);
    parser.DefineVar("x", x.data());
  }
  const double step = std::numbers::pi / 2 / static_cast<double>(n);
  for (std::size_t i = 0; i < n; ++i) x[i] = static_cast<double>(i) * step;
  parser.Eval(y.data(), static_cast<int>(n));
  return std::accumulate(y.begin(), y.end(), 0.0) * step;
}

int main(int, char** argv) {
  parser.DefineVar("x", x.data());
  parser.SetExpr(argv[1]);
  return serve(integrate);
}
