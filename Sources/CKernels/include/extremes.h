/// Greatest and least elements, their places, and products, over one axis. NaN goes through, as in PyTorch.
#pragma once
#include <stdint.h>

typedef enum { LZ_FOLD_MAX, LZ_FOLD_MIN, LZ_FOLD_PRODUCT } lz_fold;

/// result[o, i] = the fold over m of source[o, m, i], for `o` in `begin..<end` and `i` in `first..<last`.
///
/// Over nothing the greatest is minus infinity, the least infinity and the product 1.
///
/// @param middle, inner extents of the folded axis and of what lies inside it
void lz_fold_middle(
    lz_fold fold, const float *source, float *result, int64_t middle, int64_t inner, int64_t begin, int64_t end,
    int64_t first, int64_t last);

/// result[o, i] = the first m at which source[o, m, i] is greatest, or least; a NaN counts as either.
void lz_arg_middle(
    lz_fold fold, const float *source, float *result, int64_t middle, int64_t inner, int64_t begin, int64_t end,
    int64_t first, int64_t last);
