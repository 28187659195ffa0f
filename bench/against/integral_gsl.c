// An adaptive integral with the GNU Scientific Library, 21-point Gauss-Kronrod.
#include <gsl/gsl_integration.h>
#include <math.h>

#include "timing.h"

static gsl_integration_workspace* workspace;

static double f(double x, void* nothing) {
  (void)nothing;
  return cos(x) * x;
}

static double integrate(long number) {
  (void)number;
  gsl_function function = {f, NULL};
  double value = 0;
  double error = 0;
  gsl_integration_qag(&function, 0, 1.5707963267948966, 0, 1e-10, 1000, GSL_INTEG_GAUSS21, workspace, &value,
                      &error);
  return value;
}

int main(void) {
  workspace = gsl_integration_workspace_alloc(1000);
  serve(integrate);
  gsl_integration_workspace_free(workspace);
  return 0;
}
