#include "include/normalization.h"

#include "vector_math.h"

/// Narrow rows are taken several at a time, so that a step of a loop fills vectors; each of the `lanes` then belongs to one
/// channel.
enum { LANES = 128, BLOCK = 4096 };

LZ_INLINE int64_t rows_at_once(int64_t channels) { return channels < LANES ? LANES / channels : 1; }

LZ_INLINE void fill(float *to, float value, int64_t n) {
  LZ_VECTORIZE for (int64_t i = 0; i < n; i++) to[i] = value;
}

/// Adds the statistics of `more` numbers a lane to those of `count`.
LZ_INLINE void merge(
    float *mean, float *squares, int64_t count, const float *other_mean, const float *other_squares, int64_t more,
    int64_t lanes) {
  float share = (float)more / (float)(count + more), weight = (float)count * share;
  LZ_VECTORIZE for (int64_t i = 0; i < lanes; i++) {
    float distance = other_mean[i] - mean[i];
    mean[i] += distance * share;
    squares[i] += other_squares[i] + distance * distance * weight;
  }
}

/// Mean and squares of each lane over some steps.
LZ_INLINE void block_statistics(const float *x, int64_t steps, int64_t lanes, float *mean, float *squares) {
  fill(mean, 0.0f, lanes);
  fill(squares, 0.0f, lanes);
  int64_t step = 0;
  for (; step + 4 <= steps; step += 4) {
    const float *a = x + step * lanes, *b = a + lanes, *c = b + lanes, *d = c + lanes;
    LZ_VECTORIZE for (int64_t i = 0; i < lanes; i++) mean[i] += (a[i] + b[i]) + (c[i] + d[i]);
  }
  for (; step < steps; step++) {
    const float *a = x + step * lanes;
    LZ_VECTORIZE for (int64_t i = 0; i < lanes; i++) mean[i] += a[i];
  }
  float factor = 1.0f / (float)steps;
  LZ_VECTORIZE for (int64_t i = 0; i < lanes; i++) mean[i] *= factor;
  step = 0;
  for (; step + 2 <= steps; step += 2) {
    const float *a = x + step * lanes, *b = a + lanes;
    LZ_VECTORIZE for (int64_t i = 0; i < lanes; i++) {
      float p = a[i] - mean[i], q = b[i] - mean[i];
      squares[i] += p * p + q * q;
    }
  }
  for (; step < steps; step++) {
    const float *a = x + step * lanes;
    LZ_VECTORIZE for (int64_t i = 0; i < lanes; i++) {
      float p = a[i] - mean[i];
      squares[i] += p * p;
    }
  }
}

LZ_INLINE void channel_statistics(
    const float *x, int64_t rows, int64_t channels, float *mean, float *squares, float *scratch) {
  int64_t height = rows_at_once(channels), lanes = height * channels, steps = rows / height, rest = rows % height;
  float *means = scratch, *sums = means + lanes, *block_means = sums + lanes, *block_sums = block_means + lanes;
  fill(means, 0.0f, lanes);
  fill(sums, 0.0f, lanes);
  int64_t block = BLOCK / lanes < 16 ? 16 : BLOCK / lanes;
  for (int64_t first = 0; first < steps; first += block) {
    int64_t n = steps - first < block ? steps - first : block;
    block_statistics(x + first * lanes, n, lanes, block_means, block_sums);
    merge(means, sums, first, block_means, block_sums, n, lanes);
  }
  if (rest > 0) {
    fill(block_sums, 0.0f, lanes);
    merge(means, sums, steps, x + steps * lanes, block_sums, 1, rest * channels);
  }
  // The lanes of a channel become one; the first ones have a number more.
  LZ_VECTORIZE for (int64_t i = 0; i < channels; i++) mean[i] = means[i];
  LZ_VECTORIZE for (int64_t i = 0; i < channels; i++) squares[i] = sums[i];
  int64_t count = steps + (rest > 0);
  for (int64_t j = 1; j < height; j++) {
    int64_t more = steps + (j < rest);
    if (more > 0) merge(mean, squares, count, means + j * channels, sums + j * channels, more, channels);
    count += more;
  }
}

