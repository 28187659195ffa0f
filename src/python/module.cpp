// The extension module jitegral._jitegral: <jitegral/jitegral.hpp> for Python. What is pleasant in Python
// only (defaults, the jit decorator, types) stands in the package around it.
#include <pybind11/functional.h>
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <algorithm>
#include <jitegral/jitegral.hpp>
#include <memory>

#include "python/interrupt.h"

namespace py = pybind11;

namespace jitegral::python {
namespace {

// A Python object that threads without the interpreter's lock may copy and drop.
std::shared_ptr<py::object> held(py::object object) {
  return {new py::object(std::move(object)), [](const py::object* last) {
            const py::gil_scoped_acquire lock;
            delete last;
          }};
}

// Results travel between processes, so they own their texts.
struct OwnResult {
  double value, error;
  std::string status, method, tier;
  std::uint64_t evaluations;
  int n_jobs;
  double seconds, compile_seconds;
  std::vector<std::string> warnings;
};

OwnResult own(const Result& r) {
  return {.value = r.value,
          .error = r.error,
          .status = std::string(to_text(r.status)),
          .method = std::string(r.method),
          .tier = std::string(r.tier),
          .evaluations = r.evaluations,
          .n_jobs = r.n_jobs,
          .seconds = r.seconds,
          .compile_seconds = r.compile_seconds,
          .warnings = r.warnings};
}

// Runs without the interpreter's lock, stopped by Ctrl-C and watched by `progress`.
template <class Body>
OwnResult run(const py::object& progress, Body&& body) {
  const Cancellation stop;
  Watch watch{.cancellation = stop};
  if (!progress.is_none())
    watch.progress = [call = held(progress)](const Progress& p) {
      const py::gil_scoped_acquire lock;
      (*call)(p.fraction, p.evaluations, p.seconds);
    };
  const InterruptGuard guard(stop);
  Result result;
  {
    const py::gil_scoped_release unlocked;
    result = body(watch);
  }
  guard.raise_if_interrupted();
  return own(result);
}

// ---- calls with arrays -----------------------------------------------------------------------------------

using Array = py::array_t<double, py::array::forcecast>;

bool is_number(const py::handle& argument) {
  return PyFloat_Check(argument.ptr()) || PyLong_Check(argument.ptr());
}

std::vector<py::ssize_t> broadcast_shape(std::span<const Array> arrays) {
  std::vector<py::ssize_t> shape;
  for (const Array& array : arrays) {
    const auto dimensions = static_cast<std::size_t>(array.ndim());
    if (dimensions > shape.size()) shape.insert(shape.begin(), dimensions - shape.size(), 1);
    for (std::size_t i = 0; i < dimensions; ++i) {
      py::ssize_t& extent = shape[shape.size() - dimensions + i];
      const py::ssize_t own = array.shape(static_cast<py::ssize_t>(i));
      if (extent != own && extent != 1 && own != 1)
        throw py::value_error("arguments cannot be broadcast to one shape");
      if (extent == 1) extent = own;
    }
  }
  return shape;
}

// An argument as a column over the broadcast shape. What is neither one number, nor of that shape without
// gaps, nor a strided vector is copied, and `array` is the copy then.
Column column_of(Array& array, const std::vector<py::ssize_t>& shape) {
  if (array.size() == 1) return {array.data(), 0};
  const bool same = std::equal(shape.begin(), shape.end(), array.shape(), array.shape() + array.ndim());
  const py::ssize_t stride = array.ndim() == 1 ? array.strides(0) : 0;
  constexpr py::ssize_t size = sizeof(double);
  if (same && (array.flags() & py::array::c_style) != 0) return {array.data(), 1};
  if (same && array.ndim() == 1 && stride % size == 0) return {array.data(), stride / size};
  const py::module_ numpy = py::module_::import("numpy");
  array = numpy.attr("ascontiguousarray")(numpy.attr("broadcast_to")(array, shape)).cast<Array>();
  return {array.data(), 1};
}

py::object call_with_arrays(const Formula& f, const py::args& arguments) {
  std::vector<Array> arrays;
  for (const py::handle& argument : arguments) arrays.push_back(py::cast<Array>(argument));
  const std::vector<py::ssize_t> shape = broadcast_shape(arrays);
  std::vector<Column> columns;
  for (Array& array : arrays) columns.push_back(column_of(array, shape));
  py::array_t<double> result(shape);
  {
    double* const y = result.mutable_data();
    const auto count = static_cast<std::size_t>(result.size());
    const py::gil_scoped_release unlocked;
    f.batch(columns, {y, count});
  }
  if (shape.empty()) return py::float_(*result.data());
  return result;
}

py::object call(const Formula& f, const py::args& arguments) {
  constexpr std::size_t few = 8;
  const std::size_t count = arguments.size();
  const bool numbers = count <= few && std::all_of(arguments.begin(), arguments.end(), is_number);
  if (!numbers) return call_with_arrays(f, arguments);
  double point[few];
  for (std::size_t i = 0; i < count; ++i) {
    point[i] = PyFloat_AsDouble(arguments[i].ptr());
    if (PyErr_Occurred() != nullptr) throw py::error_already_set();
  }
  const py::gil_scoped_release unlocked;
  const double y = f.at({point, count});
  const py::gil_scoped_acquire locked;
  return py::float_(y);
}

// ---- calls from SciPy ------------------------------------------------------------------------------------

double call_low_level(double x, void* formula) { return static_cast<const Formula*>(formula)->at({&x, 1}); }
double call_low_level_n(int n, double* x, void* formula) {
  return static_cast<const Formula*>(formula)->at({x, static_cast<std::size_t>(n)});
}

// A capsule as scipy.LowLevelCallable wants it: the signature is its name, the formula its context.
py::object low_level_capsule(const Formula& f) {
  const bool one = f.arity() == 1;
  void* const function =
      one ? reinterpret_cast<void*>(&call_low_level) : reinterpret_cast<void*>(&call_low_level_n);
  const char* const signature = one ? "double (double, void *)" : "double (int, double *, void *)";
  auto* const copy = new Formula(f);
  PyObject* const capsule = PyCapsule_New(function, signature, [](PyObject* dying) {
    delete static_cast<Formula*>(PyCapsule_GetContext(dying));
  });
  if (capsule == nullptr || PyCapsule_SetContext(capsule, copy) != 0) {
    delete copy;
    throw py::error_already_set();
  }
  return py::reinterpret_steal<py::object>(capsule);
}

// ---- functions written in Python -------------------------------------------------------------------------

std::function<void(std::span<const double* const>, std::span<double>)> python_function(
    const py::object& function, std::size_t arity, bool vectorized) {
  return [call = held(function), arity, vectorized](std::span<const double* const> columns,
                                                    std::span<double> y) {
    const py::gil_scoped_acquire lock;
    if (!vectorized) {
      for (std::size_t i = 0; i < y.size(); ++i) {
        py::tuple point(arity);
        for (std::size_t k = 0; k < arity; ++k) point[k] = columns[k][i];
        y[i] = (*call)(*point).cast<double>();
      }
      return;
    }
    py::tuple arrays(arity);
    for (std::size_t k = 0; k < arity; ++k)
      arrays[k] = py::array_t<double>(static_cast<py::ssize_t>(y.size()), columns[k]);
    const auto values =
        (*call)(*arrays).cast<py::array_t<double, py::array::c_style | py::array::forcecast>>();
    if (static_cast<std::size_t>(values.size()) != y.size())
      throw py::value_error("a vectorized function must give as many values as it got points");
    std::copy_n(values.data(), y.size(), y.begin());
  };
}

OwnResult integrate_python(const py::object& function, double a, double b, const Options& options,
                           bool vectorized, const py::object& progress) {
  const auto batch = python_function(function, 1, vectorized);
  return run(progress, [&](const Watch& watch) {
    const auto one_column = [&](std::span<const double> x, std::span<double> y) {
      const double* columns[] = {x.data()};
      batch(columns, y);
    };
    return integrate_batch(one_column, a, b, options, watch);
  });
}

void translate(
    std::exception_ptr exception) {  // NOLINT(performance-unnecessary-value-param): pybind11's type
  try {
    if (exception) std::rethrow_exception(exception);
  } catch (const Error& e) {
    const py::object type = py::module_::import("jitegral").attr("Error");
    const py::object made = type(e.code(), e.what(), e.line(), e.column(), e.rendered());
    PyErr_SetObject(type.ptr(), made.ptr());
  }
}

py::tuple result_state(const OwnResult& r) {
  return py::make_tuple(r.value, r.error, r.status, r.method, r.tier, r.evaluations, r.n_jobs, r.seconds,
                        r.compile_seconds, r.warnings);
}

OwnResult result_of(const py::tuple& s) {
  return {s[0].cast<double>(),      s[1].cast<double>(),
          s[2].cast<std::string>(), s[3].cast<std::string>(),
          s[4].cast<std::string>(), s[5].cast<std::uint64_t>(),
          s[6].cast<int>(),         s[7].cast<double>(),
          s[8].cast<double>(),      s[9].cast<std::vector<std::string>>()};
}

void bind_results(py::module_& m) {
  py::class_<OwnResult>(m, "Result")
      .def_readonly("value", &OwnResult::value)
      .def_readonly("error", &OwnResult::error)
      .def_readonly("status", &OwnResult::status)
      .def_readonly("method", &OwnResult::method)
      .def_readonly("tier", &OwnResult::tier)
      .def_readonly("evaluations", &OwnResult::evaluations)
      .def_readonly("n_jobs", &OwnResult::n_jobs)
      .def_readonly("seconds", &OwnResult::seconds)
      .def_readonly("compile_seconds", &OwnResult::compile_seconds)
      .def_readonly("warnings", &OwnResult::warnings)
      .def("__float__", [](const OwnResult& r) { return r.value; })
      .def("__repr__",
           [](const OwnResult& r) {
             return py::str("Result(value={!r}, error={:.2g}, status={!r}, evaluations={})")
                 .format(r.value, r.error, r.status, r.evaluations);
           })
      .def(py::pickle(&result_state, &result_of));
  py::class_<Options>(m, "Options")
      .def(py::init<>())
      .def_readwrite("rule", &Options::rule)
      .def_readwrite("n_iter", &Options::n_iter)
      .def_readwrite("tol", &Options::tol)
      .def_readwrite("abs_tol", &Options::abs_tol)
      .def_readwrite("n_jobs", &Options::n_jobs)
      .def_readwrite("backend", &Options::backend)
      .def_readwrite("max_evals", &Options::max_evals)
      .def_readwrite("time_limit", &Options::time_limit)
      .def_readwrite("memory_limit", &Options::memory_limit)
      .def_readwrite("points", &Options::points)
      .def_readwrite("pv", &Options::pv);
}

void bind_formulas(py::module_& m) {
  py::class_<Integral>(m, "Integral")
      .def(
          "__call__",
          [](const Integral& f, double a, double b, const std::vector<double>& parameters,
             const py::object& progress) {
            return run(progress, [&](const Watch& watch) { return f(a, b, parameters, watch); });
          },
          py::arg("a"), py::arg("b"), py::arg("parameters") = std::vector<double>{},
          py::arg("progress") = py::none());
  py::class_<Formula>(m, "Formula")
      .def_property_readonly("arguments", [](const Formula& f) { return py::tuple(py::cast(f.arguments())); })
      .def_property_readonly("text", &Formula::text)
      .def("__call__", &call)
      .def("_capsule", &low_level_capsule)
      .def("_integral", [](const Formula& f, const Options& options) { return f.integral(options); })
      .def("_evaluate", [](const Formula& f, const std::vector<double>& point) {
        return run(py::none(), [&](const Watch& watch) { return f.evaluate(point, watch); });
      });
}

void bind_sessions(py::module_& m) {
  py::class_<Session>(m, "Session")
      .def(py::init([](const std::string& cpu, int n_jobs, double tolerance, double time_limit,
                       const std::string& tier) {
             const py::gil_scoped_release unlocked;
             return Session({.cpu = cpu,
                             .n_jobs = n_jobs,
                             .tolerance = tolerance,
                             .time_limit = time_limit,
                             .tier = tier});
           }),
           py::arg("cpu") = "native", py::arg("n_jobs") = 0, py::arg("tolerance") = 1e-10,
           py::arg("time_limit") = 0.0, py::arg("tier") = "auto")
      .def("_define", [](const Session& s, const std::string& text) { s.define(text); })
      .def("_define_function",
           [](const Session& s, const std::string& name, std::size_t arity, const py::object& function,
              bool vectorized) { s.define_batch(name, arity, python_function(function, arity, vectorized)); })
      .def("_compile",
           [](const Session& s, const std::string& text, const std::vector<std::string>& arguments) {
             const py::gil_scoped_release unlocked;
             return s.compile(text, arguments);
           })
      .def("_evaluate",
           [](const Session& s, const std::string& text, const py::object& progress) {
             return run(progress, [&](const Watch& watch) { return s.evaluate(text, watch); });
           })
      .def_property_readonly("target", &Session::target);
}

}  // namespace

PYBIND11_MODULE(_jitegral, m) {
  py::register_exception_translator(&translate);
  bind_results(m);
  bind_formulas(m);
  bind_sessions(m);
  m.def("_integrate_function", &integrate_python);
  m.def("_this_is_the_main_thread", &this_is_the_main_thread);
}

}  // namespace jitegral::python
