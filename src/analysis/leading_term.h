// The arithmetic of leading terms: how sums, products and powers of formulas behave at an end of a range,
// term by term as local.h tells. Private to local.cpp.
#pragma once

#include "analysis/local.h"

namespace jitegral::analysis {

// One node of the formula. `whole` is its value as a formula where limit + d^order*rest would be a detour.
struct LeadingTerm {
  Behaviour::Kind kind = Behaviour::Kind::known;
  double limit = 0;
  double order = 0;
  double logs = 0;
  double coefficient = 0;
  bool at_least = false;
  Expr rest;  // null: constant
  Expr whole;

  [[nodiscard]] bool is_known() const { return kind == Behaviour::Kind::known; }
  [[nodiscard]] bool is_constant() const { return is_known() && !rest; }
  [[nodiscard]] bool is_infinite() const { return rest && (order < 0 || (order == 0 && logs > 0)); }
};

// Formulas without what does nothing in them.
Expr number(double value);
Expr sum(const Expr& a, const Expr& b);
Expr product(const Expr& a, const Expr& b);
Expr quotient(const Expr& a, const Expr& b);

class LeadingTerms {
 public:
  LeadingTerms(const Approach& approach, const Symbol& t) : approach_(approach), t_(Expr::variable(t)) {}

  // A number; not finite ones are unknown.
  static LeadingTerm constant(double value);
  static LeadingTerm unknown();
  // The value as a formula of t.
  [[nodiscard]] Expr value(const LeadingTerm& a) const;
  // a - limit as a quantity of its own.
  static LeadingTerm difference(const LeadingTerm& a);
  // a as a product: limit 0, order, rest.
  [[nodiscard]] LeadingTerm leading(const LeadingTerm& a) const;
  // The sign of a close to the end; 0 if it is 0 or not known.
  static double sign(const LeadingTerm& a);
  static LeadingTerm scaled(LeadingTerm a, double factor);
  LeadingTerm add(const LeadingTerm& a, const LeadingTerm& b);
  LeadingTerm subtract(const LeadingTerm& a, const LeadingTerm& b);
  LeadingTerm multiply(const LeadingTerm& a, const LeadingTerm& b);
  LeadingTerm divide(const LeadingTerm& a, const LeadingTerm& b);
  // a^r.
  LeadingTerm power(const LeadingTerm& a, double r);
  static Expr raised(const Expr& x, double r);
  // d^order * rest with its limit made explicit if it has one.
  LeadingTerm settled(LeadingTerm a) const;
  // change / d^order, where d^order may underflow in t: then its limit.
  [[nodiscard]] Expr per_power(const Expr& change, double order, double limit, double logs) const;
  // d^exponent in t.
  [[nodiscard]] Expr power_of_distance(double exponent) const;
  [[nodiscard]] Expr log_of_distance() const;

  // Set once two terms are found to cancel.
  bool cancels = false;

 protected:
  const Approach& approach_;
  Expr t_;

 private:
  // Which of two differences is larger close to the end.
  static bool dominates(const LeadingTerm& a, const LeadingTerm& b);
  // Sum of two quantities of limit 0 (or infinite ones).
  LeadingTerm add_differences(const LeadingTerm& a, const LeadingTerm& b);
  LeadingTerm add_waves(const LeadingTerm& a, const LeadingTerm& b) const;
  LeadingTerm wave_times(const LeadingTerm& a, const LeadingTerm& b) const;
  static LeadingTerm divided(LeadingTerm a, double by);
  static LeadingTerm with_kind(const LeadingTerm& a, const Expr& whole);
};

}  // namespace jitegral::analysis