LZ_CLONES
void lz_channel_statistics(
    const float *x, int64_t rows, int64_t channels, float *mean, float *squares, float *scratch) {
  channel_statistics(x, rows, channels, mean, squares, scratch);
}

/// A row of numbers as often as a step has rows; given back as it is where that is once.
LZ_INLINE const float *repeated(const float *row, int64_t channels, int64_t height, float *tile) {
  if (height == 1) return row;
  for (int64_t j = 0; j < height; j++)
    LZ_VECTORIZE for (int64_t i = 0; i < channels; i++) tile[j * channels + i] = row[i];
  return tile;
}

LZ_INLINE void normalize_channels(
    const float *x, float *y, int64_t rows, int64_t channels, const float *mean, const float *scale,
    const float *offset, int32_t rectified) {
  float tiles[3][LANES];
  int64_t height = rows_at_once(channels), lanes = height * channels, total = rows * channels;
  const float *m = repeated(mean, channels, height, tiles[0]);
  const float *s = repeated(scale, channels, height, tiles[1]);
  const float *o = repeated(offset, channels, height, tiles[2]);
  for (int64_t first = 0; first < total; first += lanes) {
    int64_t n = total - first < lanes ? total - first : lanes;
    const float *a = x + first;
    float *to = y + first;
    if (rectified) {
      LZ_VECTORIZE for (int64_t i = 0; i < n; i++) {
        float value = (a[i] - m[i]) * s[i] + o[i];
        to[i] = value < 0.0f ? 0.0f : value;
      }
    } else {
      LZ_VECTORIZE for (int64_t i = 0; i < n; i++) to[i] = (a[i] - m[i]) * s[i] + o[i];
    }
  }
}

LZ_CLONES
void lz_normalize_channels(
    const float *x, float *y, int64_t rows, int64_t channels, const float *mean, const float *scale,
    const float *offset, int32_t rectified) {
  normalize_channels(x, y, rows, channels, mean, scale, offset, rectified);
}

LZ_INLINE void channel_gradient_sums(
    const float *x, const float *gradient, int64_t rows, int64_t channels, const float *mean, const float *inverse,
    float *sums, float *products, float *scratch) {
  int64_t height = rows_at_once(channels), lanes = height * channels, total = rows * channels;
  const float *m = repeated(mean, channels, height, scratch);
  float *s = scratch + lanes, *p = s + lanes;
  fill(s, 0.0f, lanes);
  fill(p, 0.0f, lanes);
  int64_t first = 0;
  for (; first + 2 * lanes <= total; first += 2 * lanes) {
    const float *a = x + first, *b = a + lanes, *g = gradient + first, *h = g + lanes;
    LZ_VECTORIZE for (int64_t i = 0; i < lanes; i++) {
      s[i] += g[i] + h[i];
      p[i] += g[i] * (a[i] - m[i]) + h[i] * (b[i] - m[i]);
    }
  }
  for (; first < total; first += lanes) {
    int64_t n = total - first < lanes ? total - first : lanes;
    const float *a = x + first, *g = gradient + first;
    LZ_VECTORIZE for (int64_t i = 0; i < n; i++) {
      s[i] += g[i];
      p[i] += g[i] * (a[i] - m[i]);
    }
  }
  for (int64_t j = 1; j < height; j++)
    LZ_VECTORIZE for (int64_t i = 0; i < channels; i++) {
      s[i] += s[j * channels + i];
      p[i] += p[j * channels + i];
    }
  LZ_VECTORIZE for (int64_t i = 0; i < channels; i++) {
    sums[i] = s[i];
    products[i] = p[i] * inverse[i];
  }
}

LZ_CLONES
void lz_channel_gradient_sums(
    const float *x, const float *gradient, int64_t rows, int64_t channels, const float *mean, const float *inverse,
    float *sums, float *products, float *scratch) {
  channel_gradient_sums(x, gradient, rows, channels, mean, inverse, sums, products, scratch);
}

