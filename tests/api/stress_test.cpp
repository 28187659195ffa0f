// 64 threads that define, compile, call and integrate at once. JITEGRAL_STRESS_SECONDS says for how long (2).
#include <jitegral/jitegral.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

namespace {

double seconds_to_run() {
  const char* const text = std::getenv("JITEGRAL_STRESS_SECONDS");
  return text == nullptr ? 2 : std::atof(text);
}

bool near(double a, double b) { return std::fabs(a - b) <= 1e-9 * std::fmax(1, std::fabs(b)); }

// What one thread does, over and over; each round means other formulas. True if all values are right.
bool round_of(const jitegral::Session& shared, const jitegral::Session& native,
              const jitegral::Formula& square, int thread, int round) {
  const double c = thread + 64 * (round % 50);
  const std::string text = "cos(x)*x + " + std::to_string(thread + 64 * (round % 50));
  const jitegral::Formula f = shared.compile(text);
  bool right = near(f(0.5), std::cos(0.5) * 0.5 + c);
  std::vector<double> x(100, 0.25), y(100);
  f(x, y);
  right = right && near(y[99], std::cos(0.25) * 0.25 + c);
  right = right && near(f.integrate(0, 1).value, std::cos(1) + std::sin(1) - 1 + c);
  right = right && near(f.integrate(0, 1, {.rule = "simpson", .n_iter = 200, .n_jobs = 2}).value,
                        std::cos(1) + std::sin(1) - 1 + c);
  right = right && near(square.integrate(0, 3).value, 9) && square(3) == 9;
  const std::string name = "h" + std::to_string(thread);
  shared.define(name, [c](double t) { return c * t; });
  right = right && near(shared.integrate(name + "(x)", 0, 2).value, 2 * c);
  shared.define("k" + std::to_string(thread) + " = " + std::to_string(round));
  right = right && shared.evaluate("k" + std::to_string(thread)).value == round;
  if (round % 4 == 0) {  // compiled by this thread, or by another one that wants the same
    const jitegral::Formula g = native.compile("cos(x)*x + " + std::to_string(round % 64));
    right = right && near(g.integrate(0, 1).value, std::cos(1) + std::sin(1) - 1 + round % 64);
  }
  if (round % 16 == 0) {  // long enough for machine code to be made in the background
    const double sum = f.integrate(0, 1, {.rule = "midpoint", .n_iter = 1'000'000}).value;
    right = right && near(sum, std::cos(1) + std::sin(1) - 1 + c);
  }
  if (round % 8 == 0) {
    const jitegral::Session own;
    right = right && near(own.evaluate("integrate(x*y, x = 0..1, y = 0..x)").value, 0.125);
  }
  return right;
}

TEST_CASE("64 threads compile and call at once") {
  const jitegral::Session session;
  const jitegral::Session native({.tier = "native"});
  const jitegral::Formula square = session.compile("x^2");
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds_to_run());
  std::atomic<int> wrong = 0, rounds = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 64; ++t)
    threads.emplace_back([&, t] {
      int round = 0;
      do {
        if (!round_of(session, native, square, t, round)) ++wrong;
        ++rounds;
        ++round;
      } while (std::chrono::steady_clock::now() < end);
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
  CHECK(rounds >= 64);
  MESSAGE(rounds.load() << " rounds");
}

}  // namespace
