// Which version of its code an object runs. x86 only: the others have one.
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <limits>

#include "runtime/program.h"

namespace jitegral::runtime {
namespace {

struct Words {
  std::uint32_t word[4];
};

Words cpuid(std::uint64_t leaf, std::uint64_t subleaf) {
  Words w{};
  asm volatile("cpuid"
               : "=a"(w.word[0]), "=b"(w.word[1]), "=c"(w.word[2]), "=d"(w.word[3])
               : "a"(static_cast<std::uint32_t>(leaf)), "c"(static_cast<std::uint32_t>(subleaf)));
  return w;
}

// The registers that the operating system saves; none if it does not say (xgetbv would trap).
std::uint32_t saved_registers() {
  constexpr std::uint32_t osxsave = 1U << 27U;
  if ((cpuid(1, 0).word[2] & osxsave) == 0) return 0;
  std::uint32_t low = 0, high = 0;
  asm volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return low;
}

bool meets(const Need& need) {
  std::uint32_t found = 0;
  if (need.word == 4) {
    found = saved_registers();
  } else if (cpuid(need.leaf & 0x80000000U, 0).word[0] >= need.leaf) {
    found = cpuid(need.leaf, need.subleaf).word[need.word];
  }
  return (found & need.bits) == need.bits;
}

bool runs_here(const Version& version) {
  for (std::uint64_t i = 0; i < version.count; ++i)
    if (!meets(version.needs[i])) return false;
  return true;
}

}  // namespace

extern "C" {

// The version to run, counted from 1; one more than there are if none does. Kept in `chosen`, which begins as
// 0: threads that meet here come to the same answer. JITEGRAL_CPU in the environment asks for one version by
// name.
std::uint64_t jtr_choose(const Versions* all, std::uint64_t* chosen) {
  const char* forced = std::getenv("JITEGRAL_CPU");
  std::uint64_t answer = 0;
  while (answer < all->count) {
    const Version& version = *all->versions[answer++];
    const bool wanted = forced == nullptr || *forced == 0 || std::strcmp(forced, version.cpu) == 0;
    if (wanted && runs_here(version)) {
      __atomic_store_n(chosen, answer, __ATOMIC_RELAXED);
      return answer;
    }
  }
  __atomic_store_n(chosen, answer + 1, __ATOMIC_RELAXED);
  return answer + 1;
}

const char* jtr_cpu(const Versions* all, std::uint64_t* chosen) {
  std::uint64_t version = __atomic_load_n(chosen, __ATOMIC_RELAXED);
  if (version == 0) version = jtr_choose(all, chosen);
  return version <= all->count ? all->versions[version - 1]->cpu : nullptr;
}

double jtr_refuse() {
  errno = ENOSYS;
  return std::numeric_limits<double>::quiet_NaN();
}

void jtr_refuse_batch(double* y, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) y[i] = jtr_refuse();
}

double jtr_refuse_error(double* error) {
  if (error != nullptr) *error = std::numeric_limits<double>::infinity();
  return jtr_refuse();
}

}  // extern "C"
}  // namespace jitegral::runtime
