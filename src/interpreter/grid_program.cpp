#include "interpreter/grid_program.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "interpreter/operations.h"

namespace jitegral::interpreter {

using analysis::GridForm;
using Way = GridForm::Way;

namespace {

constexpr std::size_t width = vecmath::kLanes;
constexpr std::size_t tile_points = GridForm::tile_points;

using Column = std::vector<double>;
using Columns = std::vector<Column>;
using Symbols = std::vector<Symbol>;
using Vector = std::array<double, width>;

// A sum of vectors, and what its additions have lost.
class CarefulVector {
 public:
  explicit CarefulVector(const Operations& operations) : operations_(operations) {}

  void add(const double* y, std::size_t vectors) {
    operations_.add_carefully(y, static_cast<std::int64_t>(vectors), sums_.data());
  }

  [[nodiscard]] double total() const {
    alignas(64) Vector all;
    vecmath::native().cold_total(sums_.data(), all.data());
    return all[0];
  }

 private:
  const Operations& operations_;
  alignas(64) std::array<double, 2 * width> sums_{};
};

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

Symbols row_params(const GridForm& form, std::span<const Symbol> params) {
  return joined(joined(params, names(form.once)), names(form.sums));
}

GridProgram::GridProgram(GridForm form, const Symbol& x, std::span<const Symbol> params,
                         const vecmath::Native& bodies, Others others)
    : form_(std::move(form)),
      plain_(form_.plain, std::array{x}, joined(params, names(form_.once)), bodies),
      others_(std::move(others)),
      operations_(&operations(bodies)) {
  const Symbols given = joined(params, names(form_.once));
  for (const auto& named : form_.once) once_.emplace_back(named.value, params);
  if (form_.way == Way::plain) return;
  valid_ = Tape(form_.valid, joined(params, {form_.middle, form_.radius, form_.row_length}));
  if (form_.way == Way::points) point_.emplace(form_.body, point_axes(form_, x), given, bodies);
  if (form_.otherwise && !others_.otherwise)
    otherwise_ = std::make_unique<GridProgram>(*form_.otherwise, x, params, bodies);
  if (form_.way == Way::rows && !others_.rows)
    row_sum_.emplace(form_.row_sum, std::array{form_.row}, row_params(form_, params), bodies);
  by_column_ = programs(form_.by_column, {form_.offset}, given, bodies);
  by_place_ = programs(form_.by_place, {form_.offset, form_.row_offset}, given, bodies);
  by_row_ = programs(form_.by_row, {form_.row}, given, bodies);
  by_tile_column_ = programs(form_.by_tile_column, {form_.offset}, joined(given, {form_.tile}), bodies);
  sums_ = programs(form_.sums, {form_.offset}, given, bodies);
}

void GridProgram::eval_row_sums(const Points& points, double* y) const noexcept {
  return others_.rows ? others_.rows.eval(points, y) : row_sum_->eval(points, y);
}

double GridProgram::nanoseconds_a_point() const {
  constexpr double product = 0.4;
  switch (form_.way) {
    case Way::plain:
      return plain_.nanoseconds_a_point();
    case Way::points:
      return point_->nanoseconds_a_point();
    case Way::products:
      return product * static_cast<double>(form_.by_place.size() * form_.products.size());
    case Way::rows:
      return (row_sum_ ? row_sum_->nanoseconds_a_point() : 0) / (static_cast<double>(width) * form_.columns);
  }
  return 0;
}

// One call. Columns of numbers are in the order in which a tile's points are added: row after row of a column
// of the tile.
class GridRun {
 public:
  GridRun(const GridProgram& program, const Grid& grid, std::span<const double> params)
      : program_(program), form_(program.form_), grid_(grid), params_(params.begin(), params.end()) {
    for (const Tape& value : program.once_) params_.push_back(value(params));
    if (form_.way == Way::plain || grid.count < form_.least_count || !is_valid(params)) return;
    way_ = form_.way;
    prepare();
  }

  // Absent if the tiles cannot be separated.
  std::optional<double> separated_sum() {
    if (way_ == Way::plain) return {};
    const double sum = total();
    return std::isfinite(sum) ? std::optional(sum) : std::nullopt;
  }
  double plain_sum() {
    way_ = Way::plain;
    return total();
  }

