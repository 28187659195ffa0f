// What C++ expects of the machine it runs on, from libc alone: precompiled objects have no C++ library.
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <memory>
#include <new>

void* operator new(std::size_t size) {
  void* memory = std::malloc(size != 0 ? size : 1);
  if (memory == nullptr) std::abort();
  return memory;
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

// NOLINTBEGIN(bugprone-reserved-identifier, bugprone-std-namespace-modification): we are that library here
extern "C" {
void __cxa_pure_virtual() { std::abort(); }
// Shared handles count with atomic operations: libc need not tell how many threads there are.
char __libc_single_threaded = 0;
}

namespace std {

// Called for what the runtime never does: it has no way to throw.
void __throw_length_error(const char*) { abort(); }
void __throw_bad_alloc() { abort(); }
void __throw_bad_array_new_length() { abort(); }
void __throw_bad_function_call() { abort(); }

// Asked only by handles made elsewhere with run-time type information.
bool _Sp_make_shared_tag::_S_eq(const type_info&) noexcept { return false; }

namespace chrono {
inline namespace _V2 {

steady_clock::time_point steady_clock::now() noexcept {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time_point(seconds(time.tv_sec) + nanoseconds(time.tv_nsec));
}

}  // namespace _V2
}  // namespace chrono
}  // namespace std
// NOLINTEND(bugprone-reserved-identifier, bugprone-std-namespace-modification)
