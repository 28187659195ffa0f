// What an extension module of CPython tells the code that serves it (python_module.cpp): tables of constants,
// as in program.h, written by aot/python_module.cpp.
#pragma once

#include <cstddef>
#include <cstdint>

namespace jitegral::runtime {

// One formula, by the gates that choose the version of the code.
struct PythonFunction {
  const char* name;
  std::uint64_t arity;
  std::uint64_t heavy;  // integrals inside: even one value may take long
  void (*columns)(const double* const* columns, double* y, std::size_t n);
  double (*with_error)(const double* arguments, double* error);  // null without integrals inside
  double (*integrate)(double a, double b, std::int64_t n);       // null unless arity is 1
  double (*quad)(double a, double b, double abs_tol, double rel_tol, double* error);
};

struct PythonModule {
  const char* name;
  const char* doc;
  void* methods;         // PyMethodDef[], ended by zeros
  const char* (*cpu)();  // the version that runs here, or null
  const char* versions;  // all of them, in words
};

}  // namespace jitegral::runtime
