#include "api/picture.h"

#include <algorithm>
#include <cmath>

#include "api/table.h"
#include "expr/print.h"

namespace jitegral {
namespace {

std::unexpected<Diagnostic> bad_range(const sema::Plot& plot) {
  auto failure = fail(Code::plot_needs_range, plot.source, plot.range);
  failure.error().notes.emplace_back("its ends are two different finite numbers");
  return failure;
}

Expected<Picture> sample_range(const sema::Plot& plot, int points, const Prepare& prepare,
                               const std::function<bool()>& stopped) {
  TRY(from, prepare(plot.lower, {})({}));
  TRY(to, prepare(plot.upper, {})({}));
  if (!std::isfinite(from) || !std::isfinite(to) || from == to) return bad_range(plot);
  const double step = (to - from) / (points - 1);
  Picture picture{.variable = plot.curves[0].variable.name()};
  for (const sema::Plot::Curve& curve : plot.curves) {
    Picture::Curve made{.name = curve.name};
    const Ready formula = prepare(curve.body, {&curve.variable, 1});
    for (int i = 0; i < points && !stopped(); ++i) {
      const double x = i + 1 == points ? to : std::fma(i, step, from);
      TRY(y, formula({&x, 1}));
      made.x.push_back(x);
      made.y.push_back(y);
    }
    picture.curves.push_back(std::move(made));
  }
  return picture;
}

// The name of a curve among several: the values of the outer loops.
std::string family(const std::vector<std::pair<std::string, double>>& at) {
  std::string name;
  for (std::size_t k = 0; k + 1 < at.size(); ++k)
    name += (name.empty() ? "" : ", ") + at[k].first + " = " + to_text(at[k].second);
  return name;
}

// The innermost loop runs along a curve, the others count the curves.
Expected<Picture> sample_table(const sema::Statement& statement, const Prepare& prepare,
                               const std::function<bool()>& stopped) {
  TRY(table, make_table(statement.loops));
  const sema::Plot::Curve& curve = statement.plot.curves[0];
  const Ready formula = prepare(curve.body, table.variables());
  Picture picture{.variable = statement.loops.back().variable.name()};
  std::vector<std::pair<std::string, double>> at;
  for (std::uint64_t row = 0; row < table.rows() && !stopped(); ++row) {
    table.read(row, at);
    const std::string name = at.size() > 1 ? family(at) : curve.name;
    if (picture.curves.empty() || picture.curves.back().name != name)
      picture.curves.push_back({.name = name});
    std::vector<double> values;
    for (const auto& [variable, value] : at) values.push_back(value);
    TRY(y, formula(values));
    picture.curves.back().x.push_back(values.back());
    picture.curves.back().y.push_back(y);
  }
  return picture;
}

}  // namespace

Expected<Picture> sample(const sema::Statement& statement, int points, const Prepare& prepare,
                         const std::function<bool()>& stopped) {
  if (statement.loops.empty()) return sample_range(statement.plot, std::max(points, 2), prepare, stopped);
  return sample_table(statement, prepare, stopped);
}

}  // namespace jitegral
