#include "interpreter/grid_program.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "interpreter/operations.h"

namespace jitegral::interpreter {

using analysis::GridForm;

namespace {

constexpr std::size_t width = vecmath::kLanes;
constexpr std::size_t tile_points = GridForm::tile_points;

using Column = std::vector<double>;
using Columns = std::vector<Column>;
using Symbols = std::vector<Symbol>;

Symbols joined(std::span<const Symbol> first, const Symbols& second) {
  Symbols all(first.begin(), first.end());
  all.insert(all.end(), second.begin(), second.end());
  return all;
}

Symbols names(const std::vector<GridForm::Named>& list) {
  Symbols symbols;
  for (const auto& named : list) symbols.push_back(named.symbol);
  return symbols;
}

std::vector<Program> programs(const std::vector<GridForm::Named>& list, const Symbols& axes,
                              const Symbols& params, const vecmath::Native& bodies) {
  std::vector<Program> made;
  for (const auto& named : list) made.emplace_back(named.value, axes, params, bodies);
  return made;
}

Symbols point_axes(const GridForm& form, const Symbol& x) {
  Symbols axes{x};
  for (const auto* list : {&form.by_column, &form.by_place, &form.by_row, &form.by_tile_column})
    axes = joined(axes, names(*list));
  return axes;
}

}  // namespace

GridProgram::GridProgram(const Expr& formula, const Symbol& x, std::span<const Symbol> params,
                         const vecmath::Native& bodies)
    : form_(analysis::grid_form(formula, x)),
      plain_(form_.plain, std::array{x}, joined(params, names(form_.once)), bodies),
      point_(form_.is_separated()
                 ? Program(form_.body, point_axes(form_, x), joined(params, names(form_.once)), bodies)
                 : plain_),
      operations_(&operations(bodies)) {
  const Symbols given(params.begin(), params.end());
  for (const auto& named : form_.once) once_.emplace_back(named.value, params);
  if (!form_.is_separated()) return;
  valid_ = Tape(form_.valid, joined(params, {form_.middle, form_.radius, form_.row_length}));
  by_column_ = programs(form_.by_column, {form_.offset}, given, bodies);
  by_place_ = programs(form_.by_place, {form_.offset, form_.row_offset}, given, bodies);
  by_row_ = programs(form_.by_row, {form_.row}, given, bodies);
  by_tile_column_ = programs(form_.by_tile_column, {form_.offset}, joined(given, {form_.tile}), bodies);
}

// One call. Columns are in the order in which a tile's points are added.
class GridRun {
 public:
  GridRun(const GridProgram& program, const Grid& grid, std::span<const double> params)
      : program_(program), form_(program.form_), grid_(grid), params_(params.begin(), params.end()) {
    for (const Tape& value : program.once_) params_.push_back(value(params));
    given_ = std::span<const double>(params_).first(params.size());
    separated_ = form_.is_separated() && grid.count >= form_.least_count && is_valid();
    if (separated_) prepare();
  }

  double sum() {
    for (std::uint64_t done = 0; done < grid_.count; done += tile_points) {
      const auto count = std::min<std::uint64_t>(tile_points, grid_.count - done);
      const auto first = static_cast<double>(grid_.first + done);
      if (separated_ && count == tile_points)
        separated_tile(first);
      else
        plain_tile(first, static_cast<std::size_t>(count));
      add_tile((static_cast<std::size_t>(count) + width - 1) / width);
    }
    for (std::size_t half = width / 2; half > 0; half /= 2)
      for (std::size_t i = 0; i < half; ++i) total_[i] += total_[i + half];
    return total_[0];
  }

 private:
  [[nodiscard]] double point(double index) const { return std::fma(index, grid_.step, grid_.start); }

  [[nodiscard]] bool is_valid() const {
    const double half = 0.5 * (static_cast<double>(grid_.count) - 1);
    std::vector<double> values(given_.begin(), given_.end());
    values.push_back(point(static_cast<double>(grid_.first) + half));
    values.push_back(std::fabs(half * grid_.step));
    values.push_back(std::fabs(static_cast<double>(row_points()) * grid_.step));
    return program_.valid_(values) != 0;
  }

  [[nodiscard]] std::size_t columns() const { return static_cast<std::size_t>(form_.columns); }
  [[nodiscard]] std::size_t rows() const { return static_cast<std::size_t>(form_.rows); }
  [[nodiscard]] std::size_t row_points() const { return columns() * width; }

