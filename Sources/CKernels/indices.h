/// Whole numbers stored as float32.
#pragma once
#include <stdint.h>

#include "clones.h"

/// The number as an index below `count`, or -1.
LZ_INLINE int64_t lz_index(float x, int64_t count) {
  if (!(x >= 0.0f && x < 9.0e18f)) return -1;
  int64_t index = (int64_t)x;
  return (float)index == x && index < count ? index : -1;
}
