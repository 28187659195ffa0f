// The rows. See function.h for what a column means.
#include <algorithm>
#include <cmath>
#include <limits>

#include "functions/enclosures.h"
#include "functions/extended.h"
#include "functions/function.h"
#include "functions/near.h"
#include "functions/pair.h"
#include "functions/special.h"
#include "vecmath/vecmath.h"

namespace jitegral::functions {
namespace {

using vecmath::Block;
using vecmath::Native;

// Adapters from the bodies that kernels inline to the scalar column, so that folding gives a kernel's bits.
template <Block Native::*function>
double vector(const double* a, int arguments) {
  double lanes[2][vecmath::kLanes];
  for (int i = 0; i < arguments; ++i) std::fill_n(lanes[i], vecmath::kLanes, a[i]);
  const double* const args[] = {lanes[0], lanes[1]};
  (vecmath::native().*function)(args, lanes[0], 1);
  return lanes[0][0];
}

template <Block Native::*function>
double vector1(const double* a) {
  return vector<function>(a, 1);
}

template <Block Native::*function>
double vector2(const double* a) {
  return vector<function>(a, 2);
}

template <double (*body)(double)>
double call1(const double* a) {
  return body(a[0]);
}

template <double (*body)(double, double)>
double call2(const double* a) {
  return body(a[0], a[1]);
}

constexpr double truth(bool b) { return b ? 1.0 : 0.0; }

namespace set = enclosures;
using enum Critical::Set;
using enum Lowering;
using enum Parity;
using I = Instruction;
constexpr std::uint8_t any = Function::any_number;

constexpr Function rows[] = {
    // Operators, loosest first. Conditional and call bind outside this scale.
    {.name = "or", .aliases = {"||"}, .arguments = "a, b", .arity = 2, .max_arity = 2,
     .doc = "1 if a or b is not zero, else 0", .example = "0 or 3", .smooth = false,
     .instruction = I::logical_or, .derivative = {"0", "0"},
     .scalar = [](const double* a) { return truth(a[0] != 0 || a[1] != 0); }, .precedence = 1,
     .critical = {{{"x", kink}, {"y", kink}}},
     .enclosure = set::logical_or},
    {.name = "and", .aliases = {"&&"}, .arguments = "a, b", .arity = 2, .max_arity = 2,
     .doc = "1 if neither a nor b is zero, else 0", .example = "1 and 3", .smooth = false,
     .instruction = I::logical_and, .derivative = {"0", "0"},
     .scalar = [](const double* a) { return truth(a[0] != 0 && a[1] != 0); }, .precedence = 2,
     .critical = {{{"x", kink}, {"y", kink}}},
     .enclosure = set::logical_and},
    {.name = "not", .aliases = {"!"}, .doc = "1 if x is zero, else 0", .example = "not 0", .smooth = false,
     .instruction = I::logical_not, .derivative = {"0"},
     .scalar = [](const double* a) { return truth(!(a[0] != 0)); }, .precedence = 3,
     .critical = {{{"x", kink}}},
     .enclosure = set::logical_not},
    {.name = "<", .arguments = "a, b", .arity = 2, .max_arity = 2, .doc = "1 if a is less than b, else 0",
     .example = "1 < 2", .smooth = false, .instruction = I::less, .derivative = {"0", "0"},
     .scalar = [](const double* a) { return truth(a[0] < a[1]); }, .precedence = 4,
     .critical = {{{"x y -", kink}}},
     .enclosure = set::less},
    {.name = "<=", .arguments = "a, b", .arity = 2, .max_arity = 2, .doc = "1 if a is at most b, else 0",
     .example = "2 <= 2", .smooth = false, .instruction = I::less_equal, .derivative = {"0", "0"},
     .scalar = [](const double* a) { return truth(a[0] <= a[1]); }, .precedence = 4,
     .critical = {{{"x y -", kink}}},
     .enclosure = set::less_equal},
    {.name = "==", .arguments = "a, b", .arity = 2, .max_arity = 2, .doc = "1 if a equals b, else 0",
     .example = "2 == 2", .smooth = false, .instruction = I::equal, .derivative = {"0", "0"},
     .scalar = [](const double* a) { return truth(a[0] == a[1]); }, .precedence = 4,
     .critical = {{{"x y -", kink}}},
     .enclosure = set::equal},
    {.name = "!=", .arguments = "a, b", .arity = 2, .max_arity = 2, .doc = "1 if a differs from b, else 0",
     .example = "2 != 1", .smooth = false, .instruction = I::not_equal, .derivative = {"0", "0"},
     .scalar = [](const double* a) { return truth(a[0] != a[1]); }, .precedence = 4,
     .critical = {{{"x y -", kink}}},
     .enclosure = set::not_equal},
    {.name = ">=", .arguments = "a, b", .arity = 2, .max_arity = 2, .doc = "1 if a is at least b, else 0",
     .example = "2 >= 1", .smooth = false, .instruction = I::greater_equal, .derivative = {"0", "0"},
     .scalar = [](const double* a) { return truth(a[0] >= a[1]); }, .precedence = 4,
     .critical = {{{"x y -", kink}}},
     .enclosure = set::greater_equal},
    {.name = ">", .arguments = "a, b", .arity = 2, .max_arity = 2, .doc = "1 if a is greater than b, else 0",
     .example = "2 > 1", .smooth = false, .instruction = I::greater, .derivative = {"0", "0"},
     .scalar = [](const double* a) { return truth(a[0] > a[1]); }, .precedence = 4,
     .critical = {{{"x y -", kink}}},
     .enclosure = set::greater},
    {.name = "+", .arguments = "a, b", .arity = 2, .max_arity = 2, .doc = "sum", .example = "1 + 2",
     .instruction = I::add, .derivative = {"1", "1"},
     .scalar = [](const double* a) { return a[0] + a[1]; }, .precedence = 5,
     .enclosure = set::add},
    {.name = "-", .arguments = "a, b", .arity = 2, .max_arity = 2, .doc = "difference", .example = "1 - 2",
     .instruction = I::subtract, .derivative = {"1", "1 negate"},
     .scalar = [](const double* a) { return a[0] - a[1]; }, .precedence = 5,
     .enclosure = set::subtract},
    {.name = "*", .arguments = "a, b", .arity = 2, .max_arity = 2, .doc = "product", .example = "2 * 3",
     .instruction = I::multiply, .derivative = {"y", "x"},
     .scalar = [](const double* a) { return a[0] * a[1]; }, .precedence = 6,
     .enclosure = set::multiply},
    {.name = "/", .arguments = "a, b", .arity = 2, .max_arity = 2, .doc = "quotient", .domain = "b != 0",
     .example = "1 / 3", .instruction = I::divide, .derivative = {"1 y /", "f y / negate"},
     .scalar = [](const double* a) { return a[0] / a[1]; }, .precedence = 6,
     .critical = {{{"y", singular}}},
     .enclosure = set::divide},
    {.name = "negate", .doc = "the number with the other sign", .example = "-(3)", .parity = odd,
     .instruction = I::negate, .derivative = {"1 negate"},
     .scalar = [](const double* a) { return -a[0]; }, .precedence = 7,
     .enclosure = set::negate},

    // Choice, rounding, size.
    {.name = "if", .arguments = "c, a, b", .arity = 3, .max_arity = 3,
     .doc = "a where the condition c is not zero, else b; also written c ? a : b", .domain = "all",
     .example = "if(2 > 1, 10, 20)", .smooth = false, .instruction = I::select,
     .derivative = {"0", "x 1 0 if", "x 0 1 if"},
     .scalar = [](const double* a) { return a[0] != 0 ? a[1] : a[2]; },
     .critical = {{{"x", kink}}},
     .enclosure = set::select},
    {.name = "abs", .doc = "absolute value", .example = "abs(-2)", .smooth = false, .parity = even,
     .instruction = I::absolute, .derivative = {"x sign"},
     .scalar = [](const double* a) { return std::fabs(a[0]); },
     .critical = {{{"x", kink}}},
     .enclosure = set::absolute,
     .majorant = {"y x abs / negate log1p x abs * negate"}},
    {.name = "sign", .doc = "-1, 0 or 1, as x is negative, zero or positive", .example = "sign(-2)", .smooth = false,
     .parity = odd, .lowering = vecmath, .derivative = {"0"}, .scalar = vector1<&Native::sign>,
     .critical = {{{"x", kink}}},
     .enclosure = set::steps<vector1<&Native::sign>>,
     .majorant = {"0 x y - sign x y + sign - abs -"}},
    {.name = "floor", .doc = "largest whole number not above x", .example = "floor(-1.5)", .smooth = false,
     .instruction = I::floor, .derivative = {"0"}, .scalar = [](const double* a) { return std::floor(a[0]); },
     .critical = {{{"x", jumps}}},
     .enclosure = set::steps<[](const double* a) { return std::floor(a[0]); }>,
     .majorant = {"x y - floor x y + floor -"}},
    {.name = "ceil", .doc = "smallest whole number not below x", .example = "ceil(1.2)", .smooth = false,
     .instruction = I::ceiling, .derivative = {"0"}, .scalar = [](const double* a) { return std::ceil(a[0]); },
     .critical = {{{"x", jumps}}},
     .enclosure = set::steps<[](const double* a) { return std::ceil(a[0]); }>,
     .majorant = {"x y - ceil x y + ceil - 0 +"}},
    {.name = "round", .doc = "nearest whole number, halves to the even one", .example = "round(2.5)",
     .smooth = false, .parity = odd, .instruction = I::round, .derivative = {"0"},
     .scalar = [](const double* a) { return std::nearbyint(a[0]); },
     .critical = {{{"x 0.5 +", jumps}}},
     .enclosure = set::steps<[](const double* a) { return std::nearbyint(a[0]); }>,
     .majorant = {"x y - round x y + round - 0 +"}},
    {.name = "trunc", .doc = "whole part, towards zero", .example = "trunc(-1.5)", .smooth = false, .parity = odd,
     .instruction = I::truncate, .derivative = {"0"}, .scalar = [](const double* a) { return std::trunc(a[0]); },
     .critical = {{{"x", jumps}}},
     .enclosure = set::steps<[](const double* a) { return std::trunc(a[0]); }>,
     .majorant = {"x y - trunc x y + trunc - 0 +"}},
    {.name = "frac", .doc = "fractional part x - floor(x), from 0 to 1", .example = "frac(-0.25)", .smooth = false,
     .lowering = expansion, .expansion = "x x floor -", .derivative = {"1"}},
    {.name = "min", .arguments = "x, y, ...", .arity = 2, .max_arity = any, .doc = "the smallest argument",
     .example = "min(3, 1, 2)", .smooth = false, .lowering = vecmath,
     .derivative = {"x y <", "x y >="}, .scalar = vector2<&Native::min>,
     .critical = {{{"x y -", kink}}},
     .enclosure = set::minimum,
     .majorant = {"z x y - abs z - sqrt 0 * +", "z x y - abs z - sqrt 0 * +", "z x y - abs z - z - sqrt 0 * +"}},
    {.name = "max", .arguments = "x, y, ...", .arity = 2, .max_arity = any, .doc = "the largest argument",
     .example = "max(3, 1, 2)", .smooth = false, .lowering = vecmath,
     .derivative = {"x y >", "x y <="}, .scalar = vector2<&Native::max>,
     .critical = {{{"x y -", kink}}},
     .enclosure = set::maximum,
     .majorant = {"z x y - abs z - sqrt 0 * +", "z x y - abs z - sqrt 0 * +", "z x y - abs z - z - sqrt 0 * +"}},
    {.name = "mod", .aliases = {"%"}, .arguments = "x, y", .arity = 2, .max_arity = 2,
     .doc = "remainder x - y*floor(x/y), with the sign of y", .domain = "y != 0", .example = "mod(-1, 3)", .ulp = 0.5,
     .smooth = false, .lowering = vecmath, .derivative = {"1", "x y / floor negate"}, .scalar = vector2<&Native::mod>,
     .precedence = 6,
     .critical = {{{"x y /", jumps}}},
     .enclosure = set::modulo,
     .majorant = {"z x z - y / floor x z + y / floor - abs negate sqrt +"}},
    {.name = "hypot", .arguments = "x, y", .arity = 2, .max_arity = 2, .doc = "sqrt(x^2 + y^2) without overflow",
     .domain = "all x, y", .example = "hypot(3, 4)", .ulp = 1.1, .smooth = false, .lowering = vecmath,
     .derivative = {"x f /", "y f /"}, .scalar = vector2<&Native::hypot>,
     .critical = {{{"x abs y abs +", singular}}},
     .enclosure = set::hypotenuse},
    {.name = "heaviside", .doc = "unit step: 0 for x < 0, 1/2 at 0, 1 for x > 0", .example = "heaviside(2)",
     .smooth = false, .lowering = expansion, .expansion = "x sign 1 + 2 /", .derivative = {"0"}},
    {.name = "rect", .doc = "unit pulse: 1 for |x| < 1/2, 1/2 at its edges, 0 outside", .example = "rect(0.2)",
     .smooth = false, .parity = even, .lowering = expansion, .expansion = "0.5 x abs - sign 1 + 2 /",
     .derivative = {"0"}},

    // Powers, exponentials, logarithms.
    {.name = "sqrt", .doc = "square root", .domain = "x >= 0", .example = "sqrt(2)", .smooth = false, .instruction = I::square_root,
     .derivative = {"0.5 f /"}, .scalar = [](const double* a) { return std::sqrt(a[0]); },
     .difference = "y x y + sqrt x sqrt + /",
     .critical = {{{"x", singular}}},
     .enclosure = set::increasing<[](const double* a) { return std::sqrt(a[0]); }, 0.0>,
     .majorant = {"x sqrt x y - sqrt -"}},
    {.name = "cbrt", .doc = "real cube root", .example = "cbrt(-8)", .ulp = 0.6, .smooth = false, .parity = odd,
     .lowering = vecmath, .derivative = {"1 3 f * f * /"}, .scalar = vector1<&Native::cbrt>,
     .difference = "y x cbrt x cbrt * x cbrt x y + cbrt * + x y + cbrt x y + cbrt * + /",
     .critical = {{{"x", singular}}},
     .enclosure = set::increasing<vector1<&Native::cbrt>>,
     .majorant = {"x abs cbrt x abs y - 1 3 / pow -"}},
    {.name = "pow", .aliases = {"^", "**"}, .arguments = "x, y", .arity = 2, .max_arity = 2,
     .doc = "x to the power y", .domain = "x >= 0, or whole y", .example = "2^10", .ulp = 2, .smooth = false, .lowering = vecmath,
     .derivative = {"y x y 1 - pow *", "f x log *"}, .addition = "x y pow x z pow *", .scalar = vector2<&Native::pow>, .precedence = 8,
     .critical = {{{"x", singular}}},
     .enclosure = set::power,
     .majorant = {"x abs y 2 / pow z x abs / negate log1p y abs * negate expm1 * x abs y 2 / pow *",
                  "x y 2 / pow z x log abs * expm1 * x y 2 / pow *",
                  "x y 2 / pow y abs z + z x / negate log1p * negate z x log abs * + expm1 * x y 2 / pow *"}},
    {.name = "exp", .doc = "e to the power x", .example = "exp(1)", .ulp = 1.1, .lowering = vecmath,
     .derivative = {"f"}, .addition = "x exp y exp *", .scalar = vector1<&Native::exp>,
     .difference = "x exp y expm1 *",
     .enclosure = set::increasing<vector1<&Native::exp>>,
     .majorant = {"x 2 / exp y expm1 * x 2 / exp *"}},
    {.name = "exp2", .doc = "2 to the power x", .example = "exp2(0.5)", .ulp = 0.9, .lowering = vecmath,
     .derivative = {"f 2 log *"}, .addition = "x exp2 y exp2 *", .scalar = vector1<&Native::exp2>,
     .difference = "x exp2 y 2 log * expm1 *",
     .enclosure = set::increasing<vector1<&Native::exp2>>,
     .majorant = {"x 2 / exp2 y 2 log * expm1 * x 2 / exp2 *"}},
    {.name = "exp10", .doc = "10 to the power x", .example = "exp10(-3)", .ulp = 1.0, .lowering = vecmath,
     .derivative = {"f 10 log *"}, .addition = "x exp10 y exp10 *", .scalar = vector1<&Native::exp10>,
     .difference = "x exp10 y 10 log * expm1 *",
     .enclosure = set::increasing<vector1<&Native::exp10>>,
     .majorant = {"x 2 / exp10 y 10 log * expm1 * x 2 / exp10 *"}},
    {.name = "expm1", .doc = "exp(x) - 1, exact near 0", .example = "expm1(1e-9)", .ulp = 1.4, .lowering = vecmath,
     .derivative = {"f 1 +"}, .scalar = vector1<&Native::expm1>,
     .difference = "x exp y expm1 *",
     .enclosure = set::increasing<vector1<&Native::expm1>>,
     .majorant = {"x 2 / exp y expm1 * x 2 / exp *"}},
    {.name = "log", .aliases = {"ln"}, .doc = "natural logarithm", .domain = "x > 0", .example = "log(2)",
     .ulp = 1.4, .lowering = vecmath, .derivative = {"1 x /"}, .scalar = vector1<&Native::log>,
     .difference = "y x / log1p",
     .critical = {{{"x", singular}}},
     .enclosure = set::increasing<vector1<&Native::log>, 0.0>,
     .majorant = {"y x / negate log1p negate"}},
    {.name = "log2", .doc = "logarithm to base 2", .domain = "x > 0", .example = "log2(8)", .ulp = 0.8,
     .lowering = vecmath, .derivative = {"1 x 2 log * /"}, .scalar = vector1<&Native::log2>,
     .difference = "y x / log1p 2 log /",
     .critical = {{{"x", singular}}},
     .enclosure = set::increasing<vector1<&Native::log2>, 0.0>,
     .majorant = {"y x / negate log1p 2 log / negate"}},
    {.name = "log10", .doc = "logarithm to base 10", .domain = "x > 0", .example = "log10(1000)", .ulp = 0.87,
     .lowering = vecmath, .derivative = {"1 x 10 log * /"}, .scalar = vector1<&Native::log10>,
     .difference = "y x / log1p 10 log /",
     .critical = {{{"x", singular}}},
     .enclosure = set::increasing<vector1<&Native::log10>, 0.0>,
     .majorant = {"y x / negate log1p 10 log / negate"}},
    {.name = "log1p", .doc = "log(1 + x), exact near 0", .domain = "x > -1", .example = "log1p(1e-9)", .ulp = 1.9,
     .lowering = vecmath, .derivative = {"1 1 x + /"}, .scalar = vector1<&Native::log1p>,
     .difference = "y 1 x + / log1p",
     .critical = {{{"x 1 +", singular}}},
     .enclosure = set::increasing<vector1<&Native::log1p>, -1.0>,
     .majorant = {"y 1 x + / negate log1p negate"}},

    // Circular functions.
    {.name = "sin", .doc = "sine, x in radians", .example = "sin(pi/6)", .ulp = 1.6, .parity = odd,
     .lowering = vecmath, .derivative = {"x cos"}, .addition = "x sin y cos * x cos y sin * +", .scalar = vector1<&Native::sin>,
     .difference = "y 2 / sin x y 2 / + cos * 2 *",
     .enclosure = set::sine, .lipschitz = 1,
     .majorant = {"y sinh"}},
    {.name = "cos", .doc = "cosine, x in radians", .example = "cos(pi/3)", .ulp = 1.6, .parity = even,
     .lowering = vecmath, .derivative = {"x sin negate"}, .addition = "x cos y cos * x sin y sin * -", .scalar = vector1<&Native::cos>,
     .difference = "y 2 / sin x y 2 / + sin * -2 *",
     .enclosure = set::cosine, .lipschitz = 1,
     .majorant = {"y sinh"}},
    {.name = "tan", .doc = "tangent, x in radians", .domain = "x not an odd multiple of pi/2", .example = "tan(pi/4)",
     .ulp = 2.2, .parity = odd, .lowering = vecmath, .derivative = {"1 f f * +"}, .scalar = vector1<&Native::tan>,
     .difference = "y sin x cos x y + cos * /",
     .quotient = "x sin x cos /",
     .critical = {{{"x cos", singular}}},
     .enclosure = set::tangent,
     .majorant = {"y negate log1p negate 1 f f * + * 1 f abs y negate log1p negate * - /"}},
    {.name = "sec", .doc = "secant, 1/cos(x)", .domain = "x not an odd multiple of pi/2", .example = "sec(1)",
     .ulp = 2, .parity = even, .lowering = expansion, .expansion = "1 x cos /", .derivative = {"f x tan *"}},
    {.name = "csc", .doc = "cosecant, 1/sin(x)", .domain = "x not a multiple of pi", .example = "csc(1)",
     .ulp = 2, .parity = odd, .lowering = expansion, .expansion = "1 x sin /",
     .derivative = {"f x tan / negate"}},
    {.name = "cot", .doc = "cotangent, 1/tan(x)", .domain = "x not a multiple of pi", .example = "cot(1)",
     .ulp = 2.8, .parity = odd, .lowering = expansion, .expansion = "1 x tan /", .derivative = {"1 f f * + negate"}},
    {.name = "sinpi", .doc = "sin(pi*x), exact at multiples of 1/2", .example = "sinpi(0.25)", .ulp = 1.7, .parity = odd,
     .lowering = vecmath, .derivative = {"x cospi pi *"}, .addition = "x sinpi y cospi * x cospi y sinpi * +", .scalar = vector1<&Native::sinpi>,
     .difference = "y 2 / sinpi x y 2 / + cospi * 2 *",
     .enclosure = set::sine_pi,
     .majorant = {"y pi * sinh"}},
    {.name = "cospi", .doc = "cos(pi*x), exact at multiples of 1/2", .example = "cospi(0.25)", .ulp = 1.7,
     .parity = even, .lowering = vecmath, .derivative = {"x sinpi pi * negate"}, .addition = "x cospi y cospi * x sinpi y sinpi * -", .scalar = vector1<&Native::cospi>,
     .difference = "y 2 / sinpi x y 2 / + sinpi * -2 *",
     .enclosure = set::cosine_pi,
     .majorant = {"y pi * sinh"}},
    {.name = "sinc", .doc = "sin(pi*x)/(pi*x), 1 at 0 (normalised, as in NumPy and Julia)", .example = "sinc(0.5)",
     .ulp = 1.7, .parity = even, .lowering = vecmath, .derivative = {"x 0 == 0 x cospi f - x / if"},
     .scalar = vector1<&Native::sinc>,
     .enclosure = set::normalised_sinc},
    {.name = "asin", .aliases = {"arcsin"}, .doc = "inverse sine, from -pi/2 to pi/2", .domain = "|x| <= 1",
     .example = "asin(1)", .ulp = 1.2, .smooth = false, .parity = odd, .lowering = vecmath, .derivative = {"1 1 x - 1 x + * sqrt /"},
     .scalar = vector1<&Native::asin>,
     .critical = {{{"1 x -", singular}, {"1 x +", singular}}},
     .enclosure = set::increasing<vector1<&Native::asin>, -1.0, 1.0>,
     .majorant = {"y 1 x - y - sqrt / 1 x + y - sqrt /"}},
    {.name = "acos", .aliases = {"arccos"}, .doc = "inverse cosine, from 0 to pi", .domain = "|x| <= 1",
     .example = "acos(0)", .ulp = 1.2, .smooth = false, .lowering = vecmath, .derivative = {"1 1 x - 1 x + * sqrt / negate"},
     .scalar = vector1<&Native::acos>,
     .critical = {{{"1 x -", singular}, {"1 x +", singular}}},
     .enclosure = set::decreasing<vector1<&Native::acos>, -1.0, 1.0>,
     .majorant = {"y 1 x - y - sqrt / 1 x + y - sqrt /"}},
    {.name = "atan", .aliases = {"arctan"}, .doc = "inverse tangent, from -pi/2 to pi/2", .example = "4*atan(1)",
     .ulp = 1.6, .parity = odd, .lowering = vecmath, .derivative = {"1 1 x x * + /"}, .scalar = vector1<&Native::atan>,
     .difference = "y 1 x x y + * + / atan",
     .enclosure = set::increasing<vector1<&Native::atan>>, .lipschitz = 1,
     .majorant = {"y x 1 hypot / x 1 hypot y - /"}},
    {.name = "atan2", .aliases = {"arctan2"}, .arguments = "y, x", .arity = 2, .max_arity = 2,
     .doc = "angle of the point (x, y), from -pi to pi", .domain = "all y, x", .example = "atan2(1, -1)", .ulp = 1.8,
     .smooth = false, .lowering = vecmath,
     .derivative = {"y x x * y y * + /", "x negate x x * y y * + /"}, .scalar = vector2<&Native::atan2>,
     .critical = {{{"x", kink}}},
     .enclosure = set::angle},

    // Hyperbolic functions.
    {.name = "sinh", .doc = "hyperbolic sine", .example = "sinh(1)", .ulp = 1.1, .parity = odd, .lowering = vecmath,
     .derivative = {"x cosh"}, .addition = "x sinh y cosh * x cosh y sinh * +", .scalar = vector1<&Native::sinh>,
     .difference = "y 2 / sinh x y 2 / + cosh * 2 *",
     .enclosure = set::increasing<vector1<&Native::sinh>>,
     .majorant = {"x cosh y expm1 *"}},
    {.name = "cosh", .doc = "hyperbolic cosine", .example = "cosh(1)", .ulp = 1.1, .parity = even,
     .lowering = vecmath, .derivative = {"x sinh"}, .addition = "x cosh y cosh * x sinh y sinh * +", .scalar = vector1<&Native::cosh>,
     .difference = "y 2 / sinh x y 2 / + sinh * 2 *",
     .enclosure = set::even_increasing<vector1<&Native::cosh>>,
     .majorant = {"x cosh y expm1 *"}},
    {.name = "tanh", .doc = "hyperbolic tangent", .example = "tanh(1)", .ulp = 2.3, .parity = odd,
     .lowering = vecmath, .derivative = {"1 f f * -"}, .scalar = vector1<&Native::tanh>,
     .difference = "y sinh x cosh x y + cosh * /",
     .enclosure = set::increasing<vector1<&Native::tanh>>, .lipschitz = 1,
     .majorant = {"y negate log1p negate x cosh / x cosh / 1 f abs y negate log1p negate * - /"}},
    {.name = "asinh", .aliases = {"arcsinh"}, .doc = "inverse hyperbolic sine", .example = "asinh(1)", .ulp = 1.0,
     .parity = odd, .lowering = vecmath, .derivative = {"1 x x * 1 + sqrt /"}, .scalar = vector1<&Native::asinh>,
     .enclosure = set::increasing<vector1<&Native::asinh>>, .lipschitz = 1,
     .majorant = {"y x 1 hypot / negate log1p negate"}},
    {.name = "acosh", .aliases = {"arccosh"}, .doc = "inverse hyperbolic cosine", .domain = "x >= 1",
     .example = "acosh(2)", .ulp = 1.08, .smooth = false, .lowering = vecmath, .derivative = {"1 x 1 - x 1 + * sqrt /"},
     .scalar = vector1<&Native::acosh>,
     .critical = {{{"x 1 -", singular}}},
     .enclosure = set::increasing<vector1<&Native::acosh>, 1.0>,
     .majorant = {"y x 1 - y - sqrt / x 1 + y - sqrt /"}},
    {.name = "atanh", .aliases = {"arctanh"}, .doc = "inverse hyperbolic tangent", .domain = "|x| < 1",
     .example = "atanh(0.5)", .ulp = 1.0, .parity = odd, .lowering = vecmath,
     .derivative = {"1 1 x - 1 x + * /"}, .scalar = vector1<&Native::atanh>,
     .difference = "y 1 x x y + * - / atanh",
     .critical = {{{"1 x -", singular}, {"1 x +", singular}}},
     .enclosure = set::increasing<vector1<&Native::atanh>, -1.0, 1.0>,
     .majorant = {"y 1 x - y - sqrt / 1 x - y - sqrt / 1 x + y - sqrt / 1 x + y - sqrt /"}},

    // Special functions.
    {.name = "erf", .doc = "error function", .example = "erf(1)", .ulp = 1.2, .parity = odd, .lowering = vecmath,
     .derivative = {"2 pi sqrt / x x * negate exp *"}, .scalar = vector1<&Native::erf>,
     .enclosure = set::increasing<vector1<&Native::erf>>, .lipschitz = 1.1284,
     .majorant = {"y 2 * pi sqrt / x abs 2 * y + y * x x * - exp *"}},
    {.name = "erfc", .doc = "1 - erf(x), exact for large x", .example = "erfc(3)", .ulp = 1.5, .lowering = vecmath,
     .derivative = {"2 pi sqrt / x x * negate exp * negate"}, .scalar = vector1<&Native::erfc>,
     .enclosure = set::decreasing<vector1<&Native::erfc>>, .lipschitz = 1.1284,
     .majorant = {"y 2 * pi sqrt / x abs 2 * y + y * x x * - exp *"}},
    {.name = "erfinv", .doc = "inverse of erf", .domain = "|x| <= 1", .example = "erfinv(0.5)", .ulp = 3,
     .smooth = false, .parity = odd, .lowering = call, .derivative = {"pi sqrt 2 / f f * exp *"}, .scalar = call1<jts_erfinv>,
     .critical = {{{"1 x -", singular}, {"1 x +", singular}}},
     .enclosure = set::increasing<call1<jts_erfinv>, -1.0, 1.0>},
    {.name = "gamma", .doc = "gamma function", .domain = "x not 0, -1, -2, ...", .example = "gamma(5)", .ulp = 5,
     .lowering = call, .derivative = {"f x digamma *"}, .scalar = call1<jts_gamma>,
     .critical = {{{"x", poles}}},
     .enclosure = set::valley<call1<jts_gamma>, 0.0, 1.4616321449683623>},
    {.name = "lgamma", .doc = "logarithm of |gamma(x)|", .domain = "x not 0, -1, -2, ...",
     .example = "lgamma(100)", .ulp = 4, .lowering = call, .derivative = {"x digamma"}, .scalar = call1<jts_lgamma>,
     .critical = {{{"x", poles}}},
     .enclosure = set::valley<call1<jts_lgamma>, 0.0, 1.4616321449683623>},
    {.name = "digamma", .doc = "derivative of log(gamma(x))", .domain = "x not 0, -1, -2, ...",
     .example = "digamma(1)", .ulp = 3, .lowering = call, .scalar = call1<jts_digamma>,
     .critical = {{{"x", poles}}},
     .enclosure = set::increasing_above<call1<jts_digamma>, 0.0>},
    {.name = "beta", .arguments = "a, b", .arity = 2, .max_arity = 2, .doc = "gamma(a)*gamma(b)/gamma(a+b)",
     .domain = "a > 0, b > 0", .example = "beta(2, 3)", .ulp = 8, .lowering = call,
     .derivative = {"f x digamma x y + digamma - *", "f y digamma x y + digamma - *"}, .scalar = call2<jts_beta>,
     .critical = {{{"x", poles}, {"y", poles}}},
     .enclosure = set::beta},
    {.name = "zeta", .arguments = "s", .doc = "Riemann's zeta function", .domain = "s != 1", .example = "zeta(2)",
     .ulp = 4, .lowering = call, .scalar = call1<jts_zeta>,
     .critical = {{{"x 1 -", singular}}},
     .enclosure = set::zeta},
    {.name = "Si", .doc = "sine integral, of sin(t)/t from 0 to x", .example = "Si(pi)", .ulp = 2, .parity = odd,
     .lowering = call, .derivative = {"x 0 == 1 x sin x / if"}, .scalar = call1<jts_Si>,
     .enclosure = set::sine_integral},
    {.name = "Ci", .doc = "cosine integral, of -cos(t)/t from x to inf", .domain = "x > 0", .example = "Ci(1)",
     .ulp = 4, .lowering = call, .derivative = {"x cos x /"}, .scalar = call1<jts_Ci>,
     .critical = {{{"x", singular}}},
     .enclosure = set::cosine_integral},
    {.name = "Ei", .doc = "exponential integral, of exp(t)/t from -inf to x (principal value)", .domain = "x != 0",
     .example = "Ei(1)", .ulp = 6, .lowering = call, .derivative = {"x exp x /"}, .scalar = call1<jts_Ei>,
     .critical = {{{"x", singular}}},
     .enclosure = set::exponential_integral},
    {.name = "besselj", .arguments = "n, x", .arity = 2, .max_arity = 2, .doc = "Bessel function of the first kind",
     .domain = "x >= 0, or whole n", .example = "besselj(0, 1)", .ulp = 64, .lowering = call,
     .derivative = {"", "x 1 - y besselj x 1 + y besselj - 2 /"}, .scalar = call2<jts_besselj>,
     .critical = {{{"y", singular}}},
     .enclosure = set::besselj},
    {.name = "bessely", .arguments = "n, x", .arity = 2, .max_arity = 2, .doc = "Bessel function of the second kind",
     .domain = "x > 0", .example = "bessely(0, 1)", .ulp = 64, .lowering = call,
     .derivative = {"", "x 1 - y bessely x 1 + y bessely - 2 /"}, .scalar = call2<jts_bessely>,
     .critical = {{{"y", singular}}},
     .enclosure = set::bessely},
    {.name = "besseli", .arguments = "n, x", .arity = 2, .max_arity = 2,
     .doc = "modified Bessel function of the first kind", .domain = "x >= 0, or whole n", .example = "besseli(0, 1)",
     .ulp = 64, .lowering = call, .derivative = {"", "x 1 - y besseli x 1 + y besseli + 2 /"},
     .scalar = call2<jts_besseli>,
     .critical = {{{"y", singular}}},
     .enclosure = set::besseli},
    {.name = "besselk", .arguments = "n, x", .arity = 2, .max_arity = 2,
     .doc = "modified Bessel function of the second kind", .domain = "x > 0", .example = "besselk(0, 1)", .ulp = 64,
     .lowering = call, .derivative = {"", "x 1 - y besselk x 1 + y besselk + 2 / negate"},
     .scalar = call2<jts_besselk>,
     .critical = {{{"y", singular}}},
     .enclosure = set::besselk},
    {.name = "airyai", .doc = "Airy function Ai", .example = "airyai(1)", .ulp = 4, .lowering = call,
     .scalar = call1<jts_airyai>,
     .enclosure = set::between<-0.4191, 0.5357>},
    {.name = "airybi", .doc = "Airy function Bi", .example = "airybi(1)", .ulp = 4, .lowering = call,
     .scalar = call1<jts_airybi>,
     .enclosure = set::airybi},
    {.name = "lambertw", .doc = "Lambert's W, the principal solution of w*exp(w) = x", .domain = "x >= -1/e",
     .example = "lambertw(1)", .ulp = 1, .smooth = false, .lowering = call, .derivative = {"f negate exp 1 f + /"},
     .scalar = call1<jts_lambertw>,
     .critical = {{{"x 1 e / +", singular}}},
     .enclosure = set::increasing<call1<jts_lambertw>, -0.36787944117144233>},
    {.name = "ellipk", .arguments = "m", .doc = "complete elliptic integral of the first kind, parameter m = k^2",
     .domain = "m < 1", .example = "ellipk(0.5)", .ulp = 4, .lowering = call,
     .derivative = {"x ellipe 1 x - / f - 2 x * /"}, .scalar = call1<jts_ellipk>,
     .critical = {{{"1 x -", singular}}},
     .enclosure = set::increasing<call1<jts_ellipk>, -set::infinity, 1.0>},
    {.name = "ellipe", .arguments = "m", .doc = "complete elliptic integral of the second kind, parameter m = k^2",
     .domain = "m <= 1", .example = "ellipe(0.5)", .ulp = 5, .lowering = call,
     .derivative = {"f x ellipk - 2 x * /"}, .scalar = call1<jts_ellipe>,
     .critical = {{{"1 x -", singular}}},
     .enclosure = set::decreasing<call1<jts_ellipe>, -set::infinity, 1.0>},
    {.name = "polylog", .arguments = "s, x", .arity = 2, .max_arity = 2,
     .doc = "polylogarithm, the sum of x^k/k^s over k >= 1", .domain = "x <= 1", .example = "polylog(2, 0.5)",
     .ulp = 20, .smooth = false, .lowering = call, .derivative = {"", "x 1 - y polylog y /"}, .scalar = call2<jts_polylog>,
     .critical = {{{"1 y -", singular}}},
     .enclosure = set::polylog},
};

constexpr const Function& general_row(std::string_view name) { return *std::ranges::find(rows, name, &Function::name); }

constexpr Function renamed(const Function& row, std::string_view name, double (*scalar)(const double*)) {
  Function other = row;
  other.name = name;
  other.scalar = scalar;
  return other;
}

constexpr Near near_row(std::string_view general, std::string_view name, double (*scalar)(const double*),
                        std::string_view spared, std::array<Interval, 2> arguments, Interval result = {}) {
  const Function& row = general_row(general);
  return {renamed(row, name, scalar), &row, spared, arguments, result};
}

constexpr std::string_view any_size = "overflow and underflow";
constexpr std::string_view any_sign = "negative and large arguments";
constexpr std::string_view any_logarithm = "arguments that are negative, zero, tiny or huge";
constexpr std::string_view huge = "huge arguments";
constexpr Interval usual{0x1p-500, 0x1p500};

constexpr Near near_rows[] = {
    near_row("mod", "mod_near", vector2<&Native::mod_near>, "divisors that are negative, zero, tiny or huge",
             {{{-0x1p31, 0x1p31}, {0x1p-20, 0x1p500}}}),
    near_row("hypot", "hypot_near", vector2<&Native::hypot_near>, any_size, {}, {0x1p-449, 0x1p499}),
    near_row("pow", "pow_near", vector2<&Native::pow_near>, "bases that are negative or zero, overflow and underflow",
             {{usual, Interval{}}}, {1e-300, 1e300}),
    near_row("exp", "exp_near", vector1<&Native::exp_near>, any_size, {{{-708, 709}}}),
    near_row("exp2", "exp2_near", vector1<&Native::exp2_near>, any_size, {{{-1021, 1023}}}),
    near_row("exp10", "exp10_near", vector1<&Native::exp10_near>, any_size, {{{-307, 308}}}),
    near_row("log", "log_near", vector1<&Native::log_near>, any_logarithm, {{usual}}),
    near_row("log1p", "log1p_near", vector1<&Native::log1p_near>, "arguments near -1 or huge", {{{-0.999, 0x1p500}}}),
    near_row("sin", "sin_near", vector1<&Native::sin_near>, huge, {{{-0x1p30, 0x1p30}}}),
    near_row("cos", "cos_near", vector1<&Native::cos_near>, huge, {{{-0x1p30, 0x1p30}}}),
    near_row("tan", "tan_near", vector1<&Native::tan_near>, huge, {{{-0x1p30, 0x1p30}}}),
    near_row("tanh", "tanh_near", vector1<&Native::tanh_near>, any_sign, {{{0, 21}}}),
    near_row("asinh", "asinh_near", vector1<&Native::asinh_near>, huge, {{{-0x1p29, 0x1p29}}}),
    near_row("acosh", "acosh_near", vector1<&Native::acosh_near>, "arguments below 1 or huge", {{{1, 0x1p29}}}),
    near_row("atanh", "atanh_near", vector1<&Native::atanh_near>, "arguments near 1 and beyond", {{{-0.999, 0.999}}}),
    near_row("erf", "erf_near", vector1<&Native::erf_near>, any_sign, {{{0, 5.9}}}),
    near_row("erfc", "erfc_near", vector1<&Native::erfc_near>, any_sign, {{{0, 5.99}}}),
};

constexpr Pair pair_of(const Function& sin, const Function& cos, std::array<std::string_view, 2> names,
                       std::array<double (*)(const double*), 2> scalars) {
  return {{&sin, &cos}, {renamed(sin, names[0], scalars[0]), renamed(cos, names[1], scalars[1])}};
}

constexpr const Function& second_row(std::string_view name) {
  return std::ranges::find(near_rows, name, [](const Near& near) { return near.row.name; })->row;
}

constexpr Pair pair_rows[] = {
    pair_of(general_row("sin"), general_row("cos"), {"sin_pair", "cos_pair"},
            {vector1<&Native::sin_pair>, vector1<&Native::cos_pair>}),
    pair_of(second_row("sin_near"), second_row("cos_near"), {"sin_pair_near", "cos_pair_near"},
            {vector1<&Native::sin_pair_near>, vector1<&Native::cos_pair_near>}),
};

constexpr Constant constant_rows[] = {
    {.name = "pi", .aliases = {"π"}, .value = 3.141592653589793, .doc = "circumference of a circle of diameter 1"},
    {.name = "e", .value = 2.718281828459045, .doc = "base of the natural logarithm"},
    {.name = "tau", .aliases = {"τ"}, .value = 6.283185307179586, .doc = "2*pi"},
    {.name = "inf", .aliases = {"∞"}, .value = std::numeric_limits<double>::infinity(), .doc = "infinity"},
    {.name = "nan", .value = std::numeric_limits<double>::quiet_NaN(), .doc = "not a number"},
    {.name = "euler_gamma", .value = 0.5772156649015329, .doc = "limit of 1 + 1/2 + ... + 1/n - log(n)"},
    {.name = "catalan", .value = 0.915965594177219, .doc = "1 - 1/3^2 + 1/5^2 - ..."},
    {.name = "golden_ratio", .value = 1.618033988749895, .doc = "(1 + sqrt(5))/2"},
};

}  // namespace

std::span<const Function> table() { return rows; }
std::span<const Constant> constants() { return constant_rows; }

std::span<const Pair> pairs() { return pair_rows; }

const Near* near(const Function& function) {
  const auto* found = std::ranges::find(near_rows, &function, &Near::general);
  return found == std::end(near_rows) ? nullptr : found;
}

const Function* general(const Function* function) {
  for (const Near& near : near_rows)
    if (&near.row == function) return near.general;
  return function;
}

namespace {

using L = long double;
constexpr L truth_of(bool b) { return b ? 1 : 0; }

struct ExtendedRow {
  std::string_view name;
  Extended at;
};

constexpr ExtendedRow extended_rows[] = {
    {"or", [](const L* a) { return truth_of(a[0] != 0 || a[1] != 0); }},
    {"and", [](const L* a) { return truth_of(a[0] != 0 && a[1] != 0); }},
    {"not", [](const L* a) { return truth_of(a[0] == 0); }},
    {"<", [](const L* a) { return truth_of(a[0] < a[1]); }},
    {"<=", [](const L* a) { return truth_of(a[0] <= a[1]); }},
    {"==", [](const L* a) { return truth_of(a[0] == a[1]); }},
    {"!=", [](const L* a) { return truth_of(a[0] != a[1]); }},
    {">=", [](const L* a) { return truth_of(a[0] >= a[1]); }},
    {">", [](const L* a) { return truth_of(a[0] > a[1]); }},
    {"+", [](const L* a) { return a[0] + a[1]; }},
    {"-", [](const L* a) { return a[0] - a[1]; }},
    {"*", [](const L* a) { return a[0] * a[1]; }},
    {"/", [](const L* a) { return a[0] / a[1]; }},
    {"negate", [](const L* a) { return -a[0]; }},
    {"if", [](const L* a) { return a[0] != 0 ? a[1] : a[2]; }},
    {"abs", [](const L* a) { return std::fabs(a[0]); }},
    {"sign", [](const L* a) { return a[0] > 0 ? L(1) : a[0] < 0 ? L(-1) : a[0]; }},
    {"floor", [](const L* a) { return std::floor(a[0]); }},
    {"ceil", [](const L* a) { return std::ceil(a[0]); }},
    {"trunc", [](const L* a) { return std::trunc(a[0]); }},
    {"min", [](const L* a) { return a[1] < a[0] ? a[1] : a[0]; }},
    {"max", [](const L* a) { return a[0] < a[1] ? a[1] : a[0]; }},
    {"sqrt", [](const L* a) { return std::sqrt(a[0]); }},
    {"cbrt", [](const L* a) { return std::cbrt(a[0]); }},
    {"pow", [](const L* a) { return std::pow(a[0], a[1]); }},
    {"exp", [](const L* a) { return std::exp(a[0]); }},
    {"expm1", [](const L* a) { return std::expm1(a[0]); }},
    {"log", [](const L* a) { return std::log(a[0]); }},
    {"log2", [](const L* a) { return std::log2(a[0]); }},
    {"log10", [](const L* a) { return std::log10(a[0]); }},
    {"log1p", [](const L* a) { return std::log1p(a[0]); }},
    {"sin", [](const L* a) { return std::sin(a[0]); }},
    {"cos", [](const L* a) { return std::cos(a[0]); }},
    {"tan", [](const L* a) { return std::tan(a[0]); }},
    {"asin", [](const L* a) { return std::asin(a[0]); }},
    {"acos", [](const L* a) { return std::acos(a[0]); }},
    {"atan", [](const L* a) { return std::atan(a[0]); }},
    {"sinh", [](const L* a) { return std::sinh(a[0]); }},
    {"cosh", [](const L* a) { return std::cosh(a[0]); }},
    {"tanh", [](const L* a) { return std::tanh(a[0]); }},
    {"asinh", [](const L* a) { return std::asinh(a[0]); }},
    {"acosh", [](const L* a) { return std::acosh(a[0]); }},
    {"atanh", [](const L* a) { return std::atanh(a[0]); }},
    {"erf", [](const L* a) { return std::erf(a[0]); }},
    {"erfc", [](const L* a) { return std::erfc(a[0]); }},
};

}  // namespace

Extended extended(const Function& function) {
  if (std::numeric_limits<long double>::digits < 64) return nullptr;
  const auto* row = std::ranges::find(extended_rows, function.name, &ExtendedRow::name);
  return row == std::end(extended_rows) ? nullptr : row->at;
}

}  // namespace jitegral::functions
