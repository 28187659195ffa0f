#include <doctest/doctest.h>

#include <atomic>
#include <bit>
#include <chrono>
#include <cmath>
#include <limits>
#include <mutex>
#include <numbers>
#include <thread>
#include <vector>

#include "base/compensated.h"
#include "engine/engine.h"
#include "lambda_kernel.h"

using namespace jitegral;
using namespace jitegral::engine;
using test::kernel;
using Clock = std::chrono::steady_clock;

namespace {

Result sum(const Kernel& f, const std::string& rule, double a, double b, std::uint64_t n,
           const Jobs& jobs = {}, const Control& control = {}) {
  return sum_combs(f, {}, rules::find(rule)->combs(a, b, n), jobs, control);
}

std::uint64_t bits(double x) { return std::bit_cast<std::uint64_t>(x); }

}  // namespace

TEST_CASE("a compensated sum keeps what a plain one loses") {
  CompensatedSum sum;
  for (const double x : {1.0, 1e100, 1.0, -1e100}) sum.add(x);
  CHECK(sum.value() == 2);
  CompensatedSum infinite;
  for (const double x : {1.0, std::numeric_limits<double>::infinity(), 1.0}) infinite.add(x);
  CHECK(infinite.value() == std::numeric_limits<double>::infinity());
  CompensatedSum third;
  for (int i = 0; i < 3; ++i) third.add(0.1);
  CHECK(third.scaled(10).value() == doctest::Approx(3).epsilon(1e-16));
}

TEST_CASE("a kernel's default grid sum and its call with one point") {
  const Kernel f = kernel([](double x) { return x; });
  for (const std::uint64_t count : std::initializer_list<std::uint64_t>{0, 1, 7, 511, 512, 513, 4096, 5000}) {
    const double n = static_cast<double>(count);
    CHECK(f.grid_sum({.start = 2, .step = 0.5, .first = 10, .count = count}, {}) ==
          7 * n + 0.25 * n * (n - 1));
  }
  CHECK(f(std::vector{4.5}) == 4.5);
  CHECK(f(std::vector<double>(40, 1.5)) == 1.5);
}

TEST_CASE("the classic loop") {
  const Result result =
      sum(kernel([](double x) { return std::cos(x); }), "left", 0, std::numbers::pi / 2, 1000);
  CHECK(std::fabs(result.estimate.value - 1.0007851925466296) <= 1e-14);
  CHECK(result.status == Status::fixed);
  CHECK(result.estimate.evaluations == 1000);
  CHECK(std::isnan(result.estimate.error));
}

