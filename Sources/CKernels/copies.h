/// Short runs of floats, copied in few and whole vectors.
#pragma once
#include <stdint.h>
#include <string.h>

#include "clones.h"

/// Copies `n` floats; the last vector overlaps the one before it where `n` is no multiple of its width.
LZ_INLINE void lz_copy_floats(const float *from, float *to, int64_t n) {
  if (n >= 16) {
    int64_t i = 0;
    for (; i + 16 <= n; i += 16) memcpy(to + i, from + i, 64);
    if (i < n) memcpy(to + n - 16, from + n - 16, 64);
  } else if (n >= 8) {
    memcpy(to, from, 32);
    memcpy(to + n - 8, from + n - 8, 32);
  } else if (n >= 4) {
    memcpy(to, from, 16);
    memcpy(to + n - 4, from + n - 4, 16);
  } else {
    for (int64_t i = 0; i < n; i++) to[i] = from[i];
  }
}
