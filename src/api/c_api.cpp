// The C interface on top of the C++ one: copies structs, and keeps exceptions in.
#include <jitegral/jitegral.h>

#include <algorithm>
#include <cstring>
#include <jitegral/jitegral.hpp>
#include <limits>
#include <new>

struct jitegral_session {
  jitegral::Session session;
};
struct jitegral_formula {
  jitegral::Formula formula;
};
struct jitegral_integral {
  jitegral::Integral integral;
};
struct jitegral_cancellation {
  jitegral::Cancellation cancellation;
};

namespace {

using namespace jitegral;

template <std::size_t N>
void copy(char (&to)[N], std::string_view from) {
  const std::size_t size = from.copy(to, N - 1);
  to[size] = '\0';
}

void describe(jitegral_error* error, std::string_view code, std::string_view message,
              std::string_view rendered, Error::Place place = {}) {
  if (error == nullptr) return;
  copy(error->code, code);
  copy(error->message, message);
  copy(error->rendered, rendered);
  error->line = static_cast<std::uint32_t>(place.line);
  error->column = static_cast<std::uint32_t>(place.column);
}

// Runs the body; nothing it throws goes further.
template <class Body>
int guarded(jitegral_error* error, Body&& body) noexcept {
  describe(error, "", "", "");
  try {
    body();
    return JITEGRAL_OK;
  } catch (const Error& mistake) {
    describe(error, mistake.code(), mistake.what(), mistake.rendered(), {mistake.line(), mistake.column()});
    return JITEGRAL_MISTAKE;
  } catch (const std::bad_alloc&) {
    describe(error, "", "no memory", "no memory");
    return JITEGRAL_NO_MEMORY;
  } catch (const std::exception& other) {
    describe(error, "", other.what(), other.what());
  } catch (...) {
    describe(error, "", "an exception", "an exception");
  }
  return JITEGRAL_FAILED;
}

// A struct as far as the caller knows it; the rest is 0.
template <class Struct>
Struct known_part(const Struct* given) {
  Struct copy{};
  if (given != nullptr) std::memcpy(&copy, given, std::min(given->size, sizeof copy));
  return copy;
}

std::string text_or_empty(const char* text) { return text == nullptr ? "" : text; }

template <class T>
std::optional<T> unless_zero(T value) {
  return value == T{} ? std::nullopt : std::optional(value);
}

Settings to_settings(const jitegral_settings* given) {
  const jitegral_settings c = known_part(given);
  Settings settings;
  if (c.cpu != nullptr) settings.cpu = c.cpu;
  settings.n_jobs = c.n_jobs;
  if (c.tolerance != 0) settings.tolerance = c.tolerance;
  settings.time_limit = c.time_limit;
  if (c.tier != nullptr) settings.tier = c.tier;
  return settings;
}

Options to_options(const jitegral_options* given) {
  const jitegral_options c = known_part(given);
  return {.rule = text_or_empty(c.rule),
          .n_iter = unless_zero(c.n_iter),
          .tol = unless_zero(c.tol),
          .abs_tol = unless_zero(c.abs_tol),
          .n_jobs = unless_zero(c.n_jobs),
          .backend = text_or_empty(c.backend),
          .max_evals = unless_zero(c.max_evals),
          .time_limit = unless_zero(c.time_limit),
          .memory_limit = unless_zero(c.memory_limit),
          .points = {c.points, c.points + c.point_count},
          .pv = c.pv != 0};
}

Watch to_watch(const jitegral_watch* given) {
  const jitegral_watch c = known_part(given);
  Watch watch;
  if (c.cancellation != nullptr) watch.cancellation = c.cancellation->cancellation;
  if (c.progress != nullptr)
    watch.progress = [progress = c.progress, data = c.data](const Progress& p) {
      progress(p.fraction, p.evaluations, p.seconds, data);
    };
  return watch;
}

void store(jitegral_result* to, const Result& from) {
  if (to == nullptr) return;
  *to = {.value = from.value,
         .error = from.error,
         .status = static_cast<jitegral_status>(from.status),
         .n_jobs = from.n_jobs,
         .evaluations = from.evaluations,
         .seconds = from.seconds,
         // NOLINTBEGIN(bugprone-suspicious-stringview-data-usage): texts of the library end in a zero
         .method = from.method.data(),
         .tier = from.tier.data(),
         // NOLINTEND(bugprone-suspicious-stringview-data-usage)
         .compile_seconds = from.compile_seconds,
         .reserved = {}};
}

// The caller's data, given back once the last copy of the function that uses it is gone.
std::shared_ptr<void> owned(void* data, void (*release)(void*)) {
  return {data, [release](void* held) {
            if (release != nullptr) release(held);
          }};
}

// One point at a time, out of columns.
auto by_point(jitegral_function function, std::size_t arity, const std::shared_ptr<void>& data) {
  return [=](std::span<const double* const> columns, std::span<double> y) {
    double x[3] = {};
    for (std::size_t i = 0; i < y.size(); ++i) {
      for (std::size_t k = 0; k < arity; ++k) x[k] = columns[k][i];
      y[i] = function(x, data.get());
    }
  };
}

static_assert(static_cast<int>(Status::value) == JITEGRAL_VALUE);
static_assert(static_cast<int>(Status::converged) == JITEGRAL_CONVERGED);
static_assert(static_cast<int>(Status::cancelled) == JITEGRAL_CANCELLED);

}  // namespace

