// A precompiled object as an extension module of CPython: floats and buffers of doubles in, the same out. By
// the limited API of 3.11, the first with buffers, so that one file serves that Python and all later ones.
// NumPy is used where the caller uses it, and not needed.
#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <iterator>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "runtime/python_module.h"

namespace jitegral::runtime {
namespace {

// A reference that is ours to give back.
class Reference {
 public:
  explicit Reference(PyObject* object = nullptr) : object_(object) {}
  Reference(Reference&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  Reference& operator=(Reference&& other) noexcept {
    std::swap(object_, other.object_);
    return *this;
  }
  ~Reference() { Py_XDECREF(object_); }
  [[nodiscard]] PyObject* get() const { return object_; }
  PyObject* release() { return std::exchange(object_, nullptr); }
  explicit operator bool() const { return object_ != nullptr; }

 private:
  PyObject* object_;
};

// A buffer of doubles, as long as this lives.
class Buffer {
 public:
  Buffer() = default;
  Buffer(Buffer&& other) noexcept
      : view_(std::exchange(other.view_, {})), copy_(std::exchange(other.copy_, nullptr)) {}
  Buffer& operator=(Buffer&&) = delete;
  ~Buffer() {
    PyMem_Free(copy_);
    if (view_.obj != nullptr) PyBuffer_Release(&view_);
  }

  // False, with an exception, if the object does not give one.
  bool take(PyObject* object, int flags) {
    return PyObject_GetBuffer(object, &view_, flags | PyBUF_FORMAT) == 0;
  }
  [[nodiscard]] bool holds_doubles() const {
    const char* format = view_.format == nullptr ? "B" : view_.format;
    if (*format == '@' || *format == '=' || *format == '<') ++format;
    return std::strcmp(format, "d") == 0;
  }
  [[nodiscard]] const char* format() const { return view_.format == nullptr ? "B" : view_.format; }
  [[nodiscard]] double* data() const { return static_cast<double*>(copy_ != nullptr ? copy_ : view_.buf); }
  [[nodiscard]] std::size_t count() const { return static_cast<std::size_t>(view_.len) / sizeof(double); }
  [[nodiscard]] std::span<const Py_ssize_t> shape() const {
    return {view_.shape, static_cast<std::size_t>(view_.ndim)};
  }
  [[nodiscard]] bool in_one_piece() const { return PyBuffer_IsContiguous(&view_, 'C') != 0; }
  // Shares some, but not all, of its memory with another one that is in one piece.
  [[nodiscard]] bool overlaps(const Buffer& other) const {
    const double* a = data();
    const double* b = other.data();
    return a != b && std::less<>()(a, b + other.count()) && std::less<>()(b, a + count());
  }
  // From now on a copy of its own, in one piece. False, with an exception, without memory.
  bool copy() {
    copy_ = PyMem_Malloc(static_cast<std::size_t>(view_.len));
    if (copy_ == nullptr) {
      PyErr_NoMemory();
      return false;
    }
    return PyBuffer_ToContiguous(copy_, &view_, view_.len, 'C') == 0;
  }

