/// Softmax, its logarithm and cross-entropy; stable for logits of any size.
#pragma once
#include <stdint.h>

/// Softmax over the middle axis, for outer places `begin..<end`; with `is_log` its logarithm.
///
/// @param middle, inner extents of the axis and of what lies inside it
void lz_softmax(
    const float *source, float *result, int64_t middle, int64_t inner, int64_t begin, int64_t end, int32_t is_log);

/// The gradient by the source of `lz_softmax`, from its result `y` and the gradient `g` of that; `result` may be either.
void lz_softmax_gradient(
    const float *y, const float *g, float *result, int64_t middle, int64_t inner, int64_t begin, int64_t end,
    int32_t is_log);

typedef struct {
  float smoothing;  ///< probability that is spread over all classes
  float ignored;    ///< a label whose row has no loss; NaN for none
} lz_cross_entropy_settings;

/// Cross-entropy between labels and the softmax of logits, row by row, each read once.
///
/// @param log_sums the logarithm of each row's sum of exponentials, for the gradient
/// @return `LZ_INDEX_OUT_OF_RANGE` where a label is no whole number below `columns`
int32_t lz_cross_entropy(
    const lz_cross_entropy_settings *settings, const float *logits, const float *labels, float *losses,
    float *log_sums, int64_t columns, int64_t begin, int64_t end);

/// The gradient by the logits: softmax minus target, times the gradient of the row's loss; `result` may be the logits.
int32_t lz_cross_entropy_gradient(
    const lz_cross_entropy_settings *settings, const float *logits, const float *labels, const float *log_sums,
    const float *upstream, float *result, int64_t columns, int64_t begin, int64_t end);