 private:
  double total() {
    CarefulVector total(*program_.operations_);
    for (std::uint64_t done = 0; done < grid_.count;) {
      const double first = static_cast<double>(grid_.first + done);
      const std::uint64_t rest = grid_.count - done;
      if (way_ == Way::rows && rest >= tile_points) {
        const std::uint64_t tiles = std::min<std::uint64_t>(tiles_at_once, rest / tile_points);
        add_tiles_of_rows(total, first, static_cast<std::size_t>(tiles));
        done += tiles * tile_points;
      } else {
        total.add(tile(first, static_cast<std::size_t>(std::min<std::uint64_t>(tile_points, rest))).data(),
                  1);
        done += tile_points;
      }
    }
    return total.total();
  }

  Vector tile(double first, std::size_t count) {
    if (way_ == Way::products && count == tile_points) return tile_of_products(first);
    return way_ == Way::points && count == tile_points ? tile_of_points(first) : plain_tile(first, count);
  }

  [[nodiscard]] double point(double index) const { return std::fma(index, grid_.step, grid_.start); }

  [[nodiscard]] bool is_valid(std::span<const double> params) const {
    const double half = 0.5 * (static_cast<double>(grid_.count) - 1);
    std::vector<double> values(params.begin(), params.end());
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
    values.reserve(tile_points);
    for (std::size_t c = 0; c < columns(); ++c)
      for (std::size_t r = 0; r < rows(); ++r)
        for (std::size_t l = 0; l < width; ++l) values.push_back(f(c, r, l));
    return values;
  }
  [[nodiscard]] Column over_rows(const Column& column) const {
    return spread([&](std::size_t c, auto, std::size_t l) { return column[width * c + l]; });
  }
  [[nodiscard]] Column over_columns(const Column& row) const {
    return spread([&](auto, std::size_t r, auto) { return row[r]; });
  }

  void prepare() {
    offset_.resize(row_points());
    for (std::size_t i = 0; i < row_points(); ++i) offset_[i] = static_cast<double>(i) * grid_.step;
    const std::array<const double*, 1> along_row{offset_.data()};
    by_column_ = evaluated(program_.by_column_, along_row, params_, row_points());
    if (way_ == Way::rows) prepare_rows(along_row);
    if (!form_.by_place.empty()) prepare_places();
  }

  void prepare_rows(std::span<const double* const> along_row) {
    row_params_ = params_;
    for (const Column& values : evaluated(program_.sums_, along_row, params_, row_points())) {
      CarefulVector sum(*program_.operations_);
      sum.add(values.data(), columns());
      row_params_.push_back(sum.total());
    }
    row_points_.resize(width * tiles_at_once);
    row_sums_.resize(width * tiles_at_once);
  }

  void prepare_places() {
    const Column offset = over_rows(offset_);
    const Column row_offset =
        spread([&](auto, std::size_t r, auto) { return static_cast<double>(row_points() * r) * grid_.step; });
    const std::array<const double*, 2> place{offset.data(), row_offset.data()};
    by_place_ = evaluated(program_.by_place_, place, params_, tile_points);
  }

  // Points of the grid, so many apart.
  void points_from(double first, std::size_t distance, double* x, std::size_t vectors) const {
    program_.operations_->grid_points(grid_.start, grid_.step, first, static_cast<double>(distance), x,
                                      static_cast<std::int64_t>(vectors));
  }

  [[nodiscard]] Columns rows_of_tile(double first) const {
    Column starts(rows());
    points_from(first, row_points(), starts.data(), rows() / width);
    const std::array<const double*, 1> down{starts.data()};
    return evaluated(program_.by_row_, down, params_, rows());
  }

  [[nodiscard]] Columns columns_of_tile(double first) const {
    std::vector<double> params = params_;
    params.push_back(point(first));
    const std::array<const double*, 1> along{offset_.data()};
    return evaluated(program_.by_tile_column_, along, params, row_points());
  }

  void add_tiles_of_rows(CarefulVector& total, double first, std::size_t tiles) {
    points_from(first + form_.row_place, row_points(), row_points_.data(), tiles);
    const std::array<const double*, 1> down{row_points_.data()};
    program_.eval_row_sums({down, row_params_, width * tiles}, row_sums_.data());
    total.add(row_sums_.data(), tiles);
  }

  // Values by the names of a list.
  static const Column& named(const Columns& values, const std::vector<GridForm::Named>& list,
                             const Expr& name) {
    const auto found = std::ranges::find(list, name->symbol, &GridForm::Named::symbol);
    return values[static_cast<std::size_t>(found - list.begin())];
  }

