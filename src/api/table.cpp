#include "api/table.h"

#include <algorithm>

#include "expr/print.h"
#include "expr/transform.h"

namespace jitegral {
namespace {

constexpr double most_rows = 1e12;

std::unexpected<Diagnostic> bad_loop(const sema::Loop& loop, std::string why) {
  return fail(Code::bad_loop, loop.source, loop.span, {std::move(why)});
}

}  // namespace

double Table::Axis::value(std::uint64_t i) const {
  return list.empty() ? std::fma(static_cast<double>(i), step, start) : list[i];
}

std::uint64_t Table::rows() const {
  std::uint64_t rows = 1;
  for (const Axis& axis : axes_) rows *= axis.count;
  return rows;
}

std::vector<Symbol> Table::variables() const {
  std::vector<Symbol> symbols;
  for (const Axis& axis : axes_) symbols.push_back(axis.variable);
  return symbols;
}

void Table::read(std::uint64_t row, std::vector<std::pair<std::string, double>>& at) const {
  at.resize(axes_.size());
  for (std::size_t k = axes_.size(); k-- > 0;) {
    const Axis& axis = axes_[k];
    at[k] = {axis.variable.name(), axis.value(row % axis.count)};
    row /= axis.count;
  }
}

Expected<Table> make_table(const std::vector<sema::Loop>& loops) {
  Table table;
  double rows = 1;
  for (const sema::Loop& loop : loops) {
    Table::Axis axis{.variable = loop.variable};
    std::vector<double> values;
    for (const Expr& value : loop.values) {
      if (value->has_integral || !free_symbols(value).empty())
        return bad_loop(loop, "its limits must be plain numbers");
      values.push_back(evaluate(value));
    }
    if (loop.is_range) {
      axis.start = values[0];
      axis.step = values[2];
      // A last row that rounding would lose is kept: 0..1 step 0.1 has eleven rows.
      const double steps = (values[1] - values[0]) / values[2];
      if (!std::isfinite(steps)) return bad_loop(loop, "its step is " + to_text(values[2]));
      if (steps < 0) return bad_loop(loop, "its step leads away from its end");
      axis.count =
          static_cast<std::uint64_t>(std::floor(std::min(steps, 2 * most_rows) * (1 + 1e-12) + 1e-12)) + 1;
    } else {
      axis.list = values;
      axis.count = values.size();
    }
    rows *= static_cast<double>(axis.count);
    if (rows > most_rows) return bad_loop(loop, "it has more than 10^12 rows");
    table.axes_.push_back(std::move(axis));
  }
  return table;
}

}  // namespace jitegral
