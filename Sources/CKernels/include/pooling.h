/// Windows over images, each reduced to one number a channel, and their gradients; channels fastest throughout.
///
/// Every function works on `count` images that lie one after the other. Windows may reach beside the image, but each
/// has at least one place inside.
#pragma once
#include <stdint.h>

#include "convolutions.h"

/// The greatest number of each window. A NaN in a window goes through, as in PyTorch.
void lz_max_pool(const lz_windows *shape, const float *images, float *result, int64_t count);

/// Gives each window's gradient to its greatest number, the first of several in the order of rows and columns.
void lz_max_pool_gradient(
    const lz_windows *shape, const float *images, const float *gradient, float *result, int64_t count);

/// The mean of each window, in which places beside the image count as 0.
void lz_average_pool(const lz_windows *shape, const float *images, float *result, int64_t count);

/// Gives each place of a window its share of the window's gradient.
void lz_average_pool_gradient(const lz_windows *shape, const float *gradient, float *result, int64_t count);
