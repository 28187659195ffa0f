// Small adaptive integrals with a handle of jitegral.
#include <jitegral/jitegral.hpp>

#include "small.h"
#include "timing.h"

static const jitegral::Integral handle = jitegral::Session().compile("cos(a*x)*x", {"x", "a"}).integral();

static double integral(double a) { return handle(0, small_end, {a}).value; }
static double all(long count) { return small_sum(integral, count); }

int main() { return serve(all); }
