// The nodes and weights of A. S. Kronrod, Nodes and Weights of Quadrature Formulas (1965), for the numbers of
// points that QUADPACK has (QK15 to QK61): R. Piessens, E. de Doncker-Kapenga, C. W. Überhuber, D. K.
// Kahaner, QUADPACK (1983). Made by pairs.py.
#include "rules/gauss_kronrod.h"

#include "rules/pair_tables.h"

namespace jitegral::rules {

// QUADPACK's estimate becomes useful where f is analytic in a Bernstein ellipse of parameter rho, rho^n =
// 10^4.3, n points being those of the coarse rule: coefficients fall by a factor of 16 then. A jump, a kink
// or a root never gets there (of 15 points, whose degrees are low, more is asked).
constexpr Pair gauss_kronrod[6] = {
    {.points = 15, .x = pair_table::kronrod_15_x, .rows = pair_table::kronrod_15_rows, .fall = 100},
    {.points = 21, .x = pair_table::kronrod_21_x, .rows = pair_table::kronrod_21_rows, .fall = 16},
    {.points = 31, .x = pair_table::kronrod_31_x, .rows = pair_table::kronrod_31_rows, .fall = 16},
    {.points = 41, .x = pair_table::kronrod_41_x, .rows = pair_table::kronrod_41_rows, .fall = 16},
    {.points = 51, .x = pair_table::kronrod_51_x, .rows = pair_table::kronrod_51_rows, .fall = 16},
    {.points = 61, .x = pair_table::kronrod_61_x, .rows = pair_table::kronrod_61_rows, .fall = 16},
};

}  // namespace jitegral::rules
