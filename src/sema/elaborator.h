// The state of one elaboration; private to sema.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sema/elaborate.h"
#include "sema/names.h"

namespace jitegral::sema {

// A name as messages show it.
inline std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

class Elaborator {
 public:
  Elaborator(const syntax::Tree& tree, const Scope& scope, std::span<const Symbol> arguments = {});
  Expected<Statement> statement();
  Expected<Definition> open_formula();
  std::vector<Part> parts();
  Expected<Definition> function(std::span<const Symbol> arguments);

 private:
  using Node = syntax::Node;
  using NodeId = syntax::NodeId;

  // One range of an integral: its variable and limits.
  struct Range {
    Symbol variable;
    Expr lower, upper;
    Span lower_span, upper_span;
  };
  // The arguments of integrate, sorted.
  struct Arguments {
    std::vector<NodeId> positional, ranges, options;
  };

  std::unexpected<Diagnostic> error(Code code, Span span, std::vector<std::string> args) const;
  std::unexpected<Diagnostic> unknown(Code code, Span span, std::string_view name,
                                      std::span<const std::string_view> known) const;
  std::vector<std::string_view> function_names() const;
  std::vector<std::string_view> value_names() const;
  bool names_function(NodeId id) const;

  Expected<void> walk();
  Expected<Expr> value_of(NodeId id);
  Expected<Expr> name(NodeId id);
  Expected<Expr> result(const Node& node) const;
  Expected<Expr> operand(NodeId id) const;
  Expected<std::vector<Expr>> operands(const Node& node) const;
  Expected<Expr> apply_row(std::string_view row, const Node& node);
  Expected<Expr> comparison(const Node& node);
  Expected<Expr> call(NodeId id);
  Expected<Expr> call_by_name(const Node& node, std::span<const Expr> arguments);
  Expected<Expr> call_definition(const Node& node, const Definition& definition,
                                 std::span<const Expr> arguments);

  // integral.cpp
  Expected<Expr> integral(NodeId id);
  Arguments sort_arguments(const Node& node) const;
  Expected<std::vector<Range>> ranges(const Node& node, const Arguments& arguments) const;
  Expected<Range> range_of(NodeId lower, NodeId upper, const Symbol& variable) const;
  Expected<Definition> named_function(NodeId name);
  Expected<Definition> function_of_one(NodeId formula);
  std::vector<Expr> variables_for(std::string_view function, const std::vector<Range>& ranges) const;
  Expected<Expr> integrand(const Arguments& arguments, std::vector<Range>& ranges);
  Expected<Expr> bind_only_variable(NodeId formula, Range& range) const;
  Expected<std::shared_ptr<Expr::IntegralOptions>> options(const Node& node,
                                                           std::span<const NodeId> ids) const;
  Expected<Expr::IntegralOptions::Entry> option(NodeId id) const;
  Expected<std::string> option_word(const Node& option) const;

  std::unexpected<Diagnostic> unresolved_name(std::string_view name, Span span) const;
  Expected<Expr> closed(const Expr& value) const;
  Expected<Loop> loop(NodeId id) const;
  Expected<Statement> evaluation(const Node& root) const;
  Expected<Statement> definition(const Node& root) const;
  Expected<void> all_values();

  // plot.cpp
  Expected<Statement> plot(const Node& root);
  Expected<Statement> plot_of_table(const Node& root) const;
  Expected<Plot::Curve> curve(NodeId formula, const Range& range, const Arguments& arguments);

  struct Unresolved {
    Symbol symbol;
    Span span;
  };
  const syntax::Tree& tree_;
  const Scope& scope_;
  BoundNames bound_;
  std::vector<Expr> values_;            // by node
  std::vector<char> uses_definition_;   // by node: a user's constant stands in it
  std::vector<char> function_welcome_;  // by node
  std::vector<char> is_parameter_;      // by node: the declaration of one, not a use
  std::map<std::string, Unresolved, std::less<>>
      unresolved_;        // names that nothing defines: perhaps the variable
  std::string defining_;  // the function being defined, for the recursion check
};

}  // namespace jitegral::sema
