// What a precompiled object tells the runtime inside it: tables of constants, which code generation writes
// word by word. So every member has eight bytes, and a new member is written in aot/program.cpp as well.
//
// Values of symbols (parameters, variables of integrals, values of inner integrals and their errors) live in
// one array of doubles a call, the environment; tables name them by index.
#pragma once

#include <cstddef>
#include <cstdint>

namespace jitegral::runtime {

struct Integral;

inline constexpr std::uint64_t none = ~std::uint64_t{0};  // an index that there is not

// A formula, perhaps with integrals inside.
struct Expression {
  double (*value)(const double* environment);  // null: the formula is its one integral
  double (*error)(const double* environment);  // from those of the integrals; null: nobody knows
  std::uint64_t count;                         // integrals inside
  const Integral* const* integrals;
  std::uint64_t slot;  // the value of integral i goes to slot + i, its error to slot + count + i
};

// An integrand over ranges of one reach. Integrals inside are columns of values, computed point by point.
struct Body {
  void (*batch)(const double* const* axes, const double* params, double* y, std::int64_t count);
  double (*grid)(double start, double step, double first, std::int64_t count, const double* params);
  // Over the variable, the inner integrals, then their errors; null: nobody knows the error of y.
  void (*noise)(const double* const* axes, const double* params, double* y, std::int64_t count);
  // Over the variable: a bound on the rounding error of y, of an adaptive integral without others inside.
  void (*rounding)(const double* const* axes, const double* params, double* y, std::int64_t count);
  std::uint64_t variable;
  std::uint64_t end;  // the finite end of a range that reaches infinity, or none
  std::uint64_t param_count;
  const std::uint64_t* params;
  std::uint64_t chunk;   // points that are summed in one call: Kernel::Code::chunk()
  std::uint64_t smooth;  // nothing in it hides kinks or jumps
  std::uint64_t inner_count;
  const Integral* const* inner;
};

struct Integral {
  const Expression* lower;  // null where the caller gives the limits
  const Expression* upper;
  const Body* bodies[4];  // by plan::Reach; null where the limits rule a reach out
  double relative;        // tolerance; nan: as what stands around it
  double absolute;
  std::uint64_t max_evaluations;
  double time_limit;     // seconds
  std::uint64_t n_iter;  // 0: adaptive
  std::uint64_t rule;    // index into rules::table()
  std::uint64_t point_count;
  double (*const* points)(const double* environment);  // breakpoints
  std::uint64_t known;  // depends on nothing: its place among the results of a call; or none
};

// One exported function and its relatives (NAME_batch, NAME_integrate, …).
struct Function {
  // A formula without integrals …
  void (*batch)(const double* const* axes, const double* params, double* y, std::int64_t count);
  const Expression* value;  // … or one with
  std::uint64_t arity;      // the arguments are the first values of the environment
  std::uint64_t environment;
  std::uint64_t known;       // integrals that depend on nothing
  double relative;           // tolerance, where nothing is written
  const Integral* grid;      // over the function's one variable, by the left rule
  const Integral* adaptive;  // … and adaptively
};

// How an object chooses between versions of its code.
struct Need {          // a word of the processor's self-description must have all of these bits
  std::uint64_t leaf;  // of the cpuid instruction
  std::uint64_t subleaf;
  std::uint64_t word;  // 0 to 3: eax, ebx, ecx, edx; 4: the registers that the system saves (xcr0)
  std::uint64_t bits;
};

struct Version {
  const char* cpu;
  std::uint64_t count;
  const Need* needs;
};

struct Versions {
  std::uint64_t count;
  const Version* const* versions;  // the best first
};

}  // namespace jitegral::runtime