LZ_INLINE void channel_gradient(
    const float *x, const float *gradient, float *result, int64_t rows, int64_t channels, const float *mean,
    const float *a, const float *b, const float *c) {
  float tiles[4][LANES];
  int64_t height = rows_at_once(channels), lanes = height * channels, total = rows * channels;
  const float *m = repeated(mean, channels, height, tiles[0]), *p = repeated(a, channels, height, tiles[1]);
  const float *q = repeated(b, channels, height, tiles[2]), *r = repeated(c, channels, height, tiles[3]);
  for (int64_t first = 0; first < total; first += lanes) {
    int64_t n = total - first < lanes ? total - first : lanes;
    const float *from = x + first, *g = gradient + first;
    float *to = result + first;
    LZ_VECTORIZE for (int64_t i = 0; i < n; i++) to[i] = p[i] * g[i] + q[i] * (from[i] - m[i]) + r[i];
  }
}

LZ_CLONES
void lz_channel_gradient(
    const float *x, const float *gradient, float *result, int64_t rows, int64_t channels, const float *mean,
    const float *a, const float *b, const float *c) {
  channel_gradient(x, gradient, result, rows, channels, mean, a, b, c);
}

LZ_CLONES
void lz_merge_statistics(
    const float *statistics, int64_t parts, int64_t images, int64_t places, int64_t channels, int64_t begin,
    int64_t end, float *mean, float *variance) {
  int64_t count = 0, width = end - begin;
  fill(mean + begin, 0.0f, width);
  fill(variance + begin, 0.0f, width);
  for (int64_t part = 0; part < parts; part++) {
    int64_t more = (images * (part + 1) / parts - images * part / parts) * places;
    const float *means = statistics + 2 * part * channels + begin;
    if (more > 0) merge(mean + begin, variance + begin, count, means, means + channels, more, width);
    count += more;
  }
  float factor = count > 0 ? 1.0f / (float)count : 0.0f;
  LZ_VECTORIZE for (int64_t i = begin; i < end; i++) variance[i] *= factor;
}

LZ_CLONES
void lz_inverse_deviation(
    const float *variance, const float *weight, float epsilon, int64_t channels, float *inverse, float *scale) {
  LZ_VECTORIZE for (int64_t i = 0; i < channels; i++) {
    float value = 1.0f / lz_sqrt(variance[i] + epsilon);
    inverse[i] = value;
    scale[i] = value * weight[i];
  }
}

LZ_CLONES
void lz_batch_gradient_factors(
    const float *inverse, float *scale, float *products, float *sums, int64_t count, int64_t channels) {
  float factor = 1.0f / (float)count;
  LZ_VECTORIZE for (int64_t i = 0; i < channels; i++) {
    products[i] = -scale[i] * inverse[i] * products[i] * factor;
    sums[i] = -scale[i] * sums[i] * factor;
  }
}

LZ_CLONES
void lz_group_normalize(
    const lz_group_shape *shape, const float *x, float *y, int64_t images, const float *weight, const float *bias,
    float *mean, float *inverse, float *scratch) {
  int64_t channels = shape->channels, width = channels / shape->groups, size = shape->places * channels;
  float count = size > 0 ? (float)(shape->places * width) : 1.0f;
  float *means = scratch, *squares = means + channels, *scales = squares + channels, *rest = scales + channels;
  for (int64_t n = 0; n < images; n++, x += size, y += size, mean += shape->groups, inverse += shape->groups) {
    channel_statistics(x, shape->places, channels, means, squares, rest);
    for (int64_t g = 0; g < shape->groups; g++) {
      float middle = 0.0f, spread = 0.0f;
      for (int64_t c = g * width; c < (g + 1) * width; c++) middle += means[c];
      middle /= (float)width;
      for (int64_t c = g * width; c < (g + 1) * width; c++) {
        float distance = means[c] - middle;
        spread += squares[c] + distance * distance * (float)shape->places;
      }
      mean[g] = middle;
      inverse[g] = 1.0f / lz_sqrt(spread / count + shape->epsilon);
      for (int64_t c = g * width; c < (g + 1) * width; c++) {
        means[c] = middle;
        scales[c] = inverse[g] * weight[c];
      }
    }
    normalize_channels(x, y, shape->places, channels, means, scales, bias, shape->rectified);
  }
}

