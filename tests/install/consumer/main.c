/* Every function of the C interface. */
#include <jitegral/jitegral.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define CHECK(condition)                                          \
  do {                                                            \
    if (!(condition)) {                                           \
      fprintf(stderr, "main.c:%d: %s\n", __LINE__, #condition);   \
      return 1;                                                   \
    }                                                             \
  } while (0)

static double scaled(const double *x, void *data) { return *(double *)data * x[0]; }
static double cosx_x(const double *x, void *data) {
  (void)data;
  return cos(*x) * *x;
}
static void squares(const double *const *columns, double *y, size_t count, void *data) {
  size_t i;
  (void)data;
  for (i = 0; i < count; ++i) y[i] = columns[0][i] * columns[0][i];
}
static void count_up(void *data) { ++*(int *)data; }
static void note(double fraction, uint64_t evaluations, double seconds, void *data) {
  (void)fraction, (void)evaluations, (void)seconds;
  jitegral_cancel((jitegral_cancellation *)data);
}
static double factor = 2;
static int released = 0;
static double identity(const double *x, void *data) {
  (void)data;
  return *x;
}

int main(void) {
  const double half_pi = acos(0.0);
  jitegral_error error;
  jitegral_result result;
  jitegral_settings settings = {0};
  jitegral_options options = {0};
  jitegral_watch watch = {0};
  jitegral_session *session;
  jitegral_formula *f, *g;
  jitegral_integral *integral;
  const char *names[] = {"x", "a"};
  double x[4] = {0, 1, 2, 3}, a = 3, y[4];
  const double *columns[2];
  const ptrdiff_t strides[2] = {1, 0};
  settings.size = sizeof settings;
  options.size = sizeof options;
  watch.size = sizeof watch;
  CHECK(jitegral_abi_version() == JITEGRAL_ABI_VERSION && strlen(jitegral_version()) >= 5);

  settings.cpu = "no-such-cpu";
  CHECK(jitegral_session_new(&settings, &error) == NULL && strcmp(error.code, "E501") == 0);
  settings.cpu = NULL;
  settings.tolerance = 1e-12;
  session = jitegral_session_new(&settings, &error);
  CHECK(session != NULL && error.code[0] == '\0');
  CHECK(jitegral_define(session, "b = 2; c = )", &error) == JITEGRAL_MISTAKE && error.line == 1);
  CHECK(jitegral_define_function(session, "twice", 1, scaled, &factor, NULL, NULL) == JITEGRAL_OK);
  CHECK(jitegral_define_function(session, "counted", 1, identity, &released, count_up, NULL) == JITEGRAL_OK);
  CHECK(jitegral_define_batch(session, "square", 1, squares, NULL, NULL, NULL) == JITEGRAL_OK);
  CHECK(jitegral_evaluate(session, "b*integrate(twice(t), 0, 1) + square(3)", NULL, &result, NULL) == JITEGRAL_OK);
  CHECK(fabs(result.value - 11) < 1e-12);

  CHECK(jitegral_compile(session, "cos(x", NULL, 0, &error) == NULL && strcmp(error.code, "E105") == 0);
  CHECK(strstr(error.rendered, "^") != NULL);
  f = jitegral_compile(session, "cos(x)*x", NULL, 0, &error);
  g = jitegral_compile(session, "a*x", names, 2, &error);
  CHECK(f != NULL && g != NULL && jitegral_formula_arity(g) == 2);
  jitegral_session_free(session);
  CHECK(released == 1);

  CHECK(fabs(jitegral_formula_call(f, &x[1]) - cos(1)) < 1e-15);
  columns[0] = x;
  columns[1] = &a;
  CHECK(jitegral_formula_batch(g, columns, strides, y, 4, &error) == JITEGRAL_OK && y[3] == 9);
  CHECK(jitegral_formula_integrate(f, 0, half_pi, NULL, 0, NULL, NULL, &result, &error) == JITEGRAL_OK);
  CHECK(result.status == JITEGRAL_CONVERGED && fabs(result.value - (half_pi - 1)) <= result.error);
  CHECK(strcmp(result.method, "gauss_kronrod") == 0);
  CHECK(strcmp(jitegral_status_name(result.status), "converged") == 0);
  options.rule = "simpson";
  CHECK(jitegral_prepare(g, &options, &error) == NULL && strcmp(error.code, "E311") == 0);
  options.n_iter = 1000;
  integral = jitegral_prepare(g, &options, &error);
  CHECK(integral != NULL);
  CHECK(jitegral_integral_run(integral, 0, 1, &a, 1, NULL, &result, &error) == JITEGRAL_OK);
  CHECK(fabs(result.value - 1.5) < 1e-14 && isnan(result.error));
  CHECK(jitegral_integral_run(integral, 0, 1, NULL, 0, NULL, &result, &error) == JITEGRAL_MISTAKE);
  jitegral_integral_free(integral);

  CHECK(jitegral_integrate_function(cosx_x, NULL, 0, half_pi, NULL, NULL, &result, NULL) == JITEGRAL_OK);
  CHECK(result.status == JITEGRAL_CONVERGED && fabs(result.value - (half_pi - 1)) <= result.error);
  CHECK(jitegral_integrate_batch(squares, NULL, 0, 1, NULL, NULL, &result, NULL) == JITEGRAL_OK);
  CHECK(fabs(result.value - 1.0 / 3) < 1e-14);

  watch.cancellation = jitegral_cancellation_new();
  watch.progress = note;
  watch.data = watch.cancellation;
  options.rule = NULL;
  options.n_iter = (uint64_t)1 << 50;
  CHECK(jitegral_formula_integrate(f, 0, 1, NULL, 0, &options, &watch, &result, &error) == JITEGRAL_OK);
  CHECK(result.status == JITEGRAL_CANCELLED);
  jitegral_cancellation_free(watch.cancellation);
  jitegral_formula_free(f);
  jitegral_formula_free(g);
  puts("fine");
  return 0;
}
