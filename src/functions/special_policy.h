// How Boost.Math is asked: it never throws, returns the best value it has, and works in plain double unless a
// function is known to need the wider type.
#pragma once

#include <boost/math/policies/policy.hpp>
#include <limits>

namespace jitegral::special {

namespace bp = boost::math::policies;

template <bool wide>
using BasicPolicy =
    bp::policy<bp::domain_error<bp::ignore_error>, bp::pole_error<bp::ignore_error>,
               bp::overflow_error<bp::ignore_error>, bp::underflow_error<bp::ignore_error>,
               bp::denorm_error<bp::ignore_error>, bp::rounding_error<bp::ignore_error>,
               bp::evaluation_error<bp::ignore_error>, bp::indeterminate_result_error<bp::ignore_error>,
               bp::promote_double<wide>, bp::max_series_iterations<10000>>;

inline constexpr BasicPolicy<false> narrow{};
inline constexpr BasicPolicy<true> wide{};

inline constexpr double inf = std::numeric_limits<double>::infinity();
inline constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

}  // namespace jitegral::special
