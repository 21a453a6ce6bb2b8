/// What goes around a convolution: bias, rectifier, and windows added up.
#pragma once
#include <stdint.h>

/// Adds a row to each of `rows` rows in place, and sets what is then negative to 0 if `rectified`.
///
/// @param bias `channels` numbers, or NULL
void lz_add_bias(float *values, const float *bias, int64_t rows, int64_t channels, int32_t rectified);

/// Windows over an image, all with the channels fastest.
typedef struct {
  int64_t image_height, image_width, channels;
  int64_t height, width;  ///< number of windows
  int64_t kernel_height, kernel_width;
  int64_t stride_y, stride_x;
  int64_t padding_y, padding_x;  ///< zeros around the image, which windows reach into
} lz_windows;

/// Writes out the windows of `count` images, zeros where they reach beyond.
///
/// @param windows `count` x height x width x kernel_height x kernel_width x channels
void lz_gather_windows(const lz_windows *shape, const float *images, float *windows, int64_t count);

/// images[n] = bias + the sum of the windows, each at its place; what falls beside the image is lost.
///
/// @param windows `count` x height x width x kernel_height x kernel_width x channels
void lz_scatter_windows(
    const lz_windows *shape, const float *windows, float *images, const float *bias, int64_t count, int32_t rectified);
