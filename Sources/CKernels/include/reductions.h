/// Sums over one axis.
#pragma once
#include <stdint.h>

/// result[o, i] = sum over m of source[o, m, i], for `o` in `begin..<end`.
///
/// @param middle, inner extents of the summed axis and of what lies inside it
void lz_sum_middle(
    const float *source, float *result, int64_t middle, int64_t inner, int64_t begin, int64_t end);

/// result[c] = sum over rows of source[row, c], for `c` in `begin..<end`: a worker's own columns.
void lz_sum_columns(
    const float *source, float *result, int64_t rows, int64_t columns, int64_t begin, int64_t end);