int jitegral_abi_version(void) { return JITEGRAL_ABI_VERSION; }
const char* jitegral_version(void) { return JITEGRAL_VERSION; }
const char* jitegral_status_name(jitegral_status status) {
  return to_text(static_cast<Status>(status)).data();
}

jitegral_cancellation* jitegral_cancellation_new(void) {
  jitegral_cancellation* made = nullptr;
  guarded(nullptr, [&] { made = new jitegral_cancellation; });
  return made;
}

void jitegral_cancel(jitegral_cancellation* cancellation) { cancellation->cancellation.cancel(); }
void jitegral_cancellation_free(jitegral_cancellation* cancellation) { delete cancellation; }

jitegral_session* jitegral_session_new(const jitegral_settings* settings, jitegral_error* error) {
  jitegral_session* made = nullptr;
  guarded(error, [&] { made = new jitegral_session{Session(to_settings(settings))}; });
  return made;
}

void jitegral_session_free(jitegral_session* session) { delete session; }

int jitegral_define(jitegral_session* session, const char* definitions, jitegral_error* error) {
  return guarded(error, [&] { session->session.define(definitions); });
}

int jitegral_define_function(jitegral_session* session, const char* name, size_t arity,
                             jitegral_function function, void* data, void (*release)(void*),
                             jitegral_error* error) {
  return guarded(error, [&] {
    session->session.define_batch(name, arity, by_point(function, arity, owned(data, release)));
  });
}

int jitegral_define_batch(jitegral_session* session, const char* name, size_t arity,
                          jitegral_batch_function function, void* data, void (*release)(void*),
                          jitegral_error* error) {
  return guarded(error, [&] {
    const auto batch = [function, held = owned(data, release)](std::span<const double* const> columns,
                                                               std::span<double> y) {
      function(columns.data(), y.data(), y.size(), held.get());
    };
    session->session.define_batch(name, arity, batch);
  });
}

int jitegral_evaluate(jitegral_session* session, const char* expression, const jitegral_watch* watch,
                      jitegral_result* result, jitegral_error* error) {
  return guarded(error, [&] { store(result, session->session.evaluate(expression, to_watch(watch))); });
}

jitegral_formula* jitegral_compile(jitegral_session* session, const char* formula,
                                   const char* const* arguments, size_t count, jitegral_error* error) {
  jitegral_formula* made = nullptr;
  guarded(error, [&] {
    const std::vector<std::string> names(arguments, arguments + count);
    made = new jitegral_formula{session->session.compile(formula, names)};
  });
  return made;
}

void jitegral_formula_free(jitegral_formula* formula) { delete formula; }
size_t jitegral_formula_arity(const jitegral_formula* formula) { return formula->formula.arity(); }

double jitegral_formula_call(const jitegral_formula* formula, const double* x) {
  double y = std::numeric_limits<double>::quiet_NaN();
  guarded(nullptr, [&] { y = formula->formula.at({x, formula->formula.arity()}); });
  return y;
}

int jitegral_formula_batch(const jitegral_formula* formula, const double* const* columns,
                           const ptrdiff_t* strides, double* y, size_t count, jitegral_error* error) {
  return guarded(error, [&] {
    std::vector<Column> all;
    for (std::size_t k = 0; k < formula->formula.arity(); ++k)
      all.emplace_back(columns[k], strides == nullptr ? 1 : strides[k]);
    formula->formula.batch(all, {y, count});
  });
}

int jitegral_formula_integrate(const jitegral_formula* formula, double a, double b, const double* parameters,
                               size_t count, const jitegral_options* options, const jitegral_watch* watch,
                               jitegral_result* result, jitegral_error* error) {
  return guarded(error, [&] {
    store(result,
          formula->formula.integrate(a, b, to_options(options), {parameters, count}, to_watch(watch)));
  });
}

jitegral_integral* jitegral_prepare(const jitegral_formula* formula, const jitegral_options* options,
                                    jitegral_error* error) {
  jitegral_integral* made = nullptr;
  guarded(error, [&] { made = new jitegral_integral{formula->formula.integral(to_options(options))}; });
  return made;
}

int jitegral_integral_run(const jitegral_integral* integral, double a, double b, const double* parameters,
                          size_t count, const jitegral_watch* watch, jitegral_result* result,
                          jitegral_error* error) {
  return guarded(error, [&] {
    if (watch == nullptr) return store(result, integral->integral(a, b, {parameters, count}));
    store(result, integral->integral(a, b, {parameters, count}, to_watch(watch)));
  });
}

void jitegral_integral_free(jitegral_integral* integral) { delete integral; }

int jitegral_integrate_function(jitegral_function function, void* data, double a, double b,
                                const jitegral_options* options, const jitegral_watch* watch,
                                jitegral_result* result, jitegral_error* error) {
  return guarded(error, [&] {
    const auto plain = [&](double x) { return function(&x, data); };
    store(result, integrate(plain, a, b, to_options(options), to_watch(watch)));
  });
}

int jitegral_integrate_batch(jitegral_batch_function function, void* data, double a, double b,
                             const jitegral_options* options, const jitegral_watch* watch,
                             jitegral_result* result, jitegral_error* error) {
  return guarded(error, [&] {
    const auto batch = [&](std::span<const double> x, std::span<double> y) {
      const double* columns[] = {x.data()};
      function(columns, y.data(), y.size(), data);
    };
    store(result, integrate_batch(batch, a, b, to_options(options), to_watch(watch)));
  });
}
