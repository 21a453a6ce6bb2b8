#include "include/softmax.h"

#include "include/indexing.h"
#include "indices.h"
#include "vector_math.h"

enum {
  LANES = 64,    // independent sums of a row, added pairwise at the end: fast, and the same on every machine
  TILE = 1024,   // elements whose maximum is taken before their exponentials, in the first-level cache
  BLOCK = 512,   // columns worked on at a time where the axis is not the last
};

LZ_INLINE float row_max(const float *a, int64_t n) {
  float lanes[LANES];
  for (int lane = 0; lane < LANES; lane++) lanes[lane] = -__builtin_inff();
  int64_t i = 0;
  for (; i + LANES <= n; i += LANES)
    LZ_VECTORIZE for (int lane = 0; lane < LANES; lane++) lanes[lane] = a[i + lane] > lanes[lane] ? a[i + lane] : lanes[lane];
  for (int lane = 0; i < n; i++, lane++) lanes[lane] = a[i] > lanes[lane] ? a[i] : lanes[lane];
  for (int width = LANES / 2; width > 0; width /= 2)
    for (int lane = 0; lane < width; lane++)
      lanes[lane] = lanes[lane + width] > lanes[lane] ? lanes[lane + width] : lanes[lane];
  return lanes[0];
}

LZ_INLINE float lane_sum(float *lanes) {
  for (int width = LANES / 2; width > 0; width /= 2)
    for (int lane = 0; lane < width; lane++) lanes[lane] += lanes[lane + width];
  return lanes[0];
}

/// What to take off exponents: NaN must go through, and a row of minus infinities must not become NaN.
LZ_INLINE float shift_of(float max) { return max == -__builtin_inff() ? 0.0f : max; }

/// The logarithm of the sum of exponentials, and the maximum, in one reading of the row.
LZ_INLINE float log_sum_exp(const float *a, int64_t n, float *max) {
  float lanes[LANES] = {0}, best = -__builtin_inff();
  for (int64_t start = 0; start < n; start += TILE) {
    const float *tile = a + start;
    int64_t count = n - start < TILE ? n - start : TILE;
    float here = row_max(tile, count);
    if (here > best) {
      float factor = lz_exp_falling(best - here);
      for (int lane = 0; lane < LANES; lane++) lanes[lane] *= factor;
      best = here;
    }
    float shift = shift_of(best);
    int64_t i = 0;
    for (; i + LANES <= count; i += LANES) {
      // The next tile comes from memory while this one's exponentials are computed.
      for (int line = 0; line < LANES; line += 16) __builtin_prefetch(tile + count + i + line);
      LZ_VECTORIZE for (int lane = 0; lane < LANES; lane++) lanes[lane] += lz_exp_falling(tile[i + lane] - shift);
    }
    for (int lane = 0; i < count; i++, lane++) lanes[lane] += lz_exp_falling(tile[i] - shift);
  }
  *max = best;
  return lz_log(lane_sum(lanes)) + shift_of(best);
}

LZ_INLINE float row_sum(const float *a, int64_t n) {
  float lanes[LANES] = {0};
  int64_t i = 0;
  for (; i + LANES <= n; i += LANES)
    LZ_VECTORIZE for (int lane = 0; lane < LANES; lane++) lanes[lane] += a[i + lane];
  for (int lane = 0; i < n; i++, lane++) lanes[lane] += a[i];
  return lane_sum(lanes);
}

LZ_INLINE float row_dot(const float *a, const float *b, int64_t n) {
  float lanes[LANES] = {0};
  int64_t i = 0;
  for (; i + LANES <= n; i += LANES)
    LZ_VECTORIZE for (int lane = 0; lane < LANES; lane++) lanes[lane] += a[i + lane] * b[i + lane];
  for (int lane = 0; i < n; i++, lane++) lanes[lane] += a[i] * b[i];
  return lane_sum(lanes);
}

// MARK: the last axis

LZ_INLINE void softmax_row(const float *a, float *y, int64_t n, int is_log) {
  float max;
  if (is_log) {
    float total = log_sum_exp(a, n, &max);
    LZ_VECTORIZE for (int64_t i = 0; i < n; i++) y[i] = a[i] - total;
    return;
  }
  max = row_max(a, n);
  LZ_VECTORIZE for (int64_t i = 0; i < n; i++) y[i] = lz_exp_falling(a[i] - max);
  float factor = 1.0f / row_sum(y, n);
  LZ_VECTORIZE for (int64_t i = 0; i < n; i++) y[i] *= factor;
}

LZ_INLINE void gradient_row(const float *y, const float *g, float *result, int64_t n, int is_log) {
  if (is_log) {
    float total = row_sum(g, n);
    LZ_VECTORIZE for (int64_t i = 0; i < n; i++) result[i] = g[i] - lz_exp_falling(y[i]) * total;
    return;
  }
  float total = row_dot(y, g, n);
  LZ_VECTORIZE for (int64_t i = 0; i < n; i++) result[i] = y[i] * (g[i] - total);
}

// MARK: another axis, `n` columns at a time

