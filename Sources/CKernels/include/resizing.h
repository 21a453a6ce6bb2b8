/// Images of another size, channels fastest: each number of the result is taken from one or two rows and columns.
#pragma once
#include <stdint.h>

/// Where one row or column of the result comes from.
typedef struct {
  int32_t first, second;
  float first_weight, second_weight;
} lz_tap;

typedef struct {
  int64_t height, width;  ///< of the given images
  int64_t result_height, result_width;
  int64_t channels;
  int32_t is_linear;  ///< otherwise the first row and column of each tap are copied
} lz_resize_shape;

/// Resizes `count` images.
///
/// @param rows, columns a tap for each row and column of the result
/// @param scratch `width` x `channels` floats
void lz_resize(
    const lz_resize_shape *shape, const lz_tap *rows, const lz_tap *columns, const float *images, float *result,
    int64_t count, float *scratch);

/// Adds up, for each number of the images, the gradients of what it went into.
void lz_resize_gradient(
    const lz_resize_shape *shape, const lz_tap *rows, const lz_tap *columns, const float *gradient, float *result,
    int64_t count, float *scratch);
