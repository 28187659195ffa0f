// Small adaptive integrals with the GNU Scientific Library, 15-point Gauss-Kronrod.
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <math.h>

#include "small.h"
#include "timing.h"

static gsl_integration_workspace* workspace;

static double f(double x, void* a) { return cos(*(double*)a * x) * x; }

static double integral(double a) {
  gsl_function function = {f, &a};
  double value = 0;
  double error = 0;
  gsl_integration_qag(&function, 0, small_end, 0, 1e-10, 1000, GSL_INTEG_GAUSS15, workspace, &value, &error);
  return value;
}

static double all(long count) { return small_sum(integral, count); }

int main(void) {
  gsl_set_error_handler_off();  // it calls roundoff a failure
  workspace = gsl_integration_workspace_alloc(1000);
  serve(all);
  gsl_integration_workspace_free(workspace);
  return 0;
}
