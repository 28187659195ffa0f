// THE table of functions and operators. A row is all that jitegral knows about a function: parser, checker,
// folding, derivative, code generation, help and documentation read it. Adding a function touches one row
// (and, for an elementary one, one body in vecmath; for a special one, one call in special.cpp).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include "base/interval.h"

namespace jitegral {

// How code for a row is made. Code generation dispatches on this, never on a name.
enum class Lowering : std::uint8_t {
  instruction,  // one or two machine operations: see Instruction
  vecmath,      // the vector body jtg_NAME, inlined
  call,         // the scalar function jts_NAME of special.h, called point by point
  expansion,    // rewritten through other rows when the formula is built: see Function::expansion
  host,         // a function of the program around us, in columns: see host.h. Never in machine code
};

enum class Instruction : std::uint8_t {
  none,
  add,
  subtract,
  multiply,
  divide,
  negate,
  less,
  less_equal,
  equal,
  not_equal,
  greater_equal,
  greater,
  logical_and,
  logical_or,
  logical_not,
  select,
  absolute,
  square_root,
  floor,
  ceiling,
  truncate,
  round,
};

class Host;

enum class Parity : std::uint8_t { none, even, odd };

// Where a row is not analytic, or may be infinite: the places where `where`, a formula over its arguments, …
struct Critical {
  enum class Set : std::uint8_t {
    kink,      // … is 0: the value, or a derivative, jumps
    singular,  // … is 0: a branch point or a pole
    jumps,     // … is a whole number: the value jumps
    poles,     // … is 0, -1, -2, …: a pole
  };
  std::string_view where{};  // empty: no such place
  Set set = Set::kink;
};

// Formulas inside rows (derivatives, expansions, addition theorems) are written in reverse Polish notation
// over the arguments x, y and z and, in a derivative, f for the function's own value: "y x y 1 - pow *" is
// y*pow(x, y-1).
struct Function {
  static constexpr std::size_t any_number = 255;

  std::string_view name;                      // also the operator's sign: "+"
  std::array<std::string_view, 2> aliases{};  // other spellings; empty ones at the end
  std::string_view arguments = "x";           // as documentation shows them: "x, y"
  std::uint8_t arity = 1;                     // arguments of the machine's operation
  std::uint8_t max_arity = 1;  // more than arity: the row is applied from left to right (min, max)
  std::string_view doc;        // one sentence
  std::string_view domain = "all x";
  std::string_view example;  // an expression to try
  double ulp = 0;      // largest error in units in the last place; 0 means correctly rounded. For special
                       // functions: on the usual range, away from zeros
  bool smooth = true;  // analytic wherever it is real, poles aside: no kinks, jumps or branch points
  Parity parity = Parity::none;
  Lowering lowering = Lowering::instruction;
  Instruction instruction = Instruction::none;
  std::string_view expansion{};                  // for Lowering::expansion
  std::array<std::string_view, 3> derivative{};  // by argument; empty: none in terms of the table
  std::string_view addition{};  // addition theorem: f(x + y) through functions of x and of y; with two
                                // arguments f(x, y + z) through functions of x, y and of x, z
  double (*scalar)(const double* args) = nullptr;  // one point; the same bits as a kernel gives
  std::uint8_t precedence = 0;  // of an infix or prefix operator, larger binds tighter; 0: a call
  // f(x + y) - f(x) without cancellation for small y, where there is such a formula (one argument).
  std::string_view difference{};
  // The same function of one argument as a quotient of two that are analytic, where it has poles.
  std::string_view quotient{};
  std::array<Critical, 2> critical{};
  Interval (*enclosure)(const Interval* args) = nullptr;  // a set that holds f of the arguments; always given
  // |f(x) - f(y)| <= lipschitz |x - y| for all x and y (one argument).
  double lipschitz = std::numeric_limits<double>::infinity();
  // How far f may be from its value in a disc of complex numbers: a formula over the arguments and then the
  // radius r that is no less than |f(x + d) - f(x)| for |d| <= r, if f is analytic there (the majorant
  // method: Cauchy). Where it is not, the formula is below zero, -0, infinite or not a number. By argument,
  // and at last for two arguments that both have such a disc. Empty: not known.
  std::array<std::string_view, 3> majorant{};
  const Host* host = nullptr;  // set for Lowering::host, in rows outside the table

  // The value at one point, whoever computes it.
  [[nodiscard]] double at(const double* args) const;

  [[nodiscard]] bool is_operator() const { return precedence != 0; }
  // True for what is written name(...): everything but signs and words such as "+" and "and".
  [[nodiscard]] bool can_be_called() const { return !is_operator() || lowering != Lowering::instruction; }
};

// A named number such as pi.
struct Constant {
  std::string_view name;
  std::array<std::string_view, 2> aliases{};
  double value = 0;
  std::string_view doc;
};

namespace functions {

std::span<const Function> table();
std::span<const Constant> constants();

// By name or alias; nullptr if there is none. Operators are found by their sign ("+", "and"), "^" being pow
// and
// "%" mod; unary minus is "negate".
const Function* find(std::string_view name);
const Constant* find_constant(std::string_view name);
const Function& operation(Instruction instruction);

// Names that can be typed in a formula: functions (without operators) with their aliases, constants.
std::vector<std::string_view> function_names();
std::vector<std::string_view> constant_names();

}  // namespace functions
}  // namespace jitegral
