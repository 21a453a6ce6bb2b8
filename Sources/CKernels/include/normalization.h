/// Normalisation over matrices `rows` x `channels`, channel by channel, and over rows.
///
/// Means and squares are taken in two passes over blocks that stay in the cache, and blocks merged by the formula of Chan,
/// Golub and LeVeque (1979), so that numbers far from 0 keep their digits.
#pragma once
#include <stdint.h>

/// Floats of scratch memory that the functions on `channels` take.
static inline int64_t lz_channel_scratch(int64_t channels) { return 4 * (channels < 128 ? 128 : channels); }

/// The mean of each channel, and the sum of the squared distances from it; both 0 without rows.
void lz_channel_statistics(
    const float *x, int64_t rows, int64_t channels, float *mean, float *squares, float *scratch);

/// y = (x - mean) * scale + offset, then 0 where that is negative if `rectified`.
void lz_normalize_channels(
    const float *x, float *y, int64_t rows, int64_t channels, const float *mean, const float *scale,
    const float *offset, int32_t rectified);

/// For each channel the sum of the gradients, and that of gradient * (x - mean) * inverse.
void lz_channel_gradient_sums(
    const float *x, const float *gradient, int64_t rows, int64_t channels, const float *mean, const float *inverse,
    float *sums, float *products, float *scratch);

/// result = a * gradient + b * (x - mean) + c
void lz_channel_gradient(
    const float *x, const float *gradient, float *result, int64_t rows, int64_t channels, const float *mean,
    const float *a, const float *b, const float *c);

// MARK: Batches: the statistics of a channel over all images

/// Mean and variance of all images from the statistics of parts of them, for channels `begin..<end`.
///
/// Part `i` holds images `images * i / parts ..< images * (i + 1) / parts`.
///
/// @param statistics for each part the means, then the squares, of all channels
/// @param places rows of an image
void lz_merge_statistics(
    const float *statistics, int64_t parts, int64_t images, int64_t places, int64_t channels, int64_t begin,
    int64_t end, float *mean, float *variance);

/// inverse = 1 / sqrt(variance + epsilon), scale = inverse * weight
void lz_inverse_deviation(
    const float *variance, const float *weight, float epsilon, int64_t channels, float *inverse, float *scale);

/// The factors that `lz_channel_gradient` takes, in place of scale, products and sums.
///
/// @param scale    inverse * weight on entry
/// @param products sums of gradient * (x - mean) * inverse on entry
/// @param sums     sums of the gradients on entry
/// @param count    numbers in a channel
void lz_batch_gradient_factors(
    const float *inverse, float *scale, float *products, float *sums, int64_t count, int64_t channels);

// MARK: Groups: the statistics of an image over some of its channels

/// Floats of scratch memory that the functions on groups take.
static inline int64_t lz_group_scratch(int64_t channels) { return lz_channel_scratch(channels) + 5 * channels; }

typedef struct {
  int64_t places, channels, groups;
  float epsilon;
  int32_t rectified;
} lz_group_shape;

/// Normalises `images` images of `places` x `channels`, each group of channels by itself.
///
/// @param mean, inverse for each image and group the mean and 1 / deviation
void lz_group_normalize(
    const lz_group_shape *shape, const float *x, float *y, int64_t images, const float *weight, const float *bias,
    float *mean, float *inverse, float *scratch);

/// The gradients of that: by the images, and for each image by weight and bias.
void lz_group_gradient(
    const lz_group_shape *shape, const float *x, const float *gradient, float *result, int64_t images,
    const float *weight, const float *mean, const float *inverse, float *of_weight, float *of_bias, float *scratch);

// MARK: Layers: the statistics of a row

/// y = (x - mean of the row) * inverse deviation of the row * weight + bias
void lz_layer_normalize(
    const float *x, float *y, int64_t rows, int64_t features, const float *weight, const float *bias, float epsilon,
    float *mean, float *inverse);

/// The gradients of that: by the rows, and by weight and bias summed over these rows.
void lz_layer_gradient(
    const float *x, const float *gradient, float *result, int64_t rows, int64_t features, const float *weight,
    const float *mean, const float *inverse, float *of_weight, float *of_bias);
