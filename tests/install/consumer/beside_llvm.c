/* Another LLVM in the same process, its symbols visible to all, working before and after ours. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <jitegral/jitegral.h>
#include <stdio.h>
#include <string.h>

typedef void *(*make)(void);
typedef void *(*module_with_name)(const char *);
typedef char *(*print)(void *);

static int other_works(void *library) {
  module_with_name create = (module_with_name)dlsym(library, "LLVMModuleCreateWithName");
  print to_text = (print)dlsym(library, "LLVMPrintModuleToString");
  return create != NULL && to_text != NULL && strstr(to_text(create("other")), "other") != NULL;
}

static double integral(const char *formula) {
  jitegral_session *session = jitegral_session_new(NULL, NULL);
  jitegral_formula *f = jitegral_compile(session, formula, NULL, 0, NULL);
  jitegral_options options = {sizeof options};
  jitegral_result result;
  options.n_iter = 10000000; /* worth machine code */
  jitegral_formula_integrate(f, 0, 1, NULL, 0, &options, NULL, &result, NULL);
  jitegral_formula_free(f);
  jitegral_session_free(session);
  return result.value;
}

int main(int argc, char **argv) {
  void *library = argc == 2 ? dlopen(argv[1], RTLD_NOW | RTLD_GLOBAL) : NULL;
  double first, second;
  if (library == NULL) return fprintf(stderr, "%s\n", dlerror()), 2;
  if (!other_works(library)) return 3;
  first = integral("cos(x)*x");
  if (!other_works(library)) return 4;
  second = integral("cos(x)*x + 0*gamma(x + 1)");
  printf("%.17g %.17g\n", first, second);
  return first > 0.38 && first < 0.39 && second > 0.38 && second < 0.39 && other_works(library) ? 0 : 1;
}
