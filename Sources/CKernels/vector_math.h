/// Elementary functions on float32 that vectorise: no branches, no calls, no tables.
///
/// Polynomials after Cephes (S. Moshier, single precision). Errors against `double`, in units in the last place, are
/// asserted by the tests. NaN goes through; infinities give the limits.
#pragma once
#include <stdint.h>

#include "clones.h"

LZ_INLINE float lz_from_bits(int32_t bits) { return __builtin_bit_cast(float, bits); }
LZ_INLINE int32_t lz_to_bits(float x) { return __builtin_bit_cast(int32_t, x); }
LZ_INLINE float lz_sqrt(float x) { return __builtin_elementwise_sqrt(x); }
LZ_INLINE float lz_abs(float x) { return __builtin_elementwise_abs(x); }

/// exp(x) / 2^n, where `n` is x / log(2) rounded to a whole number.
LZ_INLINE float lz_exp_fraction(float x, float n) {
  float r = x - n * 0.693359375f;
  r = r + n * 2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  return p * r * r + r + 1.0f;
}

LZ_INLINE float lz_exp(float x) {
  const float magic = 12582912.0f;  // 1.5 x 2^23: adding it rounds to an integer
  float clamped = x < -104.0f ? -104.0f : x;
  clamped = clamped > 89.0f ? 89.0f : clamped;
  float shifted = clamped * 1.44269504088896341f + magic;
  float p = lz_exp_fraction(clamped, shifted - magic);
  int32_t whole = lz_to_bits(shifted) - lz_to_bits(magic);
  int32_t half = whole >> 1;
  // 2^n in two factors, so that subnormal results and the last octave come out right.
  float low = lz_from_bits((int32_t)((uint32_t)(half + 127) << 23));
  float high = lz_from_bits((int32_t)((uint32_t)(whole - half + 127) << 23));
  return p * low * high;
}

/// exp(x) for x of at most a few units, without what only large results need; below the least normal number it is 0.
LZ_INLINE float lz_exp_falling(float x) {
  const float magic = 12582912.0f;
  float shifted = x * 1.44269504088896341f + magic;
  float p = lz_exp_fraction(x, shifted - magic);
  // Of the shifted number's bits the low ones are n; the others leave at the top.
  float scale = lz_from_bits((int32_t)((uint32_t)(lz_to_bits(shifted) + 127) << 23));
  return x < -87.0f ? 0.0f : p * scale;
}

LZ_INLINE float lz_log(float x) {
  const float smallest_normal = 1.17549435e-38f;
  int tiny = x < smallest_normal;
  float scaled = tiny ? x * 8388608.0f : x;
  int32_t bits = lz_to_bits(scaled);
  int32_t offset = bits - 0x3f3504f3;  // the bits of sqrt(1/2)
  int32_t exponent = offset >> 23;
  float m = lz_from_bits(bits - (int32_t)((uint32_t)exponent << 23)) - 1.0f;
  float e = (float)exponent - (tiny ? 23.0f : 0.0f);
  float z = m * m;
  float p = 7.0376836292e-2f;
  p = p * m - 1.1514610310e-1f;
  p = p * m + 1.1676998740e-1f;
  p = p * m - 1.2420140846e-1f;
  p = p * m + 1.4249322787e-1f;
  p = p * m - 1.6668057665e-1f;
  p = p * m + 2.0000714765e-1f;
  p = p * m - 2.4999993993e-1f;
  p = p * m + 3.3333331174e-1f;
  float y = p * m * z - 2.12194440e-4f * e - 0.5f * z;
  float result = m + y + 0.693359375f * e;
  result = x == 0.0f ? -__builtin_inff() : result;
  result = x < 0.0f ? __builtin_nanf("") : result;
  return x < __builtin_inff() ? result : x;  // infinity and NaN
}

/// log(1 + x) for x in [0, 1].
LZ_INLINE float lz_log1p_unit(float x) {
  float u = 1.0f + x;
  return lz_log(u) - ((u - 1.0f) - x) / u;
}

LZ_INLINE float lz_sigmoid(float x) { return 1.0f / (1.0f + lz_exp(-x)); }

