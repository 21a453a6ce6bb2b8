/// A team of threads that runs one task together and waits by spinning briefly, then sleeping.
///
/// The caller is worker 0; the team owns the other threads. Every worker limits oneDNN's OpenMP pool to itself, so
/// that primitives never fork: a busy neighbour slows such a team in proportion, not a hundredfold.
#pragma once

typedef struct lz_team lz_team;

/// One worker's share of the work.
typedef void (*lz_task)(void *context, int worker);

/// Makes a team of `workers` threads, the caller included; NULL when a thread cannot be had.
lz_team *lz_team_create(int workers);

/// Ends the team's threads. No task may be running.
void lz_team_destroy(lz_team *team);

int lz_team_worker_count(const lz_team *team);

/// Runs `task` once on every worker and returns when all are done. One caller at a time.
void lz_team_run(lz_team *team, lz_task task, void *context);

/// Waits, inside a task, until every worker of the team has come here.
void lz_team_barrier(lz_team *team);

/// Limits OpenMP on the calling thread to `threads` and returns the former limit; 0 without OpenMP.
int lz_limit_openmp(int threads);

/// Number of processors this process may use; at least 1.
int lz_processor_count(void);

/// Memory of the machine in bytes.
long long lz_physical_memory(void);

/// The most memory this process has held so far, in bytes.
long long lz_peak_memory(void);

/// Name of the widest vector set the kernels use here, such as "AVX-512".
const char *lz_vector_level(void);
