// What the command line works in: statements as text in, reports out. Programs use <jitegral/jitegral.hpp>.
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

#include <jitegral/jitegral.hpp>

#include "base/diagnostic.h"
#include "base/source.h"

namespace jitegral {

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
  std::optional<Diagnostic> trouble;               // the part of the text that was not finite, and where
  std::vector<std::pair<std::string, double>> at;  // values of the loop variables, outermost first
  std::uint64_t result = 0;  // the value can be used as %1, %2, … in later statements; 0: it cannot
};

// What is to be drawn: y over x, in the order in which x runs. y is not finite where there is no value.
struct Picture {
  struct Curve {
    std::string name;  // the formula as it was written, or the values of the outer loops
    std::vector<double> x, y;
  };
  std::string variable;
  std::vector<Curve> curves;
  std::vector<double> marks;  // where something was found; ascending
};

// What was found in a statement's integrals, what is chosen, and why; for a person to read.
struct Explanation {
  std::string text;
  std::vector<Picture> pictures;  // of integrals over one variable with known limits
};

struct WorkspaceSettings : Settings {
  int plot_points = 400;  // points of each curve of a plot over a range
};

// How far a statement is.
struct StatementProgress {
  Progress run;            // `fraction` is that of the whole table
  std::uint64_t rows = 1;  // of the statement's table
  std::uint64_t rows_done = 0;
};

// Where results go. Each function may be empty.
struct Listener {
  std::function<void(const Report&)> report;
  std::function<void(const Diagnostic&)> mistake;
  std::function<void(const Picture&)> picture;
  // About ten times a second while something long runs; from any thread, never from two at once.
  std::function<void(const StatementProgress&)> progress;
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
  static Expected<Workspace> create(const WorkspaceSettings& settings = {});
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

  [[nodiscard]] const WorkspaceSettings& settings() const;
  // What holds from the next statement on; definitions and results stay. Errors: E501, E502.
  Expected<void> configure(const WorkspaceSettings& settings);

  // What has been defined, by name.
  struct Definition {
    std::string name;
    std::string text;  // the statement that made it
    bool is_function = false;
    std::vector<std::string> parameters;
  };
  [[nodiscard]] std::vector<Definition> definitions() const;

  // Nothing is integrated. Pictures are made only if they are wanted.
  Expected<Explanation> explain(const Source& source, bool with_pictures);

  // The machine code of a formula in words of LLVM: of a function's body, of the integrand of the first
  // integral, or of the formula as it stands, whose free names are then its variables. Errors: E1xx, E2xx,
  // E404, E503, E504.
  enum class Listing : std::uint8_t { ir, assembly };
  Expected<std::string> listing(const Source& source, Listing form);

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
// Names of numbers with a sentence each.
std::vector<std::pair<std::string, std::string>> constant_docs();
// The options of integrate with a sentence each.
std::vector<std::pair<std::string, std::string>> option_docs();
// What `jitegral compile` makes: "object, assembly, …".
std::string compile_kinds();
// Rules with a sentence each.
std::vector<std::pair<std::string, std::string>> rule_docs();

}  // namespace jitegral
