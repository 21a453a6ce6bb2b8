/// Random numbers by counter: Philox 4x32-10 (Salmon et al. 2011). Element `i` depends on the key, the
/// stream, the step and `i` alone, so any worker may draw any range.
#pragma once
#include <stdint.h>

typedef struct {
  uint64_t key;     ///< the seed
  uint64_t step;    ///< counts the runs of a plan
  uint32_t stream;  ///< tells the random operators of a graph apart
} lz_random_state;

/// Uniform numbers in [0, 1) with 24 random bits, for elements `begin..<end` of `result`.
void lz_random_uniform(lz_random_state state, float *result, int64_t begin, int64_t end);

/// Standard normal numbers (Box-Muller), for elements `begin..<end` of `result`.
void lz_random_normal(lz_random_state state, float *result, int64_t begin, int64_t end);
