#include "interpreter/program.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

#include "expr/fold.h"
#include "functions/pair.h"
#include "interpreter/operations.h"

namespace jitegral::interpreter {

namespace {

constexpr std::size_t width = vecmath::kLanes;
constexpr std::size_t largest_block = 128;  // points: sixteen registers fill half of the first-level cache

std::size_t whole_vectors(std::size_t count) { return (count + width - 1) / width * width; }

}  // namespace

// Two walks: the nodes in order of evaluation, then registers for them.
class Program::Builder {
 public:
  Builder(Program& program, std::span<const Symbol> axes, std::span<const Symbol> params,
          const vecmath::Native& bodies)
      : program_(program), axes_(axes), params_(params), bodies_(bodies) {
    program.axes_ = axes.size();
    program.params_ = params.size();
  }

  void build(const Expr& formula) {
    values_.reserve(32);
    const auto root =
        fold<std::uint32_t>(formula, [this](const Node& node, std::span<const std::uint32_t> arguments) {
          values_.push_back(value(node, arguments));
          return static_cast<std::uint32_t>(values_.size() - 1);
        });
    program_.nodes_ = values_.size();
    program_.steps_.reserve(values_.size());
    next_ = static_cast<Register>(axes_.size() + program_.numbers_.size() + params_.size());
    for (Value& one : values_)
      if (one.node != nullptr && one.uniform) emit(one, next_++);
    program_.uniform_steps_ = program_.steps_.size();
    count_uses(root);
    for (Value& one : values_)
      if (one.node != nullptr && !one.uniform) emit_reusing(one);
    program_.registers_ = next_;
    program_.result_ = place(root);
  }

 private:
  struct Value {
    const Node* node = nullptr;  // of a step; null for what is given
    std::array<std::uint32_t, 3> arguments{};
    bool uniform = true;
    Register place = 0;  // of what is given: by axis, number or param
    enum class Given : std::uint8_t { axis, number, param } given = Given::number;
    std::uint32_t uses = 0;
    bool ready = false;  // by a step for two
  };

  Value value(const Node& node, std::span<const std::uint32_t> arguments) {
    if (node.kind == ExprKind::apply) {
      Value made{.node = &node};
      std::ranges::copy(arguments, made.arguments.begin());
      made.uniform = std::ranges::all_of(arguments, [this](auto id) { return values_[id].uniform; });
      return made;
    }
    if (node.kind == ExprKind::variable) {
      if (const auto axis = std::ranges::find(axes_, node.symbol); axis != axes_.end())
        return {.uniform = false,
                .place = static_cast<Register>(axis - axes_.begin()),
                .given = Value::Given::axis};
      if (const auto param = std::ranges::find(params_, node.symbol); param != params_.end())
        return {.place = static_cast<Register>(param - params_.begin()), .given = Value::Given::param};
    }
    program_.numbers_.push_back(node.kind == ExprKind::number ? node.value
                                                              : std::numeric_limits<double>::quiet_NaN());
    return {.place = static_cast<Register>(program_.numbers_.size() - 1), .given = Value::Given::number};
  }

  [[nodiscard]] Register place(std::uint32_t id) const {
    const Value& one = values_[id];
    if (one.node != nullptr || one.given == Value::Given::axis) return one.place;
    const std::size_t first =
        axes_.size() + (one.given == Value::Given::param ? program_.numbers_.size() : std::size_t{0});
    return static_cast<Register>(first) + one.place;
  }

  // Measured roughly, with AVX2: a load and a store, a polynomial, a series.
  static double nanoseconds(Lowering lowering) {
    if (lowering == Lowering::instruction) return 0.4;
    return lowering == Lowering::vecmath ? 3 : 150;
  }

