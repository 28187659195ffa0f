// Formulas not seen before, from text to the value of their integral, with muParser and the GNU Scientific
// Library's 21-point Gauss-Kronrod. Answers one and the largest relative error.
#include <gsl/gsl_integration.h>
#include <muParser.h>

#include <algorithm>
#include <cmath>

#include "timing.h"

static constexpr double b = M_PI_2;
static gsl_integration_workspace* const workspace = gsl_integration_workspace_alloc(1000);

struct Formula {
  mu::Parser parser;
  double x = 0;
};

static double at(double x, void* data) {
  auto& formula = *static_cast<Formula*>(data);
  formula.x = x;
  return formula.parser.Eval();
}

static double integrate(const char* text) {
  Formula formula;
  formula.parser.DefineVar("x", &formula.x);
  formula.parser.SetExpr(text);
  gsl_function function = {at, &formula};
  double value = 0, error = 0;
  gsl_integration_qag(&function, 0, b, 0, 1e-10, 1000, GSL_INTEG_GAUSS21, workspace, &value, &error);
  return value;
}

static double work(long count) {
  double worst = 0;
  for (long k = 1; k <= count; ++k) {
    const double c = 1 + static_cast<double>(k) / 1e6;
    char text[64];
    std::snprintf(text, sizeof text, "cos(x*%.6f)*x", c);
    const double exact = (std::cos(c * b) + c * b * std::sin(c * b) - 1) / c / c;
    worst = std::max(worst, std::fabs(integrate(text) / exact - 1));
  }
  return 1 + worst;
}

int main() { return serve(work); }
