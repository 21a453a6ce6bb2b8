#include "include/moves.h"

#include "clones.h"

LZ_INLINE void copy_run(const float *from, float *to, int64_t n, int64_t s, int64_t t) {
  if (s == 1 && t == 1) {
    LZ_VECTORIZE for (int64_t i = 0; i < n; i++) to[i] = from[i];
  } else if (s == 0 && t == 1) {
    const float value = *from;
    LZ_VECTORIZE for (int64_t i = 0; i < n; i++) to[i] = value;
  } else {
    for (int64_t i = 0; i < n; i++) to[i * t] = from[i * s];
  }
}

LZ_INLINE void add_run(const float *from, float *to, int64_t n, int64_t s, int64_t t) {
  if (s == 1 && t == 1) {
    LZ_VECTORIZE for (int64_t i = 0; i < n; i++) to[i] += from[i];
  } else {
    for (int64_t i = 0; i < n; i++) to[i * t] += from[i * s];
  }
}

LZ_CLONES
void lz_move_box(
    const float *source, float *result, int32_t rank, const int64_t *counts, const int64_t *from, const int64_t *to,
    int32_t adds) {
  if (rank < 2) {
    if (adds)
      add_run(source, result, rank ? counts[0] : 1, rank ? from[0] : 1, rank ? to[0] : 1);
    else
      copy_run(source, result, rank ? counts[0] : 1, rank ? from[0] : 1, rank ? to[0] : 1);
    return;
  }
  int64_t outer = 1, rows = counts[rank - 2], columns = counts[rank - 1];
  for (int32_t axis = 0; axis < rank - 2; axis++) outer *= counts[axis];
  for (int64_t o = 0; o < outer; o++) {
    int64_t rest = o;
    const float *a = source;
    float *b = result;
    for (int32_t axis = rank - 3; axis >= 0; axis--) {
      int64_t place = rest % counts[axis];
      rest /= counts[axis];
      a += place * from[axis];
      b += place * to[axis];
    }
    for (int64_t row = 0; row < rows; row++, a += from[rank - 2], b += to[rank - 2]) {
      if (adds)
        add_run(a, b, columns, from[rank - 1], to[rank - 1]);
      else
        copy_run(a, b, columns, from[rank - 1], to[rank - 1]);
    }
  }
}

LZ_CLONES
void lz_fill(float *result, float value, int64_t count) {
  LZ_VECTORIZE for (int64_t i = 0; i < count; i++) result[i] = value;
}