  void emit(Value& one, Register result) {
    const Function& function = *one.node->function;
    if (!one.uniform) program_.nanoseconds_a_point_ += nanoseconds(function.lowering);
    Step step{.arity = function.arity, .result = result};
    if (function.lowering == Lowering::instruction)
      step.block = program_.operations_->find(function.instruction);
    else if (function.lowering == Lowering::vecmath)
      step.block = bodies_.find(function.name);
    else
      step.scalar = function.scalar;
    for (std::uint32_t i = 0; i < step.arity; ++i) step.arguments[i] = place(one.arguments[i]);
    one.place = result;
    program_.steps_.push_back(step);
  }

  void count_uses(std::uint32_t root) {
    for (const Value& one : values_)
      if (one.node != nullptr && !one.uniform)
        for (std::uint32_t i = 0; i < one.node->function->arity; ++i) ++values_[one.arguments[i]].uses;
    ++values_[root].uses;
  }

  // What a step for two functions needs besides the one.
  struct Partner {
    Value* value = nullptr;  // of the other function, with the same argument
    vecmath::PairBlock both = nullptr;
    bool comes_first = false;
  };

  // Absent if `one` is to be computed alone.
  std::optional<Partner> partner(const Value& one) {
    for (const functions::Pair& pair : functions::pairs())
      for (std::size_t i : {0U, 1U}) {
        if (one.node->function != &pair.together[i]) continue;
        const auto other = std::ranges::find_if(values_, [&](const Value& value) {
          return value.node != nullptr && value.node->function == &pair.together[1 - i] &&
                 value.arguments[0] == one.arguments[0];
        });
        if (other == values_.end()) return {};
        return Partner{&*other, bodies_.find_pair(pair.together[0].name), i == 1};
      }
    return {};
  }

  void release_arguments(const Value& one) {
    for (std::uint32_t i = 0; i < one.node->function->arity; ++i) {
      const Value& argument = values_[one.arguments[i]];
      const bool temporary = argument.node != nullptr && !argument.uniform;
      if (--values_[one.arguments[i]].uses == 0 && temporary) free_.push_back(argument.place);
    }
  }

  Register free_register() {
    if (free_.empty()) return next_++;
    const Register found = free_.back();
    free_.pop_back();
    return found;
  }

  // Elementwise loops may write over what they read, so the result may take an argument's register.
  void emit_reusing(Value& one) {
    if (one.ready) return;
    const auto other = partner(one);
    release_arguments(one);
    if (other) release_arguments(*other->value);
    emit(one, free_register());
    if (!other) return;
    other->value->place = free_register();
    other->value->ready = true;
    Step& step = program_.steps_.back();
    step.both = other->both;
    step.other_result = other->value->place;
    if (other->comes_first) std::swap(step.result, step.other_result);
  }

  Program& program_;
  std::span<const Symbol> axes_, params_;
  const vecmath::Native& bodies_;
  std::vector<Value> values_;
  std::vector<Register> free_;
  Register next_ = 0;
};

Program::Program(const Expr& formula, std::span<const Symbol> axes, std::span<const Symbol> params,
                 const vecmath::Native& bodies)
    : operations_(&operations(bodies)) {
  Builder(*this, axes, params, bodies).build(formula);
}

// The registers of one call. Small programs, which are the usual ones, live on the stack.
class Frame {
 public:
  // For blocks of at most `count` points.
  Frame(const Program& program, std::span<const double> params, std::size_t count) : program_(program) {
    const std::size_t registers = std::max<std::size_t>(program.registers_, 1);
    const std::size_t fits = stack_.size() / registers / width * width;
    points_ = std::min(whole_vectors(count), std::clamp(fits, width, largest_block));
    memory_ = stack_.data();
    if (registers * points_ > stack_.size()) {
      heap_ = std::make_unique_for_overwrite<double[]>(registers * points_);
      memory_ = heap_.get();
    }
    fill_given(params);
    for (std::size_t i = 0; i < program.uniform_steps_; ++i) run(program.steps_[i], points_ / width, {}, 0);
  }

  [[nodiscard]] std::size_t points() const { return points_; }
  // Where an axis is put before a block if it is not used where it lies.
  double* column(std::size_t axis) { return memory_ + axis * points_; }

