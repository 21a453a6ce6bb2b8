#include "include/reductions.h"

#include "clones.h"

enum { BLOCK = 2048 };  // columns whose sums stay in the first-level cache

LZ_INLINE void sum_block(const float *source, float *result, int64_t rows, int64_t stride, int64_t n) {
  for (int64_t c = 0; c < n; c++) result[c] = 0.0f;
  int64_t row = 0;
  for (; row + 4 <= rows; row += 4) {
    const float *a = source + row * stride, *b = a + stride, *c = b + stride, *d = c + stride;
    LZ_VECTORIZE for (int64_t i = 0; i < n; i++) result[i] += (a[i] + b[i]) + (c[i] + d[i]);
  }
  for (; row < rows; row++) {
    const float *a = source + row * stride;
    LZ_VECTORIZE for (int64_t i = 0; i < n; i++) result[i] += a[i];
  }
}

LZ_CLONES
void lz_sum_columns(
    const float *source, float *result, int64_t rows, int64_t columns, int64_t begin, int64_t end) {
  for (int64_t c = begin; c < end; c += BLOCK)
    sum_block(source + c, result + c, rows, columns, end - c < BLOCK ? end - c : BLOCK);
}

LZ_CLONES
void lz_sum_middle(
    const float *source, float *result, int64_t middle, int64_t inner, int64_t begin, int64_t end) {
  for (int64_t o = begin; o < end; o++)
    for (int64_t c = 0; c < inner; c += BLOCK)
      sum_block(
          source + o * middle * inner + c, result + o * inner + c, middle, inner,
          inner - c < BLOCK ? inner - c : BLOCK);
}
