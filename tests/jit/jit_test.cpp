// Kernels: batches of any length, grids, parameters, lifetime, memory.
#include "jit/jit.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

#include "functions/function.h"

namespace jitegral {
namespace {

std::shared_ptr<jit::Jit> with(Tier tier) { return jit::Jit::create({.tier = tier}).value(); }

std::shared_ptr<jit::Jit> native() { return with(Tier::native); }

const Symbol x("x"), a("a");

// cos(x)*x + a*scale
codegen::KernelSource source(double scale) {
  const Expr at = Expr::variable(x);
  const Expr cosine = Expr::apply(*functions::find("cos"), {at});
  const Expr product = Expr::apply(*functions::find("*"), {cosine, at});
  const Expr scaled = Expr::apply(*functions::find("*"), {Expr::variable(a), Expr::number(scale)});
  return {Expr::apply(*functions::find("+"), {product, scaled}), {x}, {a}};
}

double expected(double at, double param, double scale) { return std::cos(at) * at + param * scale; }

TEST_CASE("a batch of any length, whole vectors or not") {
  const auto jit = native();
  const Kernel kernel = jit->kernel(source(2), false).value();
  for (std::size_t count : {0U, 1U, 7U, 8U, 9U, 21U, 42U, 1000U}) {
    std::vector<double> points(count), y(count + 1, -1);
    std::iota(points.begin(), points.end(), 0.25);
    const double* axes[] = {points.data()};
    const double params[] = {0.5};
    kernel.eval({axes, params, count}, y.data());
    for (std::size_t i = 0; i < count; ++i) CHECK(y[i] == doctest::Approx(expected(points[i], 0.5, 2)));
    CHECK(y[count] == -1);
  }
}

TEST_CASE("the fused grid sum is the sum of the batch") {
  const auto jit = native();
  const Kernel kernel = jit->kernel(source(1), true).value();
  const double params[] = {3.0};
  for (std::uint64_t count : {1U, 15U, 16U, 17U, 100U, 4096U}) {
    double sum = 0;
    for (std::uint64_t i = 0; i < count; ++i) sum += expected(1 + 0.001 * static_cast<double>(i + 5), 3, 1);
    CHECK(kernel.grid_sum({1, 0.001, 5, count}, params) == doctest::Approx(sum).epsilon(1e-13));
  }
}

TEST_CASE("a kernel outlives the Jit that made it, and equal formulas share code") {
  auto jit = native();
  Kernel kernel = jit->kernel(source(1), false).value();
  const double before = jit->compile_seconds();
  CHECK(jit->kernel(source(1), false));
  CHECK(jit->compile_seconds() == before);
  jit.reset();
  const double point[] = {2.0}, params[] = {1.0};
  CHECK(kernel(point, params) == doctest::Approx(expected(2, 1, 1)));
}

TEST_CASE("what cannot run here is refused, what nobody knows too") {
  const auto unknown = jit::Jit::create({.cpu = "pentium-9000"});
  REQUIRE(!unknown);
  CHECK(unknown.error().code == Code::unknown_cpu);
  const auto target = codegen::make_target("x86-64-v4").value();
  CHECK(target.lanes == 8);
  if (!codegen::check_runs_here(target))
    CHECK(jit::Jit::create({.cpu = "x86-64-v4"}).error().code == Code::cpu_not_runnable);
}

TEST_CASE("threads compile different formulas at the same time") {
  const auto jit = native();
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&jit, t] {
      for (int i = 0; i < 5; ++i) {
        const double scale = t * 100 + i / 2;  // some formulas twice
        const Kernel kernel = jit->kernel(source(scale), i % 2 == 0).value();
        const double point[] = {0.5}, params[] = {2.0};
        CHECK(kernel(point, params) == doctest::Approx(expected(0.5, 2, scale)));
      }
    });
  for (std::thread& thread : threads) thread.join();
}

// What generates code is used again for the next formula; nothing of one may be left in another.
TEST_CASE("the code of a formula does not depend on what was compiled before") {
  const auto target = codegen::make_target("native").value();
  const auto object = [](codegen::Compiler& compiler, double scale, codegen::Entry entry) {
    const codegen::Export wanted{source(scale), "kernel", {entry}};
    return compiler.compile({&wanted, 1}, false).value().bytes;
  };
  codegen::Compiler used(target);
  for (double scale : {1.0, 2.0, 1.0})
    for (codegen::Entry entry : {codegen::Entry::batch, codegen::Entry::grid}) {
      codegen::Compiler fresh(target);
      CHECK(object(used, scale, entry) == object(fresh, scale, entry));
    }
}

double resident_megabytes() {
  std::ifstream statm("/proc/self/statm");
  double all = 0, resident = 0;
  statm >> all >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

// JITEGRAL_SOAK=10000 makes it long.
TEST_CASE("memory stays flat while formulas come and go") {
  const auto jit = native();
  const char* soak = std::getenv("JITEGRAL_SOAK");
  const int all = soak != nullptr ? std::atoi(soak) : 1500;
  double settled = 0;
  for (int i = 0; i < all; ++i) {
    if (i == all / 2) settled = resident_megabytes();
    const Kernel kernel = jit->kernel(source(i + 0.5), false).value();
    const double point[] = {0.5}, params[] = {2.0};
    REQUIRE(kernel(point, params) == doctest::Approx(expected(0.5, 2, i + 0.5)));
  }
  MESSAGE(settled << " MB after half, " << resident_megabytes() << " MB after all");
#if !defined(__SANITIZE_ADDRESS__) && !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer)
  CHECK(resident_megabytes() < settled * 1.05 + 2);
#endif
}

}  // namespace
}  // namespace jitegral
