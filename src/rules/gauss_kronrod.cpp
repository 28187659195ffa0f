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
    {.points = 15,
     .x = pair_table::kronrod_15_x,
     .fine = pair_table::kronrod_15_fine,
     .coarse = pair_table::kronrod_15_coarse,
     .coefficient = pair_table::kronrod_15_coefficient,
     .end_even = pair_table::kronrod_15_end_even,
     .end_odd = pair_table::kronrod_15_end_odd,
     .fall = 100},
    {.points = 21,
     .x = pair_table::kronrod_21_x,
     .fine = pair_table::kronrod_21_fine,
     .coarse = pair_table::kronrod_21_coarse,
     .coefficient = pair_table::kronrod_21_coefficient,
     .end_even = pair_table::kronrod_21_end_even,
     .end_odd = pair_table::kronrod_21_end_odd,
     .fall = 16},
    {.points = 31,
     .x = pair_table::kronrod_31_x,
     .fine = pair_table::kronrod_31_fine,
     .coarse = pair_table::kronrod_31_coarse,
     .coefficient = pair_table::kronrod_31_coefficient,
     .end_even = pair_table::kronrod_31_end_even,
     .end_odd = pair_table::kronrod_31_end_odd,
     .fall = 16},
    {.points = 41,
     .x = pair_table::kronrod_41_x,
     .fine = pair_table::kronrod_41_fine,
     .coarse = pair_table::kronrod_41_coarse,
     .coefficient = pair_table::kronrod_41_coefficient,
     .end_even = pair_table::kronrod_41_end_even,
     .end_odd = pair_table::kronrod_41_end_odd,
     .fall = 16},
    {.points = 51,
     .x = pair_table::kronrod_51_x,
     .fine = pair_table::kronrod_51_fine,
     .coarse = pair_table::kronrod_51_coarse,
     .coefficient = pair_table::kronrod_51_coefficient,
     .end_even = pair_table::kronrod_51_end_even,
     .end_odd = pair_table::kronrod_51_end_odd,
     .fall = 16},
    {.points = 61,
     .x = pair_table::kronrod_61_x,
     .fine = pair_table::kronrod_61_fine,
     .coarse = pair_table::kronrod_61_coarse,
     .coefficient = pair_table::kronrod_61_coefficient,
     .end_even = pair_table::kronrod_61_end_even,
     .end_odd = pair_table::kronrod_61_end_odd,
     .fall = 16},
};

}  // namespace jitegral::rules
