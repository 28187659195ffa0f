#include <jitegral/jitegral.hpp>

#include <cmath>
#include <cstdio>
#include <stdexcept>

// Made before main, wherever the library stands among what is linked.
static const jitegral::Integral early = jitegral::Session().compile("x").integral();

int main() {
  const jitegral::Session session;
  session.define("g", [](double x) { return x; });
  session.define("bad", [](double) -> double { throw std::out_of_range("as wanted"); });
  const jitegral::Formula f = session.compile("cos(x)*g(x)");
  const jitegral::Result r = f.integrate(0, std::acos(0.0));
  std::printf("%.15g %s\n", r.value, std::string(to_text(r.status)).c_str());
  if (std::fabs(r.value - (std::acos(0.0) - 1)) > r.error || !r.is_promise()) return 1;
  try {
    (void)session.compile("sinn(x)");
    return 2;
  } catch (const jitegral::Error& error) {
    if (error.code() != "E202" || error.column() != 1) return 3;
  }
  try {
    session.integrate("bad(x)", 0, 1);
    return 4;
  } catch (const std::out_of_range&) {
  }
  if (std::fabs(early(0, 1).value - 0.5) > 1e-15) return 6;
  return session.integrate("x", 0, 1, {.n_iter = 10000000, .n_jobs = 2}).n_jobs == 2 ? 0 : 5;
}
