// The fixed rules as combs of points, one file each. All take a and b finite, in either order (b < a gives
// the integral its minus sign), and n as the table in rule.cpp says. a == b gives no combs: the integral is
// zero.
#pragma once

#include <cstdint>
#include <vector>

#include "rules/rule.h"

namespace jitegral::rules {

std::vector<Comb> left(double a, double b, std::uint64_t n);
std::vector<Comb> right(double a, double b, std::uint64_t n);
std::vector<Comb> midpoint(double a, double b, std::uint64_t n);
std::vector<Comb> trapezoid(double a, double b, std::uint64_t n);
std::vector<Comb> simpson(double a, double b, std::uint64_t n);
std::vector<Comb> gauss(double a, double b, std::uint64_t n);
std::vector<Comb> clenshaw_curtis_combs(double a, double b, std::uint64_t n);

// (b - a) / n, also where b - a overflows. Infinite only if no double is large enough.
double step(double a, double b, double n);
// The same node x of [-1, 1], with the weight w, in each of `panels` panels of length 2 half, which may
// overflow.
Comb tooth(double a, double half, std::uint64_t panels, double x, double w);
// The combs that have points, each with a finite step (a single point needs none).
std::vector<Comb> without_empty(std::vector<Comb> combs);

}  // namespace jitegral::rules