 private:
  Py_buffer view_{};
  void* copy_ = nullptr;
};

// A column of arguments: the same number everywhere, or a buffer.
struct Column {
  PyObject* object = nullptr;  // borrowed; null for a number
  double number = 0;
  Buffer buffer;
};

bool is_number(PyObject* object) { return PyFloat_Check(object) || PyLong_Check(object); }

void refuse_type(const char* function, std::size_t position, PyObject* object) {
  PyErr_Format(PyExc_TypeError, "%s(): argument %zu is neither a number nor a buffer of doubles: %R",
               function, position + 1, reinterpret_cast<PyObject*>(Py_TYPE(object)));
}

bool read_number(const char* function, std::size_t position, PyObject* object, double& number) {
  number = PyFloat_AsDouble(object);
  if (number != -1 || PyErr_Occurred() == nullptr) return true;
  if (PyErr_ExceptionMatches(PyExc_TypeError) != 0) refuse_type(function, position, object);
  return false;
}

// False, with an exception, if the argument is neither.
bool read(const char* function, std::size_t position, PyObject* object, Column& column) {
  if (is_number(object) || PyObject_CheckBuffer(object) == 0)
    return read_number(function, position, object, column.number);
  if (!column.buffer.take(object, PyBUF_STRIDES)) return false;
  if (column.buffer.shape().empty()) return read_number(function, position, object, column.number);
  if (!column.buffer.holds_doubles()) {
    PyErr_Format(PyExc_TypeError, "%s(): argument %zu is a buffer of '%s', not of doubles ('d')", function,
                 position + 1, column.buffer.format());
    return false;
  }
  column.object = object;
  return column.buffer.in_one_piece() || column.buffer.copy();
}

// The one shape that all buffers have; null, with an exception, if they differ.
const Buffer* common_shape(const char* function, const std::vector<Column>& columns, const Buffer* out) {
  const Buffer* first = out;
  for (const Column& column : columns) {
    if (column.object == nullptr) continue;
    if (first == nullptr) first = &column.buffer;
    if (std::ranges::equal(first->shape(), column.buffer.shape())) continue;
    PyErr_Format(PyExc_ValueError, "%s(): buffers of different shapes", function);
    return nullptr;
  }
  return first;
}

Reference shape_of(const Buffer& buffer) {
  const auto shape = buffer.shape();
  Reference tuple(PyTuple_New(static_cast<Py_ssize_t>(shape.size())));
  for (std::size_t i = 0; tuple && i < shape.size(); ++i)
    PyTuple_SetItem(tuple.get(), static_cast<Py_ssize_t>(i), PyLong_FromSsize_t(shape[i]));
  return tuple;
}

// The module numpy if one of the buffers is an array of it; nothing is imported for that.
Reference numpy_of(const std::vector<Column>& columns) {
  const Reference name(PyUnicode_FromString("numpy"));
  Reference numpy(name ? PyImport_GetModule(name.get()) : nullptr);
  if (!numpy) return numpy;
  const Reference type(PyObject_GetAttrString(numpy.get(), "ndarray"));
  for (const Column& column : columns)
    if (type && column.object != nullptr && PyObject_IsInstance(column.object, type.get()) == 1) return numpy;
  PyErr_Clear();
  return Reference();
}

// A new array.array of so many doubles, with anything in it.
Reference new_array(std::size_t count) {
  const Reference bytes(
      PyByteArray_FromStringAndSize(nullptr, static_cast<Py_ssize_t>(count * sizeof(double))));
  const Reference module(PyImport_ImportModule("array"));
  if (!bytes || !module) return Reference();
  return Reference(PyObject_CallMethod(module.get(), "array", "sO", "d", bytes.get()));
}

// An array as a view of this shape.
Reference shaped(const Reference& array, const Buffer& like) {
  const Reference flat(array ? PyMemoryView_FromObject(array.get()) : nullptr);
  const Reference bytes(flat ? PyObject_CallMethod(flat.get(), "cast", "s", "B") : nullptr);
  const Reference shape = shape_of(like);
  if (!bytes || !shape) return Reference();
  return Reference(PyObject_CallMethod(bytes.get(), "cast", "sO", "d", shape.get()));
}

// What a caller gets who gives these buffers: a NumPy array for one, else an array.array, or a memoryview of
// one with more than one dimension.
Reference new_result(const std::vector<Column>& columns, const Buffer& like) {
  if (const Reference numpy = numpy_of(columns)) {
    const Reference shape = shape_of(like);
    return Reference(shape ? PyObject_CallMethod(numpy.get(), "empty", "(O)", shape.get()) : nullptr);
  }
  if (PyErr_Occurred() != nullptr) return Reference();
  Reference array = new_array(like.count());
  return like.shape().size() == 1 ? std::move(array) : shaped(array, like);
}

bool take_out(const char* function, PyObject* object, Buffer& out) {
  const bool taken = out.take(object, PyBUF_WRITABLE | PyBUF_C_CONTIGUOUS);
  if (taken && out.holds_doubles()) return true;
  if (!taken && PyErr_ExceptionMatches(PyExc_BufferError) == 0 &&
      PyErr_ExceptionMatches(PyExc_TypeError) == 0 && PyErr_ExceptionMatches(PyExc_ValueError) == 0)
    return false;
  PyErr_Format(PyExc_TypeError, "%s(): out is not a writable C-contiguous buffer of doubles", function);
  return false;
}

// All values, a block at a time where numbers stand for whole columns. Python's lock is not held.
void compute(const PythonFunction& function, const std::vector<Column>& columns, double* y,
             std::size_t count) {
  constexpr std::size_t block = 512;
  std::vector<double> constants;
  std::size_t step = count;
  for (const Column& column : columns)
    if (column.object == nullptr) {
      constants.insert(constants.end(), std::min(block, count), column.number);
      step = std::min(block, count);
    }
  std::vector<const double*> heads(columns.size());
  for (std::size_t done = 0; done < count; done += step) {
    std::size_t numbers = 0;
    for (std::size_t k = 0; k < columns.size(); ++k)
      heads[k] = columns[k].object != nullptr ? columns[k].buffer.data() + done
                                              : constants.data() + numbers++ * step;
    function.columns(heads.data(), y + done, std::min(step, count - done));
  }
}

// Runs what may take long without Python's lock; what it leaves in errno.
template <class Work>
int without_lock(bool long_enough, const Work& work) {
  PyThreadState* state = long_enough ? PyEval_SaveThread() : nullptr;
  errno = 0;
  work();
  const int trouble = errno;
  if (state != nullptr) PyEval_RestoreThread(state);
  return trouble;
}

// A RuntimeWarning about values that come without their promise. False if it became an exception.
bool told(const char* name, const char* relative, int trouble) {
  if (trouble != ERANGE && trouble != EDOM) return true;
  const char* what =
      trouble == ERANGE ? "a tolerance was missed" : "the formula is not finite where it was evaluated";
  const Reference text(PyUnicode_FromFormat("%s%s(): %s", name, relative, what));
  const Reference bytes(text ? PyUnicode_AsUTF8String(text.get()) : nullptr);
  return bytes && PyErr_WarnEx(PyExc_RuntimeWarning, PyBytes_AsString(bytes.get()), 1) == 0;
}

// A call's arguments.
struct Call {
  PyObject* const* values;
  Py_ssize_t count;
  PyObject* keywords;  // a tuple of names, whose values follow the others; or null
};

// The names of keyword arguments: which of `names` is meant; their number if none is.
std::size_t find(PyObject* keyword, std::span<const char* const> names) {
  std::size_t i = 0;
  while (i < names.size() && PyUnicode_CompareWithASCIIString(keyword, names[i]) != 0) ++i;
  return i;
}

// Puts the arguments in the places of their names; null where one is left out. The first `positional` names
// may be given by position, the first `required` must be given.
bool sort(const char* name, const char* relative, const Call& call, std::span<const char* const> names,
          std::size_t positional, std::size_t required, PyObject** sorted) {
  std::fill_n(sorted, names.size(), nullptr);
  if (static_cast<std::size_t>(call.count) > positional) {
    PyErr_Format(PyExc_TypeError, "%s%s() takes %zu arguments, not %zd", name, relative, positional,
                 call.count);
    return false;
  }
  std::copy_n(call.values, call.count, sorted);
  const Py_ssize_t more = call.keywords == nullptr ? 0 : PyTuple_Size(call.keywords);
  for (Py_ssize_t i = 0; i < more; ++i) {
    PyObject* keyword = PyTuple_GetItem(call.keywords, i);
    const std::size_t place = find(keyword, names);
    if (place == names.size() || sorted[place] != nullptr) {
      PyErr_Format(PyExc_TypeError, "%s%s(): unexpected argument '%U'", name, relative, keyword);
      return false;
    }
    sorted[place] = call.values[call.count + i];
  }
  const auto* missing = std::find(sorted, sorted + required, nullptr);
  if (missing == sorted + required) return true;
  PyErr_Format(PyExc_TypeError, "%s%s(): the argument '%s' is missing", name, relative,
               names[static_cast<std::size_t>(missing - sorted)]);
  return false;
}

bool read_numbers(const char* name, std::span<PyObject* const> objects, double* numbers) {
  for (std::size_t i = 0; i < objects.size(); ++i)
    if (objects[i] != nullptr && !read_number(name, i, objects[i], numbers[i])) return false;
  return true;
}

bool check_count(const PythonFunction& function, Py_ssize_t count) {
  if (static_cast<std::uint64_t>(count) == function.arity) return true;
  PyErr_Format(PyExc_TypeError, "%s() takes %zu argument%s, not %zd", function.name,
               static_cast<std::size_t>(function.arity), function.arity == 1 ? "" : "s", count);
  return false;
}

PyObject* one_value(const PythonFunction& function, const std::vector<Column>& columns) {
  double y = 0;
  const int trouble = without_lock(function.heavy != 0, [&] { compute(function, columns, &y, 1); });
  return told(function.name, "", trouble) ? PyFloat_FromDouble(y) : nullptr;
}

// Values into `result`, whose buffer `out` is.
PyObject* many_values(const PythonFunction& function, std::vector<Column>& columns, Reference result,
                      const Buffer& out) {
  for (Column& column : columns)
    if (column.object != nullptr && column.buffer.overlaps(out) && !column.buffer.copy()) return nullptr;
  constexpr std::size_t worth_it = 256;  // the lock costs as much as some hundred values
  const int trouble = without_lock(function.heavy != 0 || out.count() >= worth_it,
                                   [&] { compute(function, columns, out.data(), out.count()); });
  return told(function.name, "", trouble) ? result.release() : nullptr;
}

}  // namespace

extern "C" {

// NAME(x, ..., *, out=None)
PyObject* jtp_values(const PythonFunction* function, PyObject* const* values, Py_ssize_t count,
                     PyObject* keywords) {
  constexpr const char* names[] = {"out"};
  PyObject* given = nullptr;
  if (!check_count(*function, count) ||
      !sort(function->name, "", {values + count, 0, keywords}, names, 0, 0, &given))
    return nullptr;
  std::vector<Column> columns(function->arity);
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (!read(function->name, i, values[i], columns[i])) return nullptr;
  Buffer out;
  const bool has_out = given != nullptr && Py_IsNone(given) == 0;
  if (has_out && !take_out(function->name, given, out)) return nullptr;
  const Buffer* like = common_shape(function->name, columns, has_out ? &out : nullptr);
  if (like == nullptr) return PyErr_Occurred() != nullptr ? nullptr : one_value(*function, columns);
  if (has_out) {
    Py_INCREF(given);
    return many_values(*function, columns, Reference(given), out);
  }
  Reference result = new_result(columns, *like);
  if (!result || !take_out(function->name, result.get(), out)) return nullptr;
  return many_values(*function, columns, std::move(result), out);
}

// NAME_with_error(x, ...)
PyObject* jtp_with_error(const PythonFunction* function, PyObject* const* values, Py_ssize_t count,
                         PyObject* keywords) {
  PyObject* none = nullptr;
  if (!check_count(*function, count) ||
      !sort(function->name, "_with_error", {values + count, 0, keywords}, {}, 0, 0, &none))
    return nullptr;
  std::vector<double> point(function->arity);
  if (!read_numbers(function->name, {values, point.size()}, point.data())) return nullptr;
  double value = 0, error = 0;
  const int trouble = without_lock(true, [&] { value = function->with_error(point.data(), &error); });
  return told(function->name, "_with_error", trouble) ? Py_BuildValue("dd", value, error) : nullptr;
}

// NAME_integrate(a, b, n)
PyObject* jtp_integrate(const PythonFunction* function, PyObject* const* values, Py_ssize_t count,
                        PyObject* keywords) {
  constexpr const char* names[] = {"a", "b", "n"};
  PyObject* sorted[std::size(names)];
  double limits[2] = {};
  if (!sort(function->name, "_integrate", {values, count, keywords}, names, std::size(names),
            std::size(names), sorted) ||
      !read_numbers(function->name, {sorted, 2}, limits))
    return nullptr;
  const long long n = PyLong_AsLongLong(sorted[2]);
  if (n == -1 && PyErr_Occurred() != nullptr) return nullptr;
  if (n < 1 || n > 1LL << 53 || !std::isfinite(limits[0]) || !std::isfinite(limits[1])) {
    PyErr_Format(PyExc_ValueError, "%s_integrate(): a and b must be finite, and 1 <= n <= 2**53",
                 function->name);
    return nullptr;
  }
  double value = 0;
  const int trouble = without_lock(true, [&] { value = function->integrate(limits[0], limits[1], n); });
  return told(function->name, "_integrate", trouble) ? PyFloat_FromDouble(value) : nullptr;
}

// NAME_quad(a, b, abs_tol=0.0, rel_tol=1e-10)
PyObject* jtp_quad(const PythonFunction* function, PyObject* const* values, Py_ssize_t count,
                   PyObject* keywords) {
  constexpr const char* names[] = {"a", "b", "abs_tol", "rel_tol"};
  PyObject* sorted[std::size(names)];
  double x[std::size(names)] = {0, 0, 0, 1e-10};
  if (!sort(function->name, "_quad", {values, count, keywords}, names, std::size(names), 2, sorted) ||
      !read_numbers(function->name, sorted, x))
    return nullptr;
  if (std::isnan(x[0]) || std::isnan(x[1]) || !(x[2] >= 0) || !(x[3] >= 0 && x[3] <= 1)) {
    PyErr_Format(PyExc_ValueError, "%s_quad(): a and b must be numbers, abs_tol >= 0 and 0 <= rel_tol <= 1",
                 function->name);
    return nullptr;
  }
  double value = 0, error = 0;
  const int trouble = without_lock(true, [&] { value = function->quad(x[0], x[1], x[2], x[3], &error); });
  return told(function->name, "_quad", trouble) ? Py_BuildValue("dd", value, error) : nullptr;
}

}  // extern "C"

namespace {

const PythonModule* description = nullptr;

// Refuses to be imported where the code cannot run.
int begin(PyObject* module) {
  const char* cpu = description->cpu();
  if (cpu != nullptr) return PyModule_AddStringConstant(module, "__cpu__", cpu);
  PyErr_Format(PyExc_ImportError, "%s: this processor runs none of the versions in this module: %s",
               description->name, description->versions);
  return -1;
}

}  // namespace

extern "C" {

PyObject* jtp_module(const PythonModule* module) {
  static PyModuleDef_Slot slots[] = {{Py_mod_exec, reinterpret_cast<void*>(begin)}, {0, nullptr}};
  static PyModuleDef definition{
      PyModuleDef_HEAD_INIT, nullptr, nullptr, 0, nullptr, slots, nullptr, nullptr, nullptr};
  description = module;
  definition.m_name = module->name;
  definition.m_doc = module->doc;
  definition.m_methods = static_cast<PyMethodDef*>(module->methods);
  return PyModuleDef_Init(&definition);
}

}  // extern "C"
}  // namespace jitegral::runtime
