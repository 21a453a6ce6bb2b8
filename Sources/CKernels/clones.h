#pragma once

/// Compiles a function for AVX-512, AVX2 and the baseline; the loader picks.
#if defined(__x86_64__) && defined(__linux__)
#define LZ_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define LZ_CLONES
#endif

/// Inlined into each clone, so that it is compiled for that level.
#define LZ_INLINE static inline __attribute__((always_inline))

/// The next loop's iterations touch one index each: equal pointers are fine, partly overlapping ones do not occur.
#define LZ_VECTORIZE _Pragma("clang loop vectorize(assume_safety) interleave(enable)")
