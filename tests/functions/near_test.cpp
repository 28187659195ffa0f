// Second rows give the bits of the general ones wherever they say so, at every level.
#include "functions/near.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <random>
#include <string>
#include <vector>

#include "functions/pair.h"
#include "vecmath/vecmath.h"

namespace jitegral::functions {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

bool same_bits(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) ||
         (std::isnan(a) && std::isnan(b));
}

// Numbers of every size, among them those where bodies switch, all with their neighbours.
std::vector<double> numbers(const Interval& within) {
  std::vector<double> hard{0,   5e-324, 2.2250738585072014e-308, 0x1p-500, 1e-20, 0x1p-54, 0x1p-28, 0.5, 1, 2,
                           1e9, 0x1p52};
  for (const double end : {within.lo, within.hi})
    if (std::isfinite(end)) hard.push_back(end);
  for (int k = 1; k < 2000; ++k) {
    hard.push_back(k * (std::numbers::pi / 4));
    hard.push_back(k * (std::numbers::ln2 / 2));
    hard.push_back(k / 512.0);
    hard.push_back(k * 0x1.01591p-9);
  }
  std::vector<double> all;
  const auto add = [&](double x) {
    for (const double one : {x, -x})
      if (within.contains(one)) all.push_back(one);
  };
  for (const double x : hard)
    for (const double near : {x, std::nextafter(x, infinity), std::nextafter(x, -infinity)}) add(near);
  std::mt19937_64 random(11);
  const double lo = std::max(within.lo, -1e4), hi = std::min(within.hi, 1e4);
  for (int i = 0; i < 100000; ++i) {
    const double u = std::ldexp(static_cast<double>(random() >> 11U), -53);
    add(lo + (hi - lo) * u);
    add(std::exp(1400 * u - 700));
    add(std::exp(40 * u - 20));
  }
  all.resize((all.size() + vecmath::kLanes - 1) / vecmath::kLanes * vecmath::kLanes, all.back());
  return all;
}

void compare(const Near& near, const vecmath::Native& level) {
  const std::vector<double> x = numbers(near.arguments[0]);
  std::vector<double> y = numbers(near.arguments[1]);
  std::ranges::shuffle(y, std::mt19937_64(13));
  y.resize(x.size(), 1);
  const double* const arguments[] = {x.data(), y.data()};
  std::vector<double> general(x.size()), quick(x.size());
  const auto vectors = static_cast<std::int64_t>(x.size()) / vecmath::kLanes;
  level.find(near.general->name)(arguments, general.data(), vectors);
  level.find(near.row.name)(arguments, quick.data(), vectors);
  int compared = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (!std::isnan(general[i]) && !near.result.contains(general[i])) continue;
    ++compared;
    if (same_bits(general[i], quick[i])) continue;
    CAPTURE(near.row.name);
    CAPTURE(level.level);
    CAPTURE(x[i]);
    CAPTURE(y[i]);
    CHECK(general[i] == quick[i]);
    CHECK(std::signbit(general[i]) == std::signbit(quick[i]));
  }
  CHECK(compared > 10000);
}

TEST_CASE("second rows have the bits of the general ones at every level") {
  int rows = 0;
  for (const Function& row : table()) {
    const Near* found = near(row);
    if (found == nullptr) continue;
    ++rows;
    for (const vecmath::Native* level : vecmath::native_levels()) compare(*found, *level);
  }
  CHECK(rows > 5);
}

// A sanitizer sees an address outside of a table.
TEST_CASE("second rows do no harm for any argument, and give nan for nan") {
  std::vector<double> x = numbers(Interval::entire());
  for (const double end : {infinity, -infinity, std::numeric_limits<double>::quiet_NaN()})
    x.resize(x.size() + 8, end);
  std::vector<double> y = x, result(x.size());
  std::ranges::shuffle(y, std::mt19937_64(17));
  const double* const arguments[] = {x.data(), y.data()};
  for (const Function& row : table()) {
    const Near* found = near(row);
    if (found == nullptr) continue;
    for (const vecmath::Native* level : vecmath::native_levels())
      level->find(found->row.name)(arguments, result.data(),
                                   static_cast<std::int64_t>(x.size()) / vecmath::kLanes);
    CAPTURE(found->row.name);
    CHECK(std::isnan(found->row.at(std::vector(2, std::numeric_limits<double>::quiet_NaN()).data())));
  }
}

TEST_CASE("second rows are the same function under a name that nobody can type") {
  for (const Function& row : table()) {
    CHECK(general(&row) == &row);
    const Near* found = near(row);
    if (found == nullptr) continue;
    CHECK(general(&found->row) == &row);
    CHECK(near(found->row) == nullptr);
    CHECK(found->row.name == std::string(row.name) + "_near");
    CHECK(find(found->row.name) == nullptr);
    CHECK((found->row.enclosure == row.enclosure));
  }
}

TEST_CASE("functions computed together: the same bits alone, in one block, and on a part of their domain") {
  REQUIRE(pairs().size() == 2);
  const Near& part = *near(*pairs()[0].alone[0]);
  CHECK(pairs()[1].alone[0] == &part.row);
  const std::vector<double> x = numbers(part.arguments[0]);
  const double* const argument = x.data();
  const auto vectors = static_cast<std::int64_t>(x.size()) / vecmath::kLanes;
  for (const vecmath::Native* level : vecmath::native_levels()) {
    std::array<std::vector<double>, 2> alone, both;
    for (const Pair& pair : pairs()) {
      for (std::size_t i : {0U, 1U}) {
        std::vector<double> y(x.size());
        level->find(pair.together[i].name)(&argument, y.data(), vectors);
        if (!alone[i].empty()) CHECK(std::ranges::equal(y, alone[i], same_bits));
        alone[i] = y;
        both[i].resize(x.size());
        CHECK(find(pair.together[i].name) == nullptr);
      }
      level->find_pair(pair.together[0].name)(argument, both[0].data(), both[1].data(), vectors);
      for (std::size_t i : {0U, 1U}) CHECK(std::ranges::equal(both[i], alone[i], same_bits));
      both[1] = x;
      level->find_pair(pair.together[0].name)(both[1].data(), both[0].data(), both[1].data(), vectors);
      for (std::size_t i : {0U, 1U}) CHECK(std::ranges::equal(both[i], alone[i], same_bits));
    }
  }
  CHECK((vecmath::native().find_pair("no such function") == nullptr));
}

}  // namespace
}  // namespace jitegral::functions
