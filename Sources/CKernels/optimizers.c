#include "include/optimizers.h"

#include <stddef.h>

#include "vector_math.h"

LZ_CLONES
void lz_adam(
    const lz_adam_settings *settings, const float *rates, const float *scale, float *parameter, const float *gradient,
    float *mean, float *variance, int64_t begin, int64_t end) {
  const float beta1 = settings->beta1, beta2 = settings->beta2, epsilon = settings->epsilon;
  const float decay = settings->weight_decay, factor = scale ? *scale : 1.0f;
  const float step = rates[0] / rates[1], correction = 1.0f / rates[2];
  const float keep = 1.0f - rates[0] * settings->decoupled_decay;
  LZ_VECTORIZE for (int64_t i = begin; i < end; i++) {
    float p = parameter[i];
    float g = gradient[i] * factor + decay * p;
    float m = beta1 * mean[i] + (1.0f - beta1) * g;
    float v = beta2 * variance[i] + (1.0f - beta2) * g * g;
    mean[i] = m;
    variance[i] = v;
    parameter[i] = keep * p - step * m / (lz_sqrt(v) * correction + epsilon);
  }
}

LZ_CLONES
void lz_sgd(
    const lz_sgd_settings *settings, const float *rates, const float *scale, float *parameter, const float *gradient,
    float *velocity, int64_t begin, int64_t end) {
  const float rate = rates[0], decay = settings->weight_decay, factor = scale ? *scale : 1.0f;
  if (velocity == NULL) {
    LZ_VECTORIZE for (int64_t i = begin; i < end; i++)
      parameter[i] -= rate * (gradient[i] * factor + decay * parameter[i]);
    return;
  }
  const float momentum = settings->momentum;
  const float ahead = settings->nesterov ? momentum : 1.0f;
  const float direct = settings->nesterov ? 1.0f : 0.0f;
  LZ_VECTORIZE for (int64_t i = begin; i < end; i++) {
    float g = gradient[i] * factor + decay * parameter[i];
    float v = momentum * velocity[i] + g;
    velocity[i] = v;
    parameter[i] -= rate * (direct * g + ahead * v);
  }
}
