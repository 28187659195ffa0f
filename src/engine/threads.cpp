#include "engine/threads.h"

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <pthread.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>

#include "engine/engine.h"

namespace jitegral::engine {

namespace {

constexpr int most = 256;  // TBB's own limit on small machines

// A forked process has none of its parent's worker threads, and TBB would wait for them. It does the work
// itself instead, with the same bits.
std::atomic<bool> workers_lost = false;

// Making an arena and waking its threads costs more than a small integral, so each size is made once and
// kept. Leaked on purpose: a static destructor would race with threads that still run at exit.
class Arenas {
 public:
  static Arenas& all() {
    static auto* const arenas = new Arenas;
    return *arenas;
  }
  Arenas() {
    pthread_atfork(nullptr, nullptr, [] { workers_lost = true; });
  }
  tbb::task_arena& of(int threads) {
    const std::scoped_lock lock(mutex_);
    allow(threads);
    auto& arena = arenas_[static_cast<std::size_t>(threads)];
    if (!arena) arena = std::make_unique<tbb::task_arena>(threads);
    return *arena;
  }

 private:
  // TBB keeps to the number of cores unless told otherwise. Of several controls the smallest counts, so that
  // a limit set by the program around us still holds.
  void allow(int threads) {
    if (threads <= allowed_) return;
    control_.reset();
    control_.emplace(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
    allowed_ = threads;
  }

  std::mutex mutex_;
  int allowed_ = tbb::info::default_concurrency();
  std::optional<tbb::global_control> control_;
  std::array<std::unique_ptr<tbb::task_arena>, most + 1> arenas_;
};

}  // namespace

int Jobs::threads() const {
  if (backend == Backend::serial || workers_lost) return 1;
  return std::clamp(n_jobs == 0 ? tbb::info::default_concurrency() : n_jobs, 1, most);
}

void with_threads(int threads, const std::function<void()>& body) {
  Arenas::all().of(threads).execute([&] { tbb::this_task_arena::isolate(body); });
}

void for_each_index(std::size_t n, const Jobs& jobs, const std::function<void(std::size_t)>& body) {
  const int threads = jobs.threads();
  if (threads == 1 || n < 2) {
    for (std::size_t i = 0; i < n; ++i) body(i);
    return;
  }
  with_threads(threads, [&] { tbb::parallel_for(std::size_t{0}, n, body); });
}

}  // namespace jitegral::engine
