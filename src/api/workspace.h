// The door of the library for C++: text in, results out. Nothing of LLVM, ANTLR or TBB shows here.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "kernel/tier.h"

namespace jitegral {

// What a value is worth.
enum class Status : std::uint8_t {
  value,          // plain arithmetic, or a definition
  fixed,          // a fixed grid: no accuracy was promised
  converged,      // a promise: |value - true value| <= error <= the tolerance
  not_converged,  // `error` is the best that was reached, and larger than the tolerance
  divergent,      // the integral does not exist
  non_finite,     // the formula was nan or infinite where it had to be evaluated
  budget,         // max_evals or time_limit came first
  cancelled,
};
std::string_view to_text(Status status);

// One result: of a statement, or of one row of a `for` table.
struct Report {
  std::string statement;
  bool is_definition = false;
  std::optional<double> value;  // absent where there is none: a function's definition, a cancelled run
  std::optional<double> error;  // absolute; absent where nothing is promised
  Status status = Status::value;
  std::string method;  // the rule that ran, or "arithmetic"
  std::uint64_t evaluations = 0;
  int n_jobs = 1;    // threads used
  std::string tier;  // who evaluated: "interpreter", "native", or one after the other: "interpreter+native";
                     // "scalar" for plain arithmetic
  double seconds = 0;          // without waiting for a compilation
  double compile_seconds = 0;  // of the compilations that ended meanwhile; most run in the background
  std::vector<std::string> warnings;
  std::vector<std::pair<std::string, double>> at;  // values of the loop variables, outermost first
};

struct Progress {
  double fraction = 0;  // done, 0 to 1; nan if nobody knows
  std::uint64_t evaluations = 0;
  double seconds = 0;  // since the statement began
};

// What holds where a statement says nothing.
struct Settings {
  std::string cpu = "native";
  int n_jobs = 0;  // threads; 0: all cores
  double tolerance = 1e-10;
  double time_limit = 0;  // seconds for one integral; 0: none
  Tier tier = Tier::automatic;
};

// Where results go. Each function may be empty.
struct Listener {
  std::function<void(const Report&)> report;
  std::function<void(const Diagnostic&)> mistake;
  // About ten times a second while something long runs; from any thread, never from two at once.
  std::function<void(const Progress&)> progress;
};

// The statements of a text that a REPL may hand over one by one.
struct StatementSpans {
  std::vector<Span> spans;
  bool complete = true;  // false: a bracket is open or an operand is missing, read another line
};
StatementSpans split_statements(const Source& source);

// One person's definitions and the machine code made for them. Not thread-safe but for interrupt().
class Workspace {
 public:
  // Errors: E501, E502.
  static Expected<Workspace> create(const Settings& settings = {});
  Workspace(Workspace&&) noexcept;
  Workspace& operator=(Workspace&&) noexcept;
  ~Workspace();

  // Runs every statement of a text in order; a mistake in one does not keep the others from running. Stops
  // early only when interrupted.
  void run(const Source& source, const Listener& listener);
  void run(const Source& source, Span statement, const Listener& listener);

  // Stops what is running within about 100 ms. May be called from another thread or a signal handler.
  void interrupt() noexcept;
  [[nodiscard]] bool interrupted() const noexcept;
  void clear_interrupt() noexcept;

  // What was found in the statements' integrals, what is chosen, and why; for a person to read.
  Expected<std::string> explain(const Source& source);

  struct Artifact {
    std::string bytes;
    std::string header;  // C
  };
  // What a precompiled file shall be.
  struct CompileOrder {
    std::string cpus;  // one, or several with commas: the first one that runs is taken; empty: x86-64-v3, or
                       // the baseline of another architecture
    std::string target;   // "aarch64-linux-gnu"; empty: like this process
    std::string kind;     // "object", "shared-library", …; empty: by the suffix of `file`
    std::string file;     // that the bytes will go to
    std::string command;  // as a person typed it; the header tells
  };
  // The functions that the statements define, precompiled. Errors besides mistakes in the statements: E501,
  // E503 to E506.
  Expected<Artifact> compile(const Source& source, const CompileOrder& order);

  // The machine that code is made for, in words.
  [[nodiscard]] std::string target() const;

 private:
  struct State;
  explicit Workspace(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// The function table as documentation.
struct FunctionDoc {
  std::string name, signature, doc, domain, example;
  std::vector<std::string> aliases;
  double ulp = 0;
};
std::vector<FunctionDoc> function_docs();
// What `jitegral compile` makes: "object, assembly, …".
std::string compile_kinds();
// Rules with a sentence each.
std::vector<std::pair<std::string, std::string>> rule_docs();

}  // namespace jitegral