  // The formula on whole vectors from `first` on, with axes[k] + first as the axes, or the columns where none
  // are given. Returns where the values are: at `y + first`, unless the formula has no steps.
  const double* block(std::span<const double* const> axes, std::size_t first, std::size_t vectors,
                      double* y) {
    const std::size_t steps = program_.steps_.size();
    if (program_.uniform_steps_ == steps) return at(program_.result_, axes, first);
    for (std::size_t i = program_.uniform_steps_; i + 1 < steps; ++i)
      run(program_.steps_[i], vectors, axes, first);
    run(program_.steps_[steps - 1], vectors, axes, first, y + first);
    return y + first;
  }

 private:
  const double* at(Program::Register index, std::span<const double* const> axes, std::size_t first) const {
    return index < axes.size() ? axes[index] + first : memory_ + index * points_;
  }

  void fill_given(std::span<const double> params) {
    const std::size_t vectors = points_ / width;
    double* next = memory_ + program_.axes_ * points_;
    for (const auto given : {std::span<const double>(program_.numbers_), params})
      for (double value : given) {
        program_.operations_->fill(value, next, static_cast<std::int64_t>(vectors));
        next += points_;
      }
  }

  void run(const Program::Step& step, std::size_t vectors, std::span<const double* const> axes,
           std::size_t first, double* result = nullptr) {
    std::array<const double*, 3> arguments{};
    for (std::uint32_t i = 0; i < step.arity; ++i) arguments[i] = at(step.arguments[i], axes, first);
    if (result == nullptr) result = memory_ + step.result * points_;
    if (step.both != nullptr)
      step.both(arguments[0], result, memory_ + step.other_result * points_,
                static_cast<std::int64_t>(vectors));
    else if (step.block != nullptr)
      step.block(arguments.data(), result, static_cast<std::int64_t>(vectors));
    else
      point_by_point(step, arguments, vectors * width, result);
  }

  static void point_by_point(const Program::Step& step, std::span<const double* const, 3> arguments,
                             std::size_t count, double* result) {
    for (std::size_t i = 0; i < count; ++i) {
      std::array<double, 3> point{};
      for (std::uint32_t k = 0; k < step.arity; ++k) point[k] = arguments[k][i];
      result[i] = step.scalar(point.data());
    }
  }

  const Program& program_;
  std::size_t points_ = 0;
  double* memory_ = nullptr;
  std::unique_ptr<double[]> heap_;
  alignas(64) std::array<double, 2048> stack_;  // left unset: the larger part is rarely used
};

double Program::nanoseconds(std::uint64_t points) const {
  constexpr double a_call = 30, a_step = 5;  // measured as roughly as the rest
  const double filled = static_cast<double>(whole_vectors(points));
  return a_call + a_step * static_cast<double>(steps_.size()) + nanoseconds_a_point_ * filled;
}

void Program::eval(const Points& points, double* y) const noexcept {
  Frame frame(*this, points.params, points.count);
  const std::size_t whole = points.in_whole_vectors(width);
  for (std::size_t first = 0; first < whole; first += frame.points()) {
    const std::size_t count = std::min(frame.points(), whole - first);
    const double* values = frame.block(points.axes, first, count / width, y);
    if (values != y + first) std::copy_n(values, count, y + first);
  }
  if (whole >= points.count) return;
  const std::size_t rest = points.count - whole;
  // The last few points, in the frame's own columns, filled up to a whole vector with copies of the last one.
  for (std::size_t k = 0; k < axes_; ++k) {
    double* column = frame.column(k);
    for (std::size_t i = 0; i < width; ++i) column[i] = points.axes[k][whole + std::min(i, rest - 1)];
  }
  std::array<double, width> last{};
  std::copy_n(frame.block({}, 0, 1, last.data()), rest, y + whole);
}

}  // namespace jitegral::interpreter
