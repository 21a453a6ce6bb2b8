#include "include/resizing.h"

#include "clones.h"

/// A row of the result from a row of the image.
LZ_INLINE void copy_columns(const lz_resize_shape *s, const lz_tap *columns, const float *row, float *result) {
  for (int64_t x = 0; x < s->result_width; x++) {
    const float *from = row + columns[x].first * s->channels;
    float *to = result + x * s->channels;
    LZ_VECTORIZE for (int64_t c = 0; c < s->channels; c++) to[c] = from[c];
  }
}

LZ_INLINE void mix_columns(const lz_resize_shape *s, const lz_tap *columns, const float *row, float *result) {
  for (int64_t x = 0; x < s->result_width; x++) {
    lz_tap tap = columns[x];
    const float *a = row + tap.first * s->channels, *b = row + tap.second * s->channels;
    float *to = result + x * s->channels;
    LZ_VECTORIZE for (int64_t c = 0; c < s->channels; c++) to[c] = tap.first_weight * a[c] + tap.second_weight * b[c];
  }
}

LZ_CLONES
void lz_resize(
    const lz_resize_shape *s, const lz_tap *rows, const lz_tap *columns, const float *images, float *result,
    int64_t count, float *scratch) {
  int64_t width = s->width * s->channels, size = s->height * width;
  for (int64_t n = 0; n < count; n++, images += size)
    for (int64_t y = 0; y < s->result_height; y++, result += s->result_width * s->channels) {
      lz_tap tap = rows[y];
      const float *a = images + tap.first * width, *b = images + tap.second * width;
      if (s->is_linear) {
        LZ_VECTORIZE for (int64_t i = 0; i < width; i++) scratch[i] = tap.first_weight * a[i] + tap.second_weight * b[i];
        mix_columns(s, columns, scratch, result);
      } else {
        copy_columns(s, columns, a, result);
      }
    }
}

LZ_INLINE void add_columns(const lz_resize_shape *s, const lz_tap *columns, const float *gradient, float *row) {
  for (int64_t x = 0; x < s->result_width; x++) {
    const float *from = gradient + x * s->channels;
    float *to = row + columns[x].first * s->channels;
    LZ_VECTORIZE for (int64_t c = 0; c < s->channels; c++) to[c] += from[c];
  }
}

LZ_INLINE void add_mixed_columns(const lz_resize_shape *s, const lz_tap *columns, const float *gradient, float *row) {
  for (int64_t x = 0; x < s->result_width; x++) {
    lz_tap tap = columns[x];
    const float *from = gradient + x * s->channels;
    float *a = row + tap.first * s->channels, *b = row + tap.second * s->channels;
    LZ_VECTORIZE for (int64_t c = 0; c < s->channels; c++) a[c] += tap.first_weight * from[c];
    LZ_VECTORIZE for (int64_t c = 0; c < s->channels; c++) b[c] += tap.second_weight * from[c];
  }
}

LZ_CLONES
void lz_resize_gradient(
    const lz_resize_shape *s, const lz_tap *rows, const lz_tap *columns, const float *gradient, float *result,
    int64_t count, float *scratch) {
  int64_t width = s->width * s->channels, size = s->height * width;
  for (int64_t n = 0; n < count; n++, result += size) {
    LZ_VECTORIZE for (int64_t i = 0; i < size; i++) result[i] = 0.0f;
    for (int64_t y = 0; y < s->result_height; y++, gradient += s->result_width * s->channels) {
      lz_tap tap = rows[y];
      float *a = result + tap.first * width, *b = result + tap.second * width;
      if (s->is_linear) {
        LZ_VECTORIZE for (int64_t i = 0; i < width; i++) scratch[i] = 0.0f;
        add_mixed_columns(s, columns, gradient, scratch);
        LZ_VECTORIZE for (int64_t i = 0; i < width; i++) a[i] += tap.first_weight * scratch[i];
        LZ_VECTORIZE for (int64_t i = 0; i < width; i++) b[i] += tap.second_weight * scratch[i];
      } else {
        add_columns(s, columns, gradient, a);
      }
    }
  }
}