  // The programs' values where their axes have these.
  static Columns evaluated(const std::vector<Program>& programs, std::span<const double* const> axes,
                           std::span<const double> params, std::size_t count) {
    Columns values(programs.size(), Column(count));
    for (std::size_t i = 0; i < programs.size(); ++i)
      programs[i].eval({axes, params, count}, values[i].data());
    return values;
  }

  // f(column, row, lane) for all points of a tile.
  template <class F>
  Column spread(F f) const {
    Column values;
    for (std::size_t c = 0; c < columns(); ++c)
      for (std::size_t r = 0; r < rows(); ++r)
        for (std::size_t l = 0; l < width; ++l) values.push_back(f(c, r, l));
    return values;
  }

  void prepare() {
    for (std::size_t i = 0; i < row_points(); ++i) offset_.push_back(static_cast<double>(i) * grid_.step);
    const std::array<const double*, 1> along_row{offset_.data()};
    Columns columns = evaluated(program_.by_column_, along_row, given_, row_points());
    for (Column& column : columns) point_columns_.push_back(over_rows(column));
    const Column offset = over_rows(offset_);
    const Column row_offset =
        spread([&](auto, std::size_t r, auto) { return static_cast<double>(row_points() * r) * grid_.step; });
    const std::array<const double*, 2> place{offset.data(), row_offset.data()};
    for (Column& values : evaluated(program_.by_place_, place, given_, tile_points))
      point_columns_.push_back(std::move(values));
  }

  [[nodiscard]] Column over_rows(const Column& column) const {
    return spread([&](std::size_t c, auto, std::size_t l) { return column[width * c + l]; });
  }

  // Appends what changes from tile to tile to the columns that do not.
  [[nodiscard]] Columns of_tile(double first) const {
    Column row(rows());
    for (std::size_t r = 0; r < rows(); ++r) row[r] = point(first + static_cast<double>(row_points() * r));
    Columns all;
    const std::array<const double*, 1> down{row.data()};
    for (const Column& values : evaluated(program_.by_row_, down, given_, rows()))
      all.push_back(spread([&](auto, std::size_t r, auto) { return values[r]; }));
    std::vector<double> params(given_.begin(), given_.end());
    params.push_back(point(first));
    const std::array<const double*, 1> along{offset_.data()};
    for (const Column& values : evaluated(program_.by_tile_column_, along, params, row_points()))
      all.push_back(over_rows(values));
    return all;
  }

  void separated_tile(double first) {
    const Column x = spread([&](std::size_t c, std::size_t r, std::size_t l) {
      return point(first + static_cast<double>(row_points() * r + width * c + l));
    });
    const Columns tile = of_tile(first);
    std::vector<const double*> axes{x.data()};
    for (const Column& column : point_columns_) axes.push_back(column.data());
    for (const Column& column : tile) axes.push_back(column.data());
    program_.point_.eval({axes, params_, tile_points}, y_.data());
  }

  void plain_tile(double first, std::size_t count) {
    std::array<double, tile_points> x;
    const std::array<const double*, 1> axes{x.data()};
    program_.operations_->grid_points(grid_.start, grid_.step, first, x.data(),
                                      static_cast<std::int64_t>((count + width - 1) / width));
    program_.plain_.eval({axes, params_, count}, y_.data());
    std::fill(y_.begin() + static_cast<std::ptrdiff_t>(count), y_.end(), 0.0);
  }

  void add_tile(std::size_t vectors) {
    alignas(64) std::array<double, 2 * width> sums{};
    program_.operations_->add_vectors(y_.data(), static_cast<std::int64_t>(vectors), sums.data());
    for (std::size_t i = 0; i < width; ++i) total_[i] += sums[i] + sums[width + i];
  }

  const GridProgram& program_;
  const GridForm& form_;
  const Grid& grid_;
  std::vector<double> params_;  // the parameters, then what is computed once
  std::span<const double> given_;
  bool separated_ = false;
  Column offset_;
  Columns point_columns_;
  std::array<double, width> total_{};
  std::array<double, tile_points> y_{};
};

double GridProgram::sum(const Grid& grid, std::span<const double> params) const noexcept {
  return GridRun(*this, grid, params).sum();
}

}  // namespace jitegral::interpreter