TEST_CASE("the same bits on any number of threads") {
  const Kernel f = kernel([](double x) { return std::sin(1e6 * x) * std::exp(x); });
  for (const std::string rule : {"left", "trapezoid", "simpson", "gauss"}) {
    for (const std::uint64_t n : {100ULL, 5001ULL, 300'001ULL}) {
      CAPTURE(n);
      const std::uint64_t expected = bits(sum(f, rule, 0, 1, n, {1, Backend::serial}).estimate.value);
      for (const int n_jobs : {0, 1, 2, 3, 7}) {
        for (int again = 0; again < 3; ++again) {
          CHECK(bits(sum(f, rule, 0, 1, n, {n_jobs, Backend::tbb}).estimate.value) == expected);
        }
      }
    }
  }
}

TEST_CASE("no digits are lost over many points") {
  const Result result = sum(kernel([](double) { return 0.1; }), "left", 0, 1, 3'000'000);
  CHECK(std::fabs(result.estimate.value - 0.1) <= 2e-16);
}

TEST_CASE("an empty range needs no evaluation") {
  const Result result = sum(kernel([](double) { return NAN; }), "trapezoid", 2, 2, 1000);
  CHECK(result.estimate.value == 0);
  CHECK(result.estimate.evaluations == 0);
  CHECK(result.status == Status::fixed);
}

TEST_CASE("what is not finite says so") {
  const Result pole = sum(kernel([](double x) { return 1 / x; }), "left", 0, 1, 10'000);
  CHECK(pole.status == Status::non_finite);
  CHECK(pole.estimate.value == std::numeric_limits<double>::infinity());
  CHECK_FALSE(pole.estimate.finite);
  CHECK(sum(kernel([](double x) { return std::sqrt(x - 0.5); }), "left", 0, 1, 100).status ==
        Status::non_finite);
  CHECK(sum(kernel([](double) { return 1e308; }), "left", 0, 1, 100).status == Status::non_finite);
}

TEST_CASE("a huge grid starts at once, reports, and stops when asked") {
  for (const Jobs jobs : {Jobs{2, Backend::tbb}, Jobs{1, Backend::serial}}) {
    std::atomic<bool> cancelled = false;
    std::atomic<int> inside = 0;
    int reports = 0;
    bool plausible = true;
    Control control;
    control.cancelled = &cancelled;
    control.progress = [&](const Progress& progress) {
      plausible = plausible && inside.fetch_add(1) == 0 && progress.fraction > 0 &&
                  progress.fraction < 1e-3 &&
                  progress.fraction == static_cast<double>(progress.evaluations) / 1e15;
      ++reports;
      --inside;
    };
    Clock::time_point asked;
    std::thread canceller([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(350));
      asked = Clock::now();
      cancelled = true;
    });
    const Result result =
        sum(kernel([](double x) { return x; }), "midpoint", 0, 1, 1'000'000'000'000'000, jobs, control);
    const auto late = Clock::now();
    canceller.join();
    CHECK(late - asked < std::chrono::milliseconds(100));
    CHECK(result.status == Status::cancelled);
    CHECK(std::isnan(result.estimate.value));
    CHECK(result.estimate.evaluations > 0);
    CHECK(plausible);
    CHECK(reports >= 1);
    CHECK(reports <= 4);
  }
}

TEST_CASE("a deadline is a budget") {
  Control control;
  control.deadline = Clock::now() + std::chrono::milliseconds(20);
  const Result result = sum(kernel([](double x) { return x; }), "left", 0, 1, 1'000'000'000'000, {}, control);
  CHECK(result.status == Status::budget);
  CHECK(std::isnan(result.estimate.value));
  CHECK(Clock::now() - control.deadline < std::chrono::milliseconds(100));
}

TEST_CASE("expensive kernels with small chunks") {
  std::atomic<int> calls = 0;
  const Kernel slow = kernel(
      [&calls](double x) {
        ++calls;
        return x;
      },
      1);
  const Result result = sum(slow, "midpoint", 0, 2, 500, {7, Backend::tbb});
  CHECK(result.estimate.value == doctest::Approx(2).epsilon(1e-15));
  CHECK(calls == 500);
}

TEST_CASE("sums inside sums: the engine is entered again from its own threads") {
  const Jobs jobs{3, Backend::tbb};
  const Kernel outer = kernel(
      [&jobs](double x) {
        const Kernel inner = kernel([x](double y) { return x * y; }, 16);
        return sum(inner, "midpoint", 0, 2, 2000, jobs).estimate.value;
      },
      1);
  const Result result = sum(outer, "midpoint", 0, 3, 600, jobs);
  CHECK(result.estimate.value == doctest::Approx(9).epsilon(1e-13));
  CHECK(result.estimate.value == sum(outer, "midpoint", 0, 3, 600, {1, Backend::serial}).estimate.value);
}

TEST_CASE("several threads of the caller at once") {
  const Kernel f = kernel([](double x) { return std::exp(x); }, 64);
  const double expected = sum(f, "left", 0, 1, 100'000, {1, Backend::serial}).estimate.value;
  std::vector<std::thread> threads;
  threads.reserve(4);
  std::atomic<int> wrong = 0;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      for (int k = 0; k < 10; ++k) {
        if (sum(f, "left", 0, 1, 100'000, {1 + (i + k) % 4, Backend::tbb}).estimate.value != expected)
          ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
}

TEST_CASE("for_each_index calls each index once") {
  for (const Jobs jobs : {Jobs{}, Jobs{1, Backend::tbb}, Jobs{5, Backend::tbb}, Jobs{2, Backend::serial}}) {
    for (const std::size_t n : {0UL, 1UL, 1000UL}) {
      std::vector<std::atomic<int>> calls(n);
      for_each_index(n, jobs, [&](std::size_t i) { ++calls[i]; });
      CHECK(std::ranges::all_of(calls, [](const auto& count) { return count == 1; }));
    }
  }
}

TEST_CASE("the number of threads") {
  CHECK(Jobs{7, Backend::tbb}.threads() == 7);
  CHECK(Jobs{7, Backend::serial}.threads() == 1);
  CHECK(Jobs{0, Backend::tbb}.threads() >= 1);
  CHECK(Jobs{1'000'000, Backend::tbb}.threads() == 256);
}
