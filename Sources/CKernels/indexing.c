#include "include/indexing.h"

#include "indices.h"

LZ_INLINE void copy(const float *from, float *to, int64_t n) {
  LZ_VECTORIZE for (int64_t i = 0; i < n; i++) to[i] = from[i];
}

LZ_INLINE void add(const float *from, float *to, int64_t n) {
  LZ_VECTORIZE for (int64_t i = 0; i < n; i++) to[i] += from[i];
}

LZ_INLINE void zero(float *to, int64_t n) {
  LZ_VECTORIZE for (int64_t i = 0; i < n; i++) to[i] = 0.0f;
}

LZ_CLONES
int32_t lz_gather(
    const float *source, const float *indices, float *result, int64_t count, int64_t inner, int64_t index_count,
    int64_t outer_begin, int64_t outer_end, int64_t begin, int64_t end) {
  int32_t status = 0;
  for (int64_t o = outer_begin; o < outer_end; o++)
    for (int64_t j = begin; j < end; j++) {
      int64_t index = lz_index(indices[j], count);
      if (index < 0)
        status = LZ_INDEX_OUT_OF_RANGE;
      else
        copy(source + (o * count + index) * inner, result + (o * index_count + j) * inner, inner);
    }
  return status;
}

LZ_CLONES
int32_t lz_scatter_add(
    const float *source, const float *indices, float *result, int64_t count, int64_t inner, int64_t index_count,
    int64_t outer_begin, int64_t outer_end, int64_t begin, int64_t end, float skipped) {
  int32_t status = 0;
  for (int64_t o = outer_begin; o < outer_end; o++) {
    zero(result + (o * count + begin) * inner, (end - begin) * inner);
    for (int64_t j = 0; j < index_count; j++) {
      if (indices[j] == skipped) continue;
      int64_t index = lz_index(indices[j], count);
      if (index < 0)
        status = LZ_INDEX_OUT_OF_RANGE;
      else if (index >= begin && index < end)
        add(source + (o * index_count + j) * inner, result + (o * count + index) * inner, inner);
    }
  }
  return status;
}

int32_t lz_group_indices(
    const float *indices, int64_t index_count, int64_t count, int64_t begin, int64_t end, int64_t height, float skipped,
    int32_t *starts, int32_t *order) {
  int64_t blocks = (end - begin + height - 1) / height;
  for (int64_t b = 0; b <= blocks; b++) starts[b] = 0;
  for (int64_t j = 0; j < index_count; j++) {
    if (indices[j] == skipped) continue;
    int64_t index = lz_index(indices[j], count);
    if (index < 0) return LZ_INDEX_OUT_OF_RANGE;
    if (index >= begin && index < end) starts[(index - begin) / height]++;
  }
  int32_t total = 0;
  for (int64_t b = 0; b <= blocks; b++) {
    total += starts[b];
    starts[b] = total;
  }
  // Backwards from each group's end, so that its start remains and the order is kept.
  for (int64_t j = index_count - 1; j >= 0; j--) {
    if (indices[j] == skipped) continue;
    int64_t index = lz_index(indices[j], count);
    if (index >= begin && index < end) order[--starts[(index - begin) / height]] = (int32_t)j;
  }
  return 0;
}

LZ_CLONES
void lz_scatter_group(
    const float *source, const float *indices, const int32_t *order, int64_t order_count, float *result, int64_t first,
    int64_t rows, int64_t inner) {
  zero(result, rows * inner);
  for (int64_t i = 0; i < order_count; i++) {
    int64_t j = order[i];
    add(source + j * inner, result + ((int64_t)indices[j] - first) * inner, inner);
  }
}

LZ_CLONES
int32_t lz_one_hot(const float *indices, float *result, int64_t count, int64_t begin, int64_t end) {
  int32_t status = 0;
  zero(result + begin * count, (end - begin) * count);
  for (int64_t j = begin; j < end; j++) {
    int64_t index = lz_index(indices[j], count);
    if (index < 0)
      status = LZ_INDEX_OUT_OF_RANGE;
    else
      result[j * count + index] = 1.0f;
  }
  return status;
}
