#define _GNU_SOURCE
#include "include/team.h"

#include <dlfcn.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#if defined(__linux__)
#include <linux/futex.h>
#include <sys/syscall.h>
#endif

enum { SPINS = 2000 };

struct lz_team {
  int workers;
  pthread_t *threads;
  lz_task task;
  void *context;
  _Atomic uint32_t generation;          // counts the tasks handed out
  char padding_a[60];
  _Atomic uint32_t running;             // workers other than the caller still in the task
  char padding_b[60];
  _Atomic uint32_t barrier_generation;  // counts the barriers passed
  char padding_c[60];
  _Atomic uint32_t arrived;             // workers at the present barrier
  char padding_d[60];
  _Atomic uint32_t stopping;
};

typedef struct {
  lz_team *team;
  int worker;
} seat;

static void pause_briefly(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

/// Waits until `*word` differs from `value`.
static void wait_while_equal(_Atomic uint32_t *word, uint32_t value) {
  for (int spin = 0; spin < SPINS; spin++) {
    if (atomic_load_explicit(word, memory_order_acquire) != value) return;
    pause_briefly();
  }
  while (atomic_load_explicit(word, memory_order_acquire) == value) {
#if defined(__linux__)
    syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, value, NULL, NULL, 0);
#else
    sched_yield();
#endif
  }
}

static void wake_all(_Atomic uint32_t *word) {
#if defined(__linux__)
  syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, INT32_MAX, NULL, NULL, 0);
#else
  (void)word;
#endif
}

/// Waits until `*word` is zero.
static void wait_until_zero(_Atomic uint32_t *word) {
  uint32_t value;
  while ((value = atomic_load_explicit(word, memory_order_acquire)) != 0) wait_while_equal(word, value);
}

static void *work(void *argument) {
  seat *own = argument;
  lz_team *team = own->team;
  int worker = own->worker;
  free(own);
  lz_limit_openmp(1);
  uint32_t seen = 0;
  for (;;) {
    wait_while_equal(&team->generation, seen);
    seen++;
    if (atomic_load(&team->stopping)) return NULL;
    team->task(team->context, worker);
    if (atomic_fetch_sub_explicit(&team->running, 1, memory_order_acq_rel) == 1) wake_all(&team->running);
  }
}

/// Keeps signals away from the calling thread and returns what it took before.
///
/// oneDNN 2.6's generated code does not bear a handler on its stack: about one Ctrl-C in 500 ended in a corrupt heap.
/// Faults of the thread's own making still come through.
static sigset_t hold_signals(void) {
  sigset_t held, former;
  sigfillset(&held);
  sigdelset(&held, SIGSEGV);
  sigdelset(&held, SIGBUS);
  sigdelset(&held, SIGFPE);
  sigdelset(&held, SIGILL);
  sigdelset(&held, SIGTRAP);
  sigdelset(&held, SIGABRT);
  pthread_sigmask(SIG_BLOCK, &held, &former);
  return former;
}

lz_team *lz_team_create(int workers) {
  lz_team *team = calloc(1, sizeof(lz_team));
  if (!team) return NULL;
  team->workers = 1;
  team->threads = calloc((size_t)workers, sizeof(pthread_t));
  if (!team->threads) {
    free(team);
    return NULL;
  }
  sigset_t former = hold_signals();  // threads inherit it
  for (int worker = 1; worker < workers; worker++) {
    seat *own = malloc(sizeof(seat));
    if (own) *own = (seat){team, worker};
    if (!own || pthread_create(&team->threads[worker], NULL, work, own) != 0) {
      free(own);
      pthread_sigmask(SIG_SETMASK, &former, NULL);
      lz_team_destroy(team);
      return NULL;
    }
    team->workers++;
  }
  pthread_sigmask(SIG_SETMASK, &former, NULL);
  return team;
}

void lz_team_destroy(lz_team *team) {
  atomic_store(&team->stopping, 1);
  atomic_fetch_add_explicit(&team->generation, 1, memory_order_acq_rel);
  wake_all(&team->generation);
  for (int worker = 1; worker < team->workers; worker++) pthread_join(team->threads[worker], NULL);
  free(team->threads);
  free(team);
}

int lz_team_worker_count(const lz_team *team) { return team->workers; }

void lz_team_run(lz_team *team, lz_task task, void *context) {
  int former = lz_limit_openmp(1);
  sigset_t signals = hold_signals();
  team->task = task;
  team->context = context;
  if (team->workers > 1) {
    atomic_store_explicit(&team->running, (uint32_t)team->workers - 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&team->generation, 1, memory_order_acq_rel);
    wake_all(&team->generation);
  }
  task(context, 0);
  if (team->workers > 1) wait_until_zero(&team->running);
  pthread_sigmask(SIG_SETMASK, &signals, NULL);
  if (former > 0) lz_limit_openmp(former);
}

void lz_team_barrier(lz_team *team) {
  if (team->workers == 1) return;
  uint32_t generation = atomic_load_explicit(&team->barrier_generation, memory_order_acquire);
  if (atomic_fetch_add_explicit(&team->arrived, 1, memory_order_acq_rel) + 1 == (uint32_t)team->workers) {
    atomic_store_explicit(&team->arrived, 0, memory_order_relaxed);
    atomic_fetch_add_explicit(&team->barrier_generation, 1, memory_order_acq_rel);
    wake_all(&team->barrier_generation);
  } else {
    wait_while_equal(&team->barrier_generation, generation);
  }
}

// oneDNN brings its OpenMP runtime along; looking it up at run time spares a link flag, and a oneDNN that was built
// with another thread pool simply has nothing to limit.
static void (*set_threads)(int);
static int (*max_threads)(void);

static void find_openmp(void) {
  set_threads = (void (*)(int))dlsym(RTLD_DEFAULT, "omp_set_num_threads");
  max_threads = (int (*)(void))dlsym(RTLD_DEFAULT, "omp_get_max_threads");
}

int lz_limit_openmp(int threads) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, find_openmp);
  if (!set_threads || !max_threads) return 0;
  int former = max_threads();
  set_threads(threads);
  return former;
}

int lz_processor_count(void) {
#if defined(__linux__)
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof(set), &set) == 0) {
    int count = CPU_COUNT(&set);
    if (count > 0) return count;
  }
#endif
  long online = sysconf(_SC_NPROCESSORS_ONLN);
  return online > 0 ? (int)online : 1;
}

long long lz_physical_memory(void) {
  long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
  return pages > 0 && size > 0 ? (long long)pages * size : INT64_MAX;
}

long long lz_peak_memory(void) {
  struct rusage usage;
  if (getrusage(RUSAGE_SELF, &usage) != 0) return 0;
#if defined(__linux__)
  return usage.ru_maxrss * 1024ll;
#else
  return usage.ru_maxrss;
#endif
}

const char *lz_vector_level(void) {
#if defined(__x86_64__) && defined(__linux__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("x86-64-v4")) return "AVX-512 (x86-64-v4)";
  if (__builtin_cpu_supports("x86-64-v3")) return "AVX2 (x86-64-v3)";
  return "SSE2 (x86-64 baseline)";
#else
  return "baseline";
#endif
}
