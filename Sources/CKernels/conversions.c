#include "include/conversions.h"

#include "clones.h"

LZ_CLONES
void lz_scale_bytes(const uint8_t *source, float *result, int64_t count, float divisor) {
  LZ_VECTORIZE for (int64_t i = 0; i < count; i++) result[i] = (float)source[i] / divisor;
}
