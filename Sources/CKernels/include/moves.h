/// Boxes of elements moved from one place to another: joining, slicing and padding.
#pragma once
#include <stdint.h>

/// Moves a box of `rank` axes, element by element: `result[i . to] = source[i . from]` for every index below `counts`.
///
/// @param from, to elements between neighbours along each axis; 0 repeats a source element, or sums into a result's
/// @param adds     whether elements are added to what is there
void lz_move_box(
    const float *source, float *result, int32_t rank, const int64_t *counts, const int64_t *from, const int64_t *to,
    int32_t adds);

/// Fills with one number.
void lz_fill(float *result, float value, int64_t count);