/// log(1 + exp(x)) without overflow.
LZ_INLINE float lz_softplus(float x) {
  float positive = x < 0.0f ? 0.0f : x;
  return positive + lz_log1p_unit(lz_exp(-lz_abs(x)));
}

LZ_INLINE float lz_tanh(float x) {
  float a = lz_abs(x);
  float z = x * x;
  float p = -5.70498872745e-3f;
  p = p * z + 2.06390887954e-2f;
  p = p * z - 5.37397155531e-2f;
  p = p * z + 1.33314422036e-1f;
  p = p * z - 3.33332819422e-1f;
  float small = p * z * x + x;
  float large = 1.0f - 2.0f / (lz_exp(2.0f * a) + 1.0f);
  large = x < 0.0f ? -large : large;
  return a < 0.625f ? small : large;
}

LZ_INLINE float lz_erf(float x) {
  float a = lz_abs(x);
  float z = x * x;
  float p = 7.853861353153693e-5f;
  p = p * z - 8.010193625184903e-4f;
  p = p * z + 5.188327685732524e-3f;
  p = p * z - 2.685381193529856e-2f;
  p = p * z + 1.128358514861418e-1f;
  p = p * z - 3.761262582423300e-1f;
  p = p * z + 1.128379165726710f;
  float small = p * x;
  // Complement by a Chebyshev fit in 1 / (1 + a / 2) (Press et al., Numerical Recipes).
  float t = 1.0f / (1.0f + 0.5f * a);
  float q = 0.17087277f;
  q = q * t - 0.82215223f;
  q = q * t + 1.48851587f;
  q = q * t - 1.13520398f;
  q = q * t + 0.27886807f;
  q = q * t - 0.18628806f;
  q = q * t + 0.09678418f;
  q = q * t + 0.37409196f;
  q = q * t + 1.00002368f;
  q = q * t - 1.26551223f;
  float large = 1.0f - t * lz_exp(q - z);
  large = x < 0.0f ? -large : large;
  return a < 1.0f ? small : large;
}

/// Sine and cosine of r in [-pi/4, pi/4].
LZ_INLINE float lz_sin_eighth(float r) {
  float z = r * r;
  float p = -1.9515295891e-4f;
  p = p * z + 8.3321608736e-3f;
  p = p * z - 1.6666654611e-1f;
  return p * z * r + r;
}

LZ_INLINE float lz_cos_eighth(float r) {
  float z = r * r;
  float p = 2.443315711809948e-5f;
  p = p * z - 1.388731625493765e-3f;
  p = p * z + 4.166664568298827e-2f;
  return p * z * z - 0.5f * z + 1.0f;
}

/// sin(x + quadrants * pi / 2) for |x| of at most 2^28, NaN beyond.
LZ_INLINE float lz_sin_quadrants(float x, int64_t quadrants) {
  const double magic = 6755399441055744.0;  // 1.5 x 2^52: adding it rounds to an integer
  double shifted = (double)x * 0.636619772367581343 + magic;
  double n = shifted - magic;
  // pi / 2 in two parts: n times the first, which has 25 bits, is exact.
  float r = (float)(((double)x - n * 1.57079631090164184570) - n * 1.58932547735281966916e-8);
  int64_t q = (__builtin_bit_cast(int64_t, shifted) + quadrants) & 3;
  float y = (q & 1) ? lz_cos_eighth(r) : lz_sin_eighth(r);
  y = (q & 2) ? -y : y;
  return lz_abs(x) <= 268435456.0f ? y : __builtin_nanf("");
}

/// The cosine and sine of `turns` full turns, for turns in [0, 1].
LZ_INLINE void lz_cos_sin_turns(float turns, float *cosine, float *sine) {
  const float magic = 12582912.0f;
  float shifted = 4.0f * turns + magic;
  float quadrant = shifted - magic;
  float r = (4.0f * turns - quadrant) * 1.57079632679489662f;
  int32_t q = lz_to_bits(shifted) & 3;
  float s = lz_sin_eighth(r);
  float c = lz_cos_eighth(r);
  float u = (q & 1) ? s : c;
  float v = (q & 1) ? c : s;
  *cosine = (q == 1 || q == 2) ? -u : u;
  *sine = (q >= 2) ? -v : v;
}
