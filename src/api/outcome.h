// What an evaluation came to, inside api: a Report before it is told to anybody.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "api/workspace.h"

namespace jitegral {

// The value of a formula, with what it is worth.
struct Outcome {
  double value = 0;
  double error = 0;  // absolute, from the integrals inside
  Status status = Status::value;
  std::string_view method = "arithmetic";  // like tier, a text that lives as long as the process
  std::string_view tier = "scalar";
  std::uint64_t evaluations = 0;
  int n_jobs = 1;
  std::vector<std::string> warnings{};

  // Takes in what belongs to a formula if one of its integrals came to `part`: all but value and error.
  void join(const Outcome& part);
};

// "one+other", or one of them if the other is in it. The text lives as long as the process.
std::string_view listed(std::string_view one, std::string_view other);

// Its own warnings, or what its status means for the value.
std::vector<std::string> warnings_for(const Outcome& outcome);

// The weaker of two: how much a sum of both is worth.
Status weaker(Status a, Status b);

}  // namespace jitegral