  Vector tile_of_products(double first) const {
    const Columns by_row = rows_of_tile(first);
    Columns by_column = by_column_;
    for (Column& values : columns_of_tile(first)) by_column.push_back(std::move(values));
    std::vector<GridForm::Named> column_names = form_.by_column;
    column_names.insert(column_names.end(), form_.by_tile_column.begin(), form_.by_tile_column.end());
    Vector sum{};
    for (std::size_t c = 0; c < columns(); ++c)
      for (const auto& product : form_.products) {
        const Vector over_rows = sum_of_terms(product.terms, by_row, c);
        const Column* factor = product.column ? &named(by_column, column_names, product.column) : nullptr;
        for (std::size_t l = 0; l < width; ++l)
          sum[l] = factor == nullptr ? sum[l] + over_rows[l]
                                     : std::fma((*factor)[width * c + l], over_rows[l], sum[l]);
      }
    return sum;
  }

  // Over the rows of a column.
  [[nodiscard]] Vector sum_of_terms(const std::vector<GridForm::Term>& terms, const Columns& by_row,
                                    std::size_t column) const {
    std::vector<const double*> row, place;
    for (const auto& term : terms) {
      row.push_back(named(by_row, form_.by_row, term.row).data());
      place.push_back(term.place
                          ? named(by_place_, form_.by_place, term.place).data() + width * rows() * column
                          : nullptr);
    }
    alignas(64) std::array<double, 2 * width> sums{};
    program_.operations_->add_products(row.data(), place.data(), static_cast<std::int64_t>(terms.size()),
                                       static_cast<std::int64_t>(rows()), sums.data());
    return sum_of_both(sums);
  }

  Vector tile_of_points(double first) {
    const Column x = spread([&](std::size_t c, std::size_t r, std::size_t l) {
      return point(first + static_cast<double>(row_points() * r + width * c + l));
    });
    Columns named;
    for (const Column& values : by_column_) named.push_back(over_rows(values));
    named.insert(named.end(), by_place_.begin(), by_place_.end());
    for (const Column& values : rows_of_tile(first)) named.push_back(over_columns(values));
    for (const Column& values : columns_of_tile(first)) named.push_back(over_rows(values));
    std::vector<const double*> axes{x.data()};
    for (const Column& values : named) axes.push_back(values.data());
    program_.point_->eval({axes, params_, tile_points}, y_.data());
    return sum_in_turn(tile_points);
  }

  Vector plain_tile(double first, std::size_t count) {
    std::array<double, tile_points> x;
    const std::array<const double*, 1> axes{x.data()};
    const std::size_t vectors = (count + width - 1) / width;
    points_from(first, 1, x.data(), vectors);
    program_.plain_.eval({axes, params_, count}, y_.data());
    std::fill_n(y_.begin() + static_cast<std::ptrdiff_t>(count), width * vectors - count, 0.0);
    return sum_in_turn(count);
  }

  // Of the vectors that so many values of y_ fill.
  [[nodiscard]] Vector sum_in_turn(std::size_t count) const {
    alignas(64) std::array<double, 2 * width> sums{};
    program_.operations_->add_vectors(y_.data(), static_cast<std::int64_t>((count + width - 1) / width),
                                      sums.data());
    return sum_of_both(sums);
  }

  static Vector sum_of_both(const std::array<double, 2 * width>& sums) {
    Vector both;
    for (std::size_t i = 0; i < width; ++i) both[i] = sums[i] + sums[width + i];
    return both;
  }

  static constexpr std::uint64_t tiles_at_once = 64;

  const GridProgram& program_;
  const GridForm& form_;
  const Grid& grid_;
  std::vector<double> params_;  // the parameters, then what is computed once
  Way way_ = Way::plain;
  Column offset_;
  Columns by_column_, by_place_;
  std::vector<double> row_params_;  // params_, then what `sums` come to
  Column row_points_, row_sums_;
  std::array<double, tile_points> y_;  // left unset
};

double GridProgram::sum(const Grid& grid, std::span<const double> params) const noexcept {
  GridRun run(*this, grid, params);
  if (const auto sum = run.separated_sum()) return *sum;
  return form_.otherwise ? otherwise(grid, params) : run.plain_sum();
}

double GridProgram::otherwise(const Grid& grid, std::span<const double> params) const noexcept {
  if (grid.count < 2 * GridForm::proofs_pay)
    return others_.otherwise ? others_.otherwise.grid_sum(grid, params) : otherwise_->sum(grid, params);
  const std::uint64_t half = grid.count / (2 * tile_points) * tile_points;
  return sum({grid.start, grid.step, grid.first, half}, params) +
         sum({grid.start, grid.step, grid.first + half, grid.count - half}, params);
}

}  // namespace jitegral::interpreter
