/// One fused pass over parameters, gradients and moments.
#pragma once
#include <stdint.h>

typedef struct {
  float beta1, beta2, epsilon;
  float weight_decay;  ///< added to the gradient (L2)
  float decoupled_decay;  ///< taken off the parameter (AdamW), times the learning rate
} lz_adam_settings;

/// Adam (Kingma and Ba 2015) with PyTorch's rounding of the bias corrections.
///
/// @param rates learning rate, 1 - beta1^t, sqrt(1 - beta2^t) of this step
/// @param scale factor of the gradient (clipping), or NULL
void lz_adam(
    const lz_adam_settings *settings, const float *rates, const float *scale, float *parameter, const float *gradient,
    float *mean, float *variance, int64_t begin, int64_t end);

typedef struct {
  float momentum, weight_decay;
  int32_t nesterov;
} lz_sgd_settings;

/// Stochastic gradient descent with PyTorch's momentum.
///
/// @param velocity NULL without momentum
void lz_sgd(
    const lz_sgd_settings *settings, const float *rates, const float *scale, float *parameter, const float *gradient,
    float *velocity, int64_t begin, int64_t end);
