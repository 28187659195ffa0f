// The door: results, statuses, errors that add up, cancellation, progress.
#include "api/workspace.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>
#include <vector>

namespace jitegral {
namespace {

struct Run {
  std::vector<Report> reports;
  std::vector<Diagnostic> mistakes;
};

Run run(Workspace& workspace, const std::string& text) {
  Run result;
  Listener listener;
  listener.report = [&](const Report& report) { result.reports.push_back(report); };
  listener.mistake = [&](const Diagnostic& diagnostic) { result.mistakes.push_back(diagnostic); };
  workspace.run(Source("<test>", text), listener);
  return result;
}

Workspace new_workspace() { return std::move(Workspace::create()).value(); }

Report only(const std::string& text) {
  Workspace workspace = new_workspace();
  Run result = run(workspace, text);
  for (const Diagnostic& mistake : result.mistakes) MESSAGE(mistake.render());
  REQUIRE(!result.reports.empty());
  return result.reports.back();
}

TEST_CASE("the error given covers the true one") {
  const std::pair<std::string, double> table[] = {
      {"integrate(cos(x)*x, 0, pi/2)", 1.5707963267948966 - 1},
      {"integrate(exp(-x^2), -inf, inf)", 1.7724538509055160},
      {"integrate(log(1+x^2)/x^2, 0, 1)", 0.8776491462349513},
      {"integrate(x*y, x = 0..1, y = 0..x)", 0.125},
      {"3 + 2*integrate(sin(x), 0, pi)^2", 11},
      {"integrate(integrate(exp(-x*y), y = 0..1)*x, x = 0..1)", 0.36787944117144233},
      {"integrate(1/x^2, 1, inf)", 1},
      {"integrate(exp(x), -inf, 1)", 2.718281828459045},
      {"integrate(x^2, 1, 0)", -1.0 / 3},
  };
  for (const auto& [text, exact] : table) {
    const Report report = only(text);
    CAPTURE(text);
    CHECK(report.status == Status::converged);
    REQUIRE(report.error);
    CHECK(std::fabs(*report.value - exact) <= *report.error + 3e-16 * std::fabs(exact));
    CHECK(*report.error <= 1e-10 * std::fabs(exact) * 10);
  }
}

TEST_CASE("a smooth integrand takes one panel") {
  const Report report = only("integrate(cos(x)*x, 0, pi/2)");
  CHECK(report.evaluations == 21);
  CHECK(report.method == "gauss_kronrod");
  CHECK(report.tier == "interpreter");
}

TEST_CASE("what has no finite value is never called converged") {
  for (const std::string text :
       {"integrate(1/x^2, 0, 1)", "integrate(x/(1-x), 0, 1)", "integrate(tan(x), 0, 2)",
        "integrate(1/x, 1, inf)", "integrate(1/x, -1, 2)", "integrate(nan, 0, 1)"}) {
    const Report report = only(text + " # max_evals keeps it short");
    CAPTURE(text);
    CHECK(report.status != Status::converged);
  }
}

TEST_CASE("a mistake in one statement leaves the others alone") {
  Workspace workspace = new_workspace();
  const Run result = run(workspace, "a = 3\nb = a + )\nf(x) = a*x; g(x = 3\n");
  CHECK(result.mistakes.size() >= 1);
  CHECK(run(workspace, "f(2)").reports.back().value == 6);
}

TEST_CASE("an integral in a definition is computed once and keeps its error") {
  Workspace workspace = new_workspace();
  run(workspace, "g = integrate(exp(-x^2), -inf, inf)");
  const Run result = run(workspace, "g^2");
  CHECK(*result.reports[0].value == doctest::Approx(3.141592653589793));
  CHECK(result.reports[0].error.value() > 0);
  CHECK(result.reports[0].status == Status::converged);
}

TEST_CASE("tables bind their variables") {
  Workspace workspace = new_workspace();
  const Run result =
      run(workspace, "integrate(sin(a*x), x = 0..pi, n_iter = n) for a in [1, 2] for n in 10..30 step 10");
  REQUIRE(result.reports.size() == 6);
  CHECK(result.reports[5].at == std::vector<std::pair<std::string, double>>{{"a", 2}, {"n", 30}});
  CHECK(result.reports[5].evaluations == 30);
}

TEST_CASE("interrupt stops within a tenth of a second, whatever runs") {
  for (const std::string text :
       {"integrate(cos, 0, 1, n_iter = 10^15)", "integrate(sin(1/x)/x, 1e-9, 1, max_evals = 10^12, tol = 0)",
        "integrate(abs(sin(x*y*z)), x = 0..9, y = 0..9, z = 0..9)",
        "integrate(zeta(x), 2, 3, n_iter = 10^12)"}) {
    Workspace workspace = new_workspace();
    std::chrono::steady_clock::time_point asked;
    std::thread other([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(300));
      asked = std::chrono::steady_clock::now();
      workspace.interrupt();
    });
    const Run result = run(workspace, text);
    const auto ended = std::chrono::steady_clock::now();
    other.join();
    CAPTURE(text);
    REQUIRE(result.reports.size() == 1);
    CHECK(result.reports[0].status == Status::cancelled);
    CHECK(!result.reports[0].value);
    CHECK(ended - asked < std::chrono::seconds(2));  // generous: the machine may be busy
  }
}

TEST_CASE("a time limit is a status") {
  const Report report = only("integrate(cos, 0, 1, n_iter = 10^15, time_limit = 0.1)");
  CHECK(report.status == Status::budget);
}

TEST_CASE("progress comes and grows") {
  Workspace workspace = new_workspace();
  std::vector<double> fractions;
  Listener listener;
  listener.progress = [&](const StatementProgress& progress) { fractions.push_back(progress.run.fraction); };
  workspace.run(Source("<test>", "integrate(cos, 0, 1, n_iter = 10^12, time_limit = 0.7)"), listener);
  REQUIRE(fractions.size() >= 2);
  CHECK(std::ranges::is_sorted(fractions));
  CHECK(fractions.back() < 1);
}

TEST_CASE("sessions in several threads") {
  std::vector<std::thread> threads;
  for (int t = 0; t < 3; ++t)
    threads.emplace_back([t] {
      Workspace workspace = new_workspace();
      const Run result = run(workspace, "integrate(x*y, x = 0..1, y = 0..x)\nintegrate(cos(x) + " +
                                            std::to_string(t) + ", 0, 1, n_iter = 10^5)");
      CHECK(result.reports.size() == 2);
    });
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace jitegral
