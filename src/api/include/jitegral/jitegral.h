/* jitegral for C99: integrates a formula, given as text, at the speed of the machine.
 *
 *   jitegral_session *session = jitegral_session_new(NULL, NULL);
 *   jitegral_formula *f = jitegral_compile(session, "cos(x)*x", NULL, 0, NULL);
 *   jitegral_result r;
 *   if (jitegral_formula_integrate(f, 0, 1.5, NULL, 0, NULL, NULL, &r, NULL) == JITEGRAL_OK)
 *     printf("%.17g\n", r.value);
 *   jitegral_formula_free(f);
 *   jitegral_session_free(session);
 *
 * What formulas, options and statuses mean stands in jitegral.hpp and in the language's description; this is
 * the same library for C.
 *
 * Handles. What a function called ..._new, _compile or _prepare returns belongs to the caller, who gives it
 * to the function called ..._free of its kind (NULL is fine there). Formulas and integrals may outlive their
 * session.
 *
 * Threads. Every function may be called from any thread at any time, with the same handle too, except that a
 * handle must not be freed while somebody uses it.
 *
 * Mistakes. Functions that can meet a mistake in what they are given take a jitegral_error as their last
 * argument, which may be NULL, and return NULL or something other than JITEGRAL_OK. Not reaching a tolerance
 * is no mistake: look at the result's status. No C++ exception leaves these functions.
 *
 * Binary interface. A program that was built with this header runs with every library of the same
 * JITEGRAL_ABI_VERSION. Structs that the caller fills in begin with their size, so that they can grow. */
#ifndef JITEGRAL_H
#define JITEGRAL_H

#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define JITEGRAL_C_API __attribute__((visibility("default")))
#else
#define JITEGRAL_C_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define JITEGRAL_ABI_VERSION 1
/* The version of the library that runs; compare it with JITEGRAL_ABI_VERSION. */
JITEGRAL_C_API int jitegral_abi_version(void);
/* The release, e.g. "0.1.0". */
JITEGRAL_C_API const char* jitegral_version(void);

/* ---- what comes out ---------------------------------------------------------------------------- */

enum {
  JITEGRAL_OK = 0,
  JITEGRAL_MISTAKE = 1, /* in what was given: the jitegral_error tells */
  JITEGRAL_NO_MEMORY = 2,
  JITEGRAL_FAILED = 3 /* an exception of a callback written in C++; the message is its what() */
};

/* A mistake and its place in the text. Texts end in '\0'; those that are too long are cut. */
typedef struct jitegral_error {
  char code[8];    /* stable, e.g. "E202"; "" if there is none */
  uint32_t line;   /* counted from 1; 0 if no text was involved */
  uint32_t column; /* in characters, not bytes */
  char message[496];
  char rendered[1536]; /* for a person: place, message, the line with carets, hints; several lines */
} jitegral_error;

/* What a value is worth: see Status in jitegral.hpp. */
typedef enum jitegral_status {
  JITEGRAL_VALUE = 0,
  JITEGRAL_FIXED = 1,
  JITEGRAL_CONVERGED = 2, /* a promise: |value - true value| <= error <= the tolerance */
  JITEGRAL_NOT_CONVERGED = 3,
  JITEGRAL_DIVERGENT = 4,
  JITEGRAL_NON_FINITE = 5,
  JITEGRAL_BUDGET = 6,
  JITEGRAL_CANCELLED = 7
} jitegral_status;
/* Its name, e.g. "converged". */
JITEGRAL_C_API const char* jitegral_status_name(jitegral_status status);

typedef struct jitegral_result {
  double value; /* nan if there is none */
  double error; /* a bound on |value - true value|; nan on a fixed grid */
  jitegral_status status;
  int n_jobs; /* threads used */
  uint64_t evaluations;
  double seconds;
  const char* method;     /* e.g. "gauss_kronrod"; like tier, it stays valid as long as the process */
  const char* tier;       /* e.g. "native" */
  double compile_seconds; /* of the session's compilations that ended meanwhile; most run in the background */
  double reserved[3];     /* 0 */
} jitegral_result;

/* ---- what goes in ------------------------------------------------------------------------------ */

/* What holds where nothing else is said. Fields that are 0 or NULL mean the default. */
typedef struct jitegral_settings {
  size_t size;       /* sizeof(jitegral_settings) */
  const char* cpu;   /* "native" */
  int n_jobs;        /* all cores */
  double tolerance;  /* 1e-10, relative */
  double time_limit; /* seconds for one integral: none */
  const char* tier;  /* "auto"; or "interpreter", "native": see Settings in jitegral.hpp */
} jitegral_settings;

/* The options of integrate. Fields that are 0 or NULL are left to the session's settings. */
typedef struct jitegral_options {
  size_t size; /* sizeof(jitegral_options) */
  const char* rule;
  uint64_t n_iter;
  double tol;
  double abs_tol;
  int n_jobs;
  const char* backend;
  uint64_t max_evals;
  double time_limit;
  uint64_t memory_limit;
  const double* points; /* breakpoints that you know; needed during the call only */
  size_t point_count;
  int pv; /* 1: Cauchy's principal value, where the formula has poles */
} jitegral_options;

/* Stops runs from another thread or a signal handler. Once cancelled, it stays so. */
typedef struct jitegral_cancellation jitegral_cancellation;
JITEGRAL_C_API jitegral_cancellation* jitegral_cancellation_new(void); /* NULL: no memory */
JITEGRAL_C_API void jitegral_cancel(jitegral_cancellation* cancellation);
JITEGRAL_C_API void jitegral_cancellation_free(jitegral_cancellation* cancellation);

