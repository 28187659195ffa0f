// 10^5 small adaptive integrals with a handle of jitegral.
#define REPEATS 11
#include <jitegral/jitegral.hpp>

#include "small.h"
#include "timing.h"

static const jitegral::Integral handle = jitegral::Session().compile("cos(a*x)*x", {"x", "a"}).integral();

static double integral(double a) { return handle(0, small_end, {a}).value; }
static double all() { return small_sum(integral); }

int main() { measure("jitegral, a handle", "small", 1, all); }
