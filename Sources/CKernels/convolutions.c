#include "include/convolutions.h"

#include "clones.h"

enum { TILE = 512 };

LZ_CLONES
void lz_add_bias(float *values, const float *bias, int64_t rows, int64_t channels, int32_t rectified) {
  float tile[TILE];
  // A narrow bias is repeated, so that a step of the loop fills a vector.
  int64_t repeats = channels <= TILE / 2 ? TILE / channels : 1;
  int64_t width = channels <= TILE / 2 ? repeats * channels : channels;
  const float *offsets = bias;
  if (channels <= TILE / 2) {
    for (int64_t i = 0; i < width; i++) tile[i] = bias ? bias[i % channels] : 0.0f;
    offsets = tile;
  }
  int64_t total = rows * channels;
  for (int64_t begin = 0; begin < total; begin += width) {
    int64_t n = total - begin < width ? total - begin : width;
    float *v = values + begin;
    if (offsets && rectified) {
      LZ_VECTORIZE for (int64_t i = 0; i < n; i++) {
        float x = v[i] + offsets[i];
        v[i] = x < 0.0f ? 0.0f : x;
      }
    } else if (offsets) {
      LZ_VECTORIZE for (int64_t i = 0; i < n; i++) v[i] += offsets[i];
    } else if (rectified) {
      LZ_VECTORIZE for (int64_t i = 0; i < n; i++) v[i] = v[i] < 0.0f ? 0.0f : v[i];
    }
  }
}

LZ_CLONES
void lz_gather_windows(const lz_windows *s, const float *images, float *windows, int64_t count) {
  int64_t line = s->kernel_width * s->channels, width = s->image_width * s->channels;
  for (int64_t n = 0; n < count; n++)
    for (int64_t y = 0; y < s->height; y++)
      for (int64_t x = 0; x < s->width; x++) {
        // A window's line lies in one piece, clipped at both edges of the image.
        int64_t left = (x * s->stride_x - s->padding_x) * s->channels;
        int64_t first = left < 0 ? -left : 0, end = width - left < line ? width - left : line;
        if (first > line) first = line;
        if (end < first) end = first;
        for (int64_t ky = 0; ky < s->kernel_height; ky++, windows += line) {
          int64_t row = y * s->stride_y - s->padding_y + ky;
          if (row < 0 || row >= s->image_height) {
            LZ_VECTORIZE for (int64_t i = 0; i < line; i++) windows[i] = 0.0f;
            continue;
          }
          const float *from = images + (n * s->image_height + row) * width;
          for (int64_t i = 0; i < first; i++) windows[i] = 0.0f;
          LZ_VECTORIZE for (int64_t i = first; i < end; i++) windows[i] = from[left + i];
          for (int64_t i = end; i < line; i++) windows[i] = 0.0f;
        }
      }
}

LZ_INLINE void scatter_image(const lz_windows *s, const float *windows, float *image) {
  int64_t line = s->kernel_width * s->channels;
  for (int64_t y = 0; y < s->height; y++)
    for (int64_t ky = 0; ky < s->kernel_height; ky++) {
      int64_t row = y * s->stride_y - s->padding_y + ky;
      if (row < 0 || row >= s->image_height) continue;
      float *to = image + row * s->image_width * s->channels;
      const float *from = windows + (y * s->width * s->kernel_height + ky) * line;
      for (int64_t x = 0; x < s->width; x++, from += s->kernel_height * line) {
        // A window's line lies in one piece, clipped at both edges of the image.
        int64_t left = (x * s->stride_x - s->padding_x) * s->channels;
        int64_t first = left < 0 ? -left : 0;
        int64_t end = s->image_width * s->channels - left;
        if (end > line) end = line;
        for (int64_t i = first; i < end; i++) to[left + i] += from[i];
      }
    }
}

LZ_CLONES
void lz_scatter_windows(
    const lz_windows *s, const float *windows, float *images, const float *bias, int64_t count, int32_t rectified) {
  int64_t pixels = s->image_height * s->image_width, size = pixels * s->channels;
  int64_t step = s->height * s->width * s->kernel_height * s->kernel_width * s->channels;
  for (int64_t n = 0; n < count; n++) {
    float *image = images + n * size;
    for (int64_t p = 0; p < pixels; p++)
      for (int64_t c = 0; c < s->channels; c++) image[p * s->channels + c] = bias ? bias[c] : 0.0f;
    scatter_image(s, windows + n * step, image);
    if (rectified) LZ_VECTORIZE for (int64_t i = 0; i < size; i++) image[i] = image[i] < 0.0f ? 0.0f : image[i];
  }
}
