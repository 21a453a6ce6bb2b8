/// From the types data is stored in to float32.
#pragma once
#include <stdint.h>

/// result[i] = source[i] / divisor, correctly rounded.
void lz_scale_bytes(const uint8_t *source, float *result, int64_t count, float divisor);
