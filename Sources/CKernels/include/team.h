/// A team of threads that runs jobs together and waits by spinning briefly, then sleeping.
///
/// A job has phases, each of as many parts. Each worker has a part of its own, which it takes first; then it takes what
/// others have not begun. So a worker that a busy neighbour keeps from its processor holds up no more than what it is
/// in the middle of. The caller is worker 0; the team owns the other threads. Every worker limits oneDNN's OpenMP pool
/// to itself, so that primitives never fork.
#pragma once

typedef struct lz_team lz_team;
typedef struct lz_job lz_job;

/// One part of one phase.
typedef void (*lz_part)(void *context, int phase, int part);

/// Makes a team of `workers` threads, the caller included; NULL when a thread cannot be had.
lz_team *lz_team_create(int workers);

/// Ends the team's threads. No job may be running.
void lz_team_destroy(lz_team *team);

int lz_team_worker_count(const lz_team *team);

/// Makes a job that can be run many times; NULL without memory.
lz_job *lz_job_create(int phases, int parts);

/// Ends a job that is not running; `team` is the one that ran it, or NULL.
void lz_job_destroy(lz_team *team, lz_job *job);

/// Runs all parts of a phase, then those of the next, and returns when all are done. One caller at a time; without a
/// team the calling thread does it all.
void lz_team_run(lz_team *team, lz_job *job, lz_part task, void *context);

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