LZ_CLONES
void lz_group_gradient(
    const lz_group_shape *shape, const float *x, const float *gradient, float *result, int64_t images,
    const float *weight, const float *mean, const float *inverse, float *of_weight, float *of_bias, float *scratch) {
  int64_t channels = shape->channels, width = channels / shape->groups, size = shape->places * channels;
  float factor = 1.0f / (float)(shape->places * width);
  float *means = scratch, *inverses = means + channels, *a = inverses + channels, *b = a + channels;
  float *c = b + channels, *rest = c + channels;
  for (int64_t n = 0; n < images; n++, x += size, gradient += size, result += size) {
    for (int64_t i = 0; i < channels; i++) {
      means[i] = mean[n * shape->groups + i / width];
      inverses[i] = inverse[n * shape->groups + i / width];
    }
    float *products = of_weight + n * channels, *sums = of_bias + n * channels;
    channel_gradient_sums(x, gradient, shape->places, channels, means, inverses, sums, products, rest);
    for (int64_t g = 0; g < shape->groups; g++) {
      float sum = 0.0f, product = 0.0f;
      for (int64_t i = g * width; i < (g + 1) * width; i++) {
        sum += weight[i] * sums[i];
        product += weight[i] * products[i];
      }
      for (int64_t i = g * width; i < (g + 1) * width; i++) {
        a[i] = inverses[i] * weight[i];
        b[i] = -inverses[i] * inverses[i] * product * factor;
        c[i] = -inverses[i] * sum * factor;
      }
    }
    channel_gradient(x, gradient, result, shape->places, channels, means, a, b, c);
  }
}

enum { SUM_LANES = 32 };

/// Adds the lanes of a row's sum, pairwise: the same on every machine.
LZ_INLINE float total(float *lanes) {
  for (int width = SUM_LANES / 2; width > 0; width /= 2)
    for (int i = 0; i < width; i++) lanes[i] += lanes[i + width];
  return lanes[0];
}

/// The sum of TERM over `i` in `0..<n`, in lanes.
#define ROW_SUM(RESULT, TERM)                                                \
  {                                                                          \
    float lanes[SUM_LANES] = {0};                                            \
    int64_t begin = 0;                                                       \
    for (; begin + SUM_LANES <= n; begin += SUM_LANES)                       \
      for (int lane = 0; lane < SUM_LANES; lane++) {                         \
        int64_t i = begin + lane;                                            \
        lanes[lane] += (TERM);                                               \
      }                                                                      \
    for (int64_t i = begin; i < n; i++) lanes[i - begin] += (TERM);          \
    RESULT = total(lanes);                                                   \
  }

LZ_CLONES
void lz_layer_normalize(
    const float *x, float *y, int64_t rows, int64_t n, const float *weight, const float *bias, float epsilon,
    float *mean, float *inverse) {
  for (int64_t row = 0; row < rows; row++, x += n, y += n) {
    float middle, spread;
    ROW_SUM(middle, x[i])
    middle /= (float)n;
    ROW_SUM(spread, (x[i] - middle) * (x[i] - middle))
    float factor = 1.0f / lz_sqrt(spread / (float)n + epsilon);
    mean[row] = middle;
    inverse[row] = factor;
    LZ_VECTORIZE for (int64_t i = 0; i < n; i++) y[i] = (x[i] - middle) * factor * weight[i] + bias[i];
  }
}

LZ_CLONES
void lz_layer_gradient(
    const float *x, const float *gradient, float *result, int64_t rows, int64_t n, const float *weight,
    const float *mean, const float *inverse, float *of_weight, float *of_bias) {
  fill(of_weight, 0.0f, n);
  fill(of_bias, 0.0f, n);
  for (int64_t row = 0; row < rows; row++, x += n, gradient += n, result += n) {
    const float *g = gradient;
    float middle = mean[row], factor = inverse[row], sum, product;
    ROW_SUM(sum, g[i] * weight[i])
    ROW_SUM(product, g[i] * weight[i] * (x[i] - middle))
    float c = -sum / (float)n, b = -product * factor * factor / (float)n;
    LZ_VECTORIZE for (int64_t i = 0; i < n; i++) {
      float distance = x[i] - middle;
      of_weight[i] += g[i] * distance * factor;
      of_bias[i] += g[i];
      result[i] = factor * (g[i] * weight[i] + b * distance + c);
    }
  }
}