/* How to stop and watch one run. `progress` is called about ten times a second, from any thread but never
 * from two at once; `fraction` is 0 to 1, or nan if nobody knows. All but `size` may be NULL. */
typedef struct jitegral_watch {
  size_t size; /* sizeof(jitegral_watch) */
  jitegral_cancellation* cancellation;
  void (*progress)(double fraction, uint64_t evaluations, double seconds, void* data);
  void* data;
} jitegral_watch;

/* ---- sessions ---------------------------------------------------------------------------------- */

/* Definitions, and the machinery that makes code. */
typedef struct jitegral_session jitegral_session;
/* `settings` may be NULL. NULL: E501, E502. */
JITEGRAL_C_API jitegral_session* jitegral_session_new(const jitegral_settings* settings,
                                                      jitegral_error* error);
JITEGRAL_C_API void jitegral_session_free(jitegral_session* session);

/* Runs definitions, e.g. "a = 3; f(t) = exp(-a*t^2)". If one has a mistake, those before it stand. */
JITEGRAL_C_API int jitegral_define(jitegral_session* session, const char* definitions, jitegral_error* error);

/* A function of yours at one point x[0], x[1], ..., or at `count` points columns[0][i], columns[1][i], ... */
typedef double (*jitegral_function)(const double* x, void* data);
typedef void (*jitegral_batch_function)(const double* const* columns, double* y, size_t count, void* data);

/* Registers a function of yours of 1 to 3 arguments, to be used in formulas like any other, inside integrals
 * too. It is called from several threads at once and must give the same value for the same arguments. It has
 * no way to fail: let it return nan, and cancel the run if that should end. `data` is handed to it;
 * `release`, if it is not NULL, is called with `data` once no formula can use the function any more (also if
 * registering fails). */
JITEGRAL_C_API int jitegral_define_function(jitegral_session* session, const char* name, size_t arity,
                                            jitegral_function function, void* data,
                                            void (*release)(void* data), jitegral_error* error);
JITEGRAL_C_API int jitegral_define_batch(jitegral_session* session, const char* name, size_t arity,
                                         jitegral_batch_function function, void* data,
                                         void (*release)(void* data), jitegral_error* error);

/* The value of an expression without free names, e.g. "2*integrate(cos(x)*x, 0, pi/2)". */
JITEGRAL_C_API int jitegral_evaluate(jitegral_session* session, const char* expression,
                                     const jitegral_watch* watch, jitegral_result* result,
                                     jitegral_error* error);

/* ---- formulas ---------------------------------------------------------------------------------- */

/* A compiled formula: a function of some doubles. */
typedef struct jitegral_formula jitegral_formula;
/* `arguments` names them in order; with `count` 0 the formula's only free name is its argument, and "f(x, a)
 * = exp(-a*x)" says itself what its arguments are. */
JITEGRAL_C_API jitegral_formula* jitegral_compile(jitegral_session* session, const char* formula,
                                                  const char* const* arguments, size_t count,
                                                  jitegral_error* error);
JITEGRAL_C_API void jitegral_formula_free(jitegral_formula* formula);
JITEGRAL_C_API size_t jitegral_formula_arity(const jitegral_formula* formula);

/* The value at one point; `x` has as many numbers as the formula has arguments. nan if a formula with
 * integrals inside has no value there. */
JITEGRAL_C_API double jitegral_formula_call(const jitegral_formula* formula, const double* x);
/* y[i] = f(columns[0][i*strides[0]], columns[1][i*strides[1]], ...) for i < count; strides in doubles, 0 for
 * an argument that is the same at all points; `strides` NULL: all are 1. */
JITEGRAL_C_API int jitegral_formula_batch(const jitegral_formula* formula, const double* const* columns,
                                          const ptrdiff_t* strides, double* y, size_t count,
                                          jitegral_error* error);
/* The integral over the first argument, from a to b, infinite ones included. `parameters` are the values of
 * the other arguments, exactly `count`. */
JITEGRAL_C_API int jitegral_formula_integrate(const jitegral_formula* formula, double a, double b,
                                              const double* parameters, size_t count,
                                              const jitegral_options* options, const jitegral_watch* watch,
                                              jitegral_result* result, jitegral_error* error);

/* An integral prepared with its options, cheap to run for many limits and parameters. */
typedef struct jitegral_integral jitegral_integral;
JITEGRAL_C_API jitegral_integral* jitegral_prepare(const jitegral_formula* formula,
                                                   const jitegral_options* options, jitegral_error* error);
JITEGRAL_C_API int jitegral_integral_run(const jitegral_integral* integral, double a, double b,
                                         const double* parameters, size_t count, const jitegral_watch* watch,
                                         jitegral_result* result, jitegral_error* error);
JITEGRAL_C_API void jitegral_integral_free(jitegral_integral* integral);

/* ---- functions of yours, without a formula ----------------------------------------------------- */

/* The integral of any function of one argument, by the same rules and with the same checks; called from this
 * thread only, unless options->n_jobs says otherwise. */
JITEGRAL_C_API int jitegral_integrate_function(jitegral_function function, void* data, double a, double b,
                                               const jitegral_options* options, const jitegral_watch* watch,
                                               jitegral_result* result, jitegral_error* error);
JITEGRAL_C_API int jitegral_integrate_batch(jitegral_batch_function function, void* data, double a, double b,
                                            const jitegral_options* options, const jitegral_watch* watch,
                                            jitegral_result* result, jitegral_error* error);

#ifdef __cplusplus
}
#endif

#endif
