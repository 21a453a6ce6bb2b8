#include "include/pooling.h"

#include "clones.h"

enum { BLOCK = 16 };  // channels at a time: what is known of a window then stays in registers

/// The places of a window inside the image, and elements from one to the next.
typedef struct {
  int64_t first, rows, columns, row_step, column_step;
} window_t;

LZ_INLINE window_t window_at(const lz_windows *s, int64_t y, int64_t x) {
  int64_t top = y * s->stride_y - s->padding_y, left = x * s->stride_x - s->padding_x;
  int64_t bottom = top + s->kernel_height, right = left + s->kernel_width;
  if (bottom > s->image_height) bottom = s->image_height;
  if (right > s->image_width) right = s->image_width;
  if (top < 0) top = 0;
  if (left < 0) left = 0;
  return (window_t){
      .first = (top * s->image_width + left) * s->channels,
      .rows = bottom - top,
      .columns = right - left,
      .row_step = s->image_width * s->channels,
      .column_step = s->channels};
}

/// Whether a number takes the place of the greatest so far: a NaN always does.
LZ_INLINE int beats(float a, float best) { return (a > best) | (a != a); }

LZ_INLINE void max_block(window_t w, const float *image, float *result, int n) {
  float best[BLOCK];
  for (int i = 0; i < n; i++) best[i] = image[i];
  for (int64_t y = 0; y < w.rows; y++)
    for (int64_t x = 0; x < w.columns; x++) {
      const float *a = image + y * w.row_step + x * w.column_step;
      for (int i = 0; i < n; i++) best[i] = beats(a[i], best[i]) ? a[i] : best[i];
    }
  for (int i = 0; i < n; i++) result[i] = best[i];
}

LZ_INLINE void max_gradient_block(window_t w, const float *image, const float *gradient, float *result, int n) {
  float best[BLOCK];
  int32_t place[BLOCK];
  for (int i = 0; i < n; i++) best[i] = image[i];
  for (int i = 0; i < n; i++) place[i] = 0;
  for (int64_t y = 0; y < w.rows; y++)
    for (int64_t x = 0; x < w.columns; x++) {
      int32_t here = (int32_t)(y * w.row_step + x * w.column_step);
      const float *a = image + here;
      for (int i = 0; i < n; i++) place[i] = beats(a[i], best[i]) ? here : place[i];
      for (int i = 0; i < n; i++) best[i] = beats(a[i], best[i]) ? a[i] : best[i];
    }
  if (n == 1) {
    result[place[0]] += gradient[0];
    return;
  }
  for (int64_t y = 0; y < w.rows; y++)
    for (int64_t x = 0; x < w.columns; x++) {
      int32_t here = (int32_t)(y * w.row_step + x * w.column_step);
      float *a = result + here;
      for (int i = 0; i < n; i++) a[i] += place[i] == here ? gradient[i] : 0.0f;
    }
}

LZ_INLINE void mean_block(window_t w, const float *image, float *result, float size, int n) {
  float sum[BLOCK] = {0};
  for (int64_t y = 0; y < w.rows; y++)
    for (int64_t x = 0; x < w.columns; x++) {
      const float *a = image + y * w.row_step + x * w.column_step;
      for (int i = 0; i < n; i++) sum[i] += a[i];
    }
  for (int i = 0; i < n; i++) result[i] = sum[i] / size;
}

LZ_INLINE void mean_gradient_block(window_t w, const float *gradient, float *result, float size, int n) {
  float share[BLOCK];
  for (int i = 0; i < n; i++) share[i] = gradient[i] / size;
  for (int64_t y = 0; y < w.rows; y++)
    for (int64_t x = 0; x < w.columns; x++) {
      float *a = result + y * w.row_step + x * w.column_step;
      for (int i = 0; i < n; i++) a[i] += share[i];
    }
}

/// Does the same for every window of an image, `BLOCK` channels at a time, or what is left of them. `c` counts channels,
/// `at` is the window's place among the results, `w.first` that of its first number in the image.
#define FOR_EACH_WINDOW(BODY)                                \
  for (int64_t y = 0, at = 0; y < s->height; y++)            \
    for (int64_t x = 0; x < s->width; x++, at += s->channels) { \
      window_t w = window_at(s, y, x);                       \
      int64_t c = 0;                                         \
      for (; c + BLOCK <= s->channels; c += BLOCK) BODY(BLOCK); \
      for (; c + 4 <= s->channels; c += 4) BODY(4);          \
      for (; c < s->channels; c++) BODY(1);                  \
    }

LZ_INLINE int64_t image_size(const lz_windows *s) { return s->image_height * s->image_width * s->channels; }
LZ_INLINE int64_t result_size(const lz_windows *s) { return s->height * s->width * s->channels; }

LZ_INLINE void clear(float *image, int64_t n) {
  LZ_VECTORIZE for (int64_t i = 0; i < n; i++) image[i] = 0.0f;
}

LZ_CLONES
void lz_max_pool(const lz_windows *s, const float *images, float *result, int64_t count) {
#define BODY(N) max_block(w, images + w.first + c, result + at + c, N)
  for (int64_t n = 0; n < count; n++, images += image_size(s), result += result_size(s)) FOR_EACH_WINDOW(BODY)
#undef BODY
}

LZ_CLONES
void lz_max_pool_gradient(
    const lz_windows *s, const float *images, const float *gradient, float *result, int64_t count) {
#define BODY(N) max_gradient_block(w, images + w.first + c, gradient + at + c, result + w.first + c, N)
  for (int64_t n = 0; n < count; n++, images += image_size(s), gradient += result_size(s), result += image_size(s)) {
    clear(result, image_size(s));
    FOR_EACH_WINDOW(BODY)
  }
#undef BODY
}

LZ_CLONES
void lz_average_pool(const lz_windows *s, const float *images, float *result, int64_t count) {
  float size = (float)(s->kernel_height * s->kernel_width);
#define BODY(N) mean_block(w, images + w.first + c, result + at + c, size, N)
  for (int64_t n = 0; n < count; n++, images += image_size(s), result += result_size(s)) FOR_EACH_WINDOW(BODY)
#undef BODY
}

LZ_CLONES
void lz_average_pool_gradient(const lz_windows *s, const float *gradient, float *result, int64_t count) {
  float size = (float)(s->kernel_height * s->kernel_width);
#define BODY(N) mean_gradient_block(w, gradient + at + c, result + w.first + c, size, N)
  for (int64_t n = 0; n < count; n++, gradient += result_size(s), result += image_size(s)) {
    clear(result, image_size(s));
    FOR_EACH_WINDOW(BODY)
  }
#undef BODY
}
