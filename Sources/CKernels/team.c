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

struct lz_job {
  int phases, parts;
  lz_part task;
  void *context;
  _Atomic uint32_t generation;  // counts the runs
  _Atomic uint32_t *claims;     // for each part of each phase the run in which it was last taken
  _Atomic uint32_t *done;       // for each phase how many parts were done, over all runs; a line of cache each
};

enum { LINE = 64 / sizeof(uint32_t) };

struct lz_team {
  int workers;
  pthread_t *threads;
  _Atomic(lz_job *) current;
  char padding_a[64];
  _Atomic uint32_t generation;  // counts the jobs handed out
  char padding_b[60];
  _Atomic(lz_job *) *looking;   // for each worker the job it has in hand
  _Atomic uint32_t sleepers;    // threads that wait in the kernel
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
static void wait_while_equal(lz_team *team, _Atomic uint32_t *word, uint32_t value) {
  for (int spin = 0; spin < SPINS; spin++) {
    if (atomic_load_explicit(word, memory_order_acquire) != value) return;
    pause_briefly();
  }
  atomic_fetch_add(&team->sleepers, 1);
  while (atomic_load(word) == value) {
#if defined(__linux__)
    syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, value, NULL, NULL, 0);
#else
    sched_yield();
#endif
  }
  atomic_fetch_sub(&team->sleepers, 1);
}

/// Wakes who waits for `*word`, which was changed just before.
static void wake_all(lz_team *team, _Atomic uint32_t *word) {
#if defined(__linux__)
  if (atomic_load(&team->sleepers) > 0) syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, INT32_MAX, NULL, NULL, 0);
#else
  (void)team;
  (void)word;
#endif
}

/// Takes parts that nobody has begun, its own first, phase by phase. A thread that comes late finds everything taken.
static void participate(lz_team *team, lz_job *job, int worker) {
  uint32_t run = atomic_load_explicit(&job->generation, memory_order_acquire);
  uint32_t parts = (uint32_t)job->parts;
  for (int phase = 0; phase < job->phases; phase++) {
    _Atomic uint32_t *done = &job->done[phase * LINE];
    uint32_t target = run * parts;
    for (uint32_t k = 0; k < parts; k++) {
      uint32_t part = ((uint32_t)worker + k) % parts;
      _Atomic uint32_t *claim = &job->claims[(uint32_t)phase * parts + part];
      uint32_t last = atomic_load_explicit(claim, memory_order_acquire);
      if ((int32_t)(run - last) <= 0 || !atomic_compare_exchange_strong(claim, &last, run)) continue;
      job->task(job->context, phase, (int)part);
      if (atomic_fetch_add(done, 1) + 1 == target) wake_all(team, done);
    }
    uint32_t count;
    while ((int32_t)((count = atomic_load_explicit(done, memory_order_acquire)) - target) < 0)
      wait_while_equal(team, done, count);
  }
}

static void *work(void *argument) {
  seat *own = argument;
  lz_team *team = own->team;
  int worker = own->worker;
  free(own);
  lz_limit_openmp(1);
  uint32_t seen = 0;
  for (;;) {
    wait_while_equal(team, &team->generation, seen);
    seen = atomic_load(&team->generation);
    if (atomic_load(&team->stopping)) return NULL;
    // Who ends a job first takes it away, then waits for those who have it in hand: so it is taken in hand first, then
    // looked at whether it is still there.
    lz_job *job;
    do {
      job = atomic_load(&team->current);
      atomic_store(&team->looking[worker], job);
    } while (job != atomic_load(&team->current));
    if (job) participate(team, job, worker);
    atomic_store(&team->looking[worker], NULL);
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
  team->looking = calloc((size_t)workers, sizeof(*team->looking));
  if (!team->threads || !team->looking) {
    free(team->looking);
    free(team->threads);
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
  atomic_fetch_add(&team->generation, 1);
  wake_all(team, &team->generation);
  for (int worker = 1; worker < team->workers; worker++) pthread_join(team->threads[worker], NULL);
  free(team->looking);
  free(team->threads);
  free(team);
}

int lz_team_worker_count(const lz_team *team) { return team->workers; }

lz_job *lz_job_create(int phases, int parts) {
  lz_job *job = calloc(1, sizeof(lz_job));
  if (!job) return NULL;
  job->phases = phases;
  job->parts = parts;
  job->claims = calloc((size_t)(phases * parts), sizeof(uint32_t));
  job->done = calloc((size_t)(phases * LINE), sizeof(uint32_t));
  if (job->claims && job->done) return job;
  free(job->claims);
  free(job->done);
  free(job);
  return NULL;
}

void lz_job_destroy(lz_team *team, lz_job *job) {
  if (team) {
    lz_job *expected = job;
    atomic_compare_exchange_strong(&team->current, &expected, NULL);
    for (int worker = 1; worker < team->workers; worker++)
      while (atomic_load(&team->looking[worker]) == job) sched_yield();
  }
  free(job->claims);
  free(job->done);
  free(job);
}

void lz_team_run(lz_team *team, lz_job *job, lz_part task, void *context) {
  int former = lz_limit_openmp(1);
  sigset_t signals = hold_signals();
  job->task = task;
  job->context = context;
  atomic_fetch_add(&job->generation, 1);
  if (team && team->workers > 1) {
    atomic_store(&team->current, job);
    atomic_fetch_add(&team->generation, 1);
    wake_all(team, &team->generation);
    participate(team, job, 0);
  } else {
    for (int phase = 0; phase < job->phases; phase++)
      for (int part = 0; part < job->parts; part++) task(context, phase, part);
  }
  pthread_sigmask(SIG_SETMASK, &signals, NULL);
  if (former > 0) lz_limit_openmp(former);
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
