/// Rows picked by index. Indices are whole numbers stored as float32; a function that meets another number, or one out of
/// range, gives `LZ_INDEX_OUT_OF_RANGE` and leaves alone what that index would have touched.
#pragma once
#include <stdint.h>

enum { LZ_INDEX_OUT_OF_RANGE = -1 };

/// result[o, j, :] = source[o, indices[j], :] for `o` in `outer_begin..<outer_end` and `j` in `begin..<end`.
///
/// @param count, inner   `source` is outer x count x inner
/// @param index_count    `result` is outer x index_count x inner
int32_t lz_gather(
    const float *source, const float *indices, float *result, int64_t count, int64_t inner, int64_t index_count,
    int64_t outer_begin, int64_t outer_end, int64_t begin, int64_t end);

/// result[o, i, :] = the sum of source[o, j, :] over all j with indices[j] = i, in order, for `o` in
/// `outer_begin..<outer_end` and `i` in `begin..<end`.
///
/// @param skipped an index that adds nothing; NaN for none
int32_t lz_scatter_add(
    const float *source, const float *indices, float *result, int64_t count, int64_t inner, int64_t index_count,
    int64_t outer_begin, int64_t outer_end, int64_t begin, int64_t end, float skipped);

/// Groups the indices that fall on rows `begin..<end` by blocks of `height` rows, each group in order: those of block b are
/// order[starts[b]] ..< order[starts[b + 1]].
///
/// @param starts one number more than there are blocks
/// @param order  room for `index_count` numbers
int32_t lz_group_indices(
    const float *indices, int64_t index_count, int64_t count, int64_t begin, int64_t end, int64_t height, float skipped,
    int32_t *starts, int32_t *order);

/// Sums one group of rows: result[indices[j] - first, :] += source[j, :] for each of `order`, after zeroing `rows` rows.
void lz_scatter_group(
    const float *source, const float *indices, const int32_t *order, int64_t order_count, float *result, int64_t first,
    int64_t rows, int64_t inner);

/// result[j, :] = 0 but for a 1 at indices[j], for `j` in `begin..<end`.
int32_t lz_one_hot(const float *indices, float *result, int64_t count, int64_t begin, int64_t end);
