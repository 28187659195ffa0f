// The tiers as a user meets them: who evaluated, the change in mid-integral, and ending while code is made.
#include <doctest/doctest.h>

#include <atomic>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "api/workspace.h"

namespace jitegral {
namespace {

std::vector<Report> run(const char* tier, const std::string& text) {
  WorkspaceSettings settings;
  settings.tier = tier;
  settings.cache = false;
  Workspace workspace = std::move(Workspace::create(settings)).value();
  std::vector<Report> reports;
  Listener listener;
  listener.report = [&](const Report& report) { reports.push_back(report); };
  listener.mistake = [](const Diagnostic& diagnostic) { FAIL(diagnostic.render()); };
  workspace.run(Source("<test>", text), listener);
  return reports;
}

TEST_CASE("little work is interpreted, and nothing is compiled for it") {
  const Report report = run("auto", "integrate(cos(x)*x, 0, pi/2)").at(0);
  CHECK(report.tier == "interpreter");
  CHECK(report.compile_seconds == 0);
}

TEST_CASE("asked for machine code, nothing is interpreted") {
  const Report report = run("native", "integrate(cos(x)*x, 0, pi/2)").at(0);
  CHECK(report.tier == "native");
  CHECK(report.compile_seconds > 0);
}

TEST_CASE("machine code takes over in mid-integral: a long grid, and one integral after another") {
  const std::string grid = "integrate(hypot(exp(sin(x)), 1), 0, 10, n_iter = 10^8, time_limit = 60)";
  const std::vector<Report> grids = run("auto", grid + "\n" + grid);
  CHECK(grids.at(0).tier == "interpreter+native");
  CHECK(grids.at(0).compile_seconds > 0);
  CHECK(grids.at(1).tier == "native");
  CHECK(grids.at(0).value == grids.at(1).value);
  const std::string nested = "integrate(sin(x*y)/(1+x^2*y), x = 0..3, y = 0..x)";
  CHECK(run("auto", nested).at(0).value == run("native", nested).at(0).value);
}

TEST_CASE("a workspace may end, or be interrupted, while code for it is made") {
  for (int i = 0; i < 5; ++i) {
    Workspace workspace = std::move(Workspace::create({{.cache = false}})).value();
    std::atomic<bool> ended = false;
    std::thread other([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(2 * i));
      workspace.interrupt();
    });
    Listener listener;
    listener.report = [&](const Report& report) { ended = report.status == Status::cancelled; };
    workspace.run(Source("<test>", "integrate(cos(x + " + std::to_string(i) + "), 0, 1, n_iter = 10^15)"),
                  listener);
    other.join();
    CHECK((ended || workspace.interrupted()));
  }
}

TEST_CASE("threads share what is compiled while it changes tiers") {
  std::vector<std::thread> threads;
  for (int t = 0; t < 3; ++t)
    threads.emplace_back([] {
      const std::vector<Report> reports =
          run("auto", "f(a) = integrate(exp(-a*x)*sin(x), 0, 5)\nintegrate(f(a), a = 0..2)");
      CHECK(reports.back().status == Status::converged);
    });
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace jitegral