LZ_INLINE void softmax_columns(const float *a, float *y, int64_t middle, int64_t inner, int64_t n, int is_log) {
  float max[BLOCK], total[BLOCK];
  for (int64_t i = 0; i < n; i++) {
    max[i] = -__builtin_inff();
    total[i] = 0.0f;
  }
  for (int64_t m = 0; m < middle; m++)
    LZ_VECTORIZE for (int64_t i = 0; i < n; i++) max[i] = a[m * inner + i] > max[i] ? a[m * inner + i] : max[i];
  for (int64_t m = 0; m < middle; m++)
    LZ_VECTORIZE for (int64_t i = 0; i < n; i++) {
      float e = lz_exp_falling(a[m * inner + i] - max[i]);
      if (!is_log) y[m * inner + i] = e;
      total[i] += e;
    }
  LZ_VECTORIZE for (int64_t i = 0; i < n; i++) total[i] = is_log ? lz_log(total[i]) + max[i] : 1.0f / total[i];
  for (int64_t m = 0; m < middle; m++)
    LZ_VECTORIZE for (int64_t i = 0; i < n; i++)
      y[m * inner + i] = is_log ? a[m * inner + i] - total[i] : y[m * inner + i] * total[i];
}

LZ_INLINE void gradient_columns(
    const float *y, const float *g, float *result, int64_t middle, int64_t inner, int64_t n, int is_log) {
  float total[BLOCK];
  for (int64_t i = 0; i < n; i++) total[i] = 0.0f;
  for (int64_t m = 0; m < middle; m++)
    LZ_VECTORIZE for (int64_t i = 0; i < n; i++)
      total[i] += is_log ? g[m * inner + i] : y[m * inner + i] * g[m * inner + i];
  for (int64_t m = 0; m < middle; m++)
    LZ_VECTORIZE for (int64_t i = 0; i < n; i++) {
      float v = y[m * inner + i], slope = g[m * inner + i];
      result[m * inner + i] = is_log ? slope - lz_exp_falling(v) * total[i] : v * (slope - total[i]);
    }
}

LZ_INLINE void softmax_all(
    const float *source, float *result, int64_t middle, int64_t inner, int64_t begin, int64_t end, int is_log) {
  for (int64_t o = begin; o < end; o++) {
    int64_t first = o * middle * inner;
    if (inner == 1) {
      softmax_row(source + first, result + first, middle, is_log);
      continue;
    }
    for (int64_t c = 0; c < inner; c += BLOCK)
      softmax_columns(
          source + first + c, result + first + c, middle, inner, inner - c < BLOCK ? inner - c : BLOCK, is_log);
  }
}

LZ_CLONES
void lz_softmax(
    const float *source, float *result, int64_t middle, int64_t inner, int64_t begin, int64_t end, int32_t is_log) {
  if (is_log)
    softmax_all(source, result, middle, inner, begin, end, 1);
  else
    softmax_all(source, result, middle, inner, begin, end, 0);
}

LZ_INLINE void gradient_all(
    const float *y, const float *g, float *result, int64_t middle, int64_t inner, int64_t begin, int64_t end,
    int is_log) {
  for (int64_t o = begin; o < end; o++) {
    int64_t first = o * middle * inner;
    if (inner == 1) {
      gradient_row(y + first, g + first, result + first, middle, is_log);
      continue;
    }
    for (int64_t c = 0; c < inner; c += BLOCK)
      gradient_columns(
          y + first + c, g + first + c, result + first + c, middle, inner, inner - c < BLOCK ? inner - c : BLOCK,
          is_log);
  }
}

LZ_CLONES
void lz_softmax_gradient(
    const float *y, const float *g, float *result, int64_t middle, int64_t inner, int64_t begin, int64_t end,
    int32_t is_log) {
  if (is_log)
    gradient_all(y, g, result, middle, inner, begin, end, 1);
  else
    gradient_all(y, g, result, middle, inner, begin, end, 0);
}

// MARK: cross-entropy

LZ_CLONES
int32_t lz_cross_entropy(
    const lz_cross_entropy_settings *settings, const float *logits, const float *labels, float *losses,
    float *log_sums, int64_t columns, int64_t begin, int64_t end) {
  int32_t status = 0;
  const float smoothing = settings->smoothing;
  for (int64_t row = begin; row < end; row++) {
    losses[row] = 0.0f;
    log_sums[row] = 0.0f;
    if (labels[row] == settings->ignored) continue;
    int64_t label = lz_index(labels[row], columns);
    if (label < 0) {
      status = LZ_INDEX_OUT_OF_RANGE;
      continue;
    }
    const float *a = logits + row * columns;
    float max, total = log_sum_exp(a, columns, &max);
    float loss = total - a[label];
    if (smoothing > 0.0f)
      loss = (1.0f - smoothing) * loss + smoothing * (total - row_sum(a, columns) / (float)columns);
    losses[row] = loss;
    log_sums[row] = total;
  }
  return status;
}

LZ_CLONES
int32_t lz_cross_entropy_gradient(
    const lz_cross_entropy_settings *settings, const float *logits, const float *labels, const float *log_sums,
    const float *upstream, float *result, int64_t columns, int64_t begin, int64_t end) {
  int32_t status = 0;
  const float spread = settings->smoothing / (float)columns, rest = 1.0f - settings->smoothing;
  for (int64_t row = begin; row < end; row++) {
    const float *a = logits + row * columns;
    float *d = result + row * columns;
    int64_t label = lz_index(labels[row], columns);
    int is_ignored = labels[row] == settings->ignored;
    if (is_ignored || label < 0) {
      if (!is_ignored) status = LZ_INDEX_OUT_OF_RANGE;
      LZ_VECTORIZE for (int64_t i = 0; i < columns; i++) d[i] = 0.0f;
      continue;
    }
    const float slope = upstream[row], total = log_sums[row];
    LZ_VECTORIZE for (int64_t i = 0; i < columns; i++) d[i] = (lz_exp_falling(a[i] - total) - spread) * slope;
    d[label] -= rest * slope;
  }
  return status;
}
