#include "include/recurrence.h"

#include <stddef.h>
#include <string.h>

#include "vector_math.h"

int32_t lz_check_lengths(const float *lengths, int64_t rows, int64_t steps, int64_t *longest) {
  *longest = 0;
  for (int64_t row = 0; row < rows; row++) {
    float length = lengths[row];
    if (!(length >= 0.0f && length <= (float)steps)) return 0;
    int64_t whole = (int64_t)length;
    if ((float)whole != length || whole > steps) return 0;
    if (whole > *longest) *longest = whole;
  }
  return 1;
}

LZ_INLINE int counts(const lz_recurrence *form, int64_t row) {
  return form->lengths == NULL || (float)form->step < form->lengths[row];
}

LZ_INLINE void clear(float *target, int64_t count) { memset(target, 0, (size_t)count * sizeof(float)); }

LZ_INLINE void gru_row(
    int64_t size, int keeps, float *restrict gates, const float *restrict recurrent, float *restrict state,
    float *restrict aside) {
  LZ_VECTORIZE for (int64_t i = 0; i < size; i++) {
    float r = lz_sigmoid(gates[i] + recurrent[i]);
    float z = lz_sigmoid(gates[size + i] + recurrent[size + i]);
    float q = recurrent[2 * size + i];
    float n = lz_tanh(gates[2 * size + i] + r * q);
    state[i] = n + z * (state[i] - n);
    if (keeps) {
      gates[i] = r;
      gates[size + i] = z;
      gates[2 * size + i] = n;
      aside[i] = q;
    }
  }
}

LZ_CLONES
void lz_gru_step(
    const lz_recurrence *form, float *gates, const float *recurrent, float *state, float *result,
    lz_recurrence_memory kept) {
  const int64_t size = form->size;
  const size_t bytes = (size_t)size * sizeof(float);
  for (int64_t row = 0; row < form->rows; row++) {
    const int64_t place = row * form->steps + form->step;
    float *h = state + row * size;
    if (kept.previous) memcpy(kept.previous + place * size, h, bytes);
    if (!counts(form, row)) {
      if (result) clear(result + place * size, size);
      continue;
    }
    float *own = gates + place * 3 * size;
    const float *other = recurrent + row * 3 * size;
    if (kept.aside)
      gru_row(size, 1, own, other, h, kept.aside + place * size);
    else
      gru_row(size, 0, own, other, h, NULL);
    if (result) memcpy(result + place * size, h, bytes);
  }
}

LZ_INLINE void lstm_row(
    int64_t size, int keeps, float *restrict gates, const float *restrict recurrent, float *restrict state,
    float *restrict cell, float *restrict aside) {
  LZ_VECTORIZE for (int64_t i = 0; i < size; i++) {
    float in = lz_sigmoid(gates[i] + recurrent[i]);
    float f = lz_sigmoid(gates[size + i] + recurrent[size + i]);
    float g = lz_tanh(gates[2 * size + i] + recurrent[2 * size + i]);
    float o = lz_sigmoid(gates[3 * size + i] + recurrent[3 * size + i]);
    float before = cell[i];
    float c = f * before + in * g;
    cell[i] = c;
    state[i] = o * lz_tanh(c);
    if (keeps) {
      gates[i] = in;
      gates[size + i] = f;
      gates[2 * size + i] = g;
      gates[3 * size + i] = o;
      aside[i] = before;
    }
  }
}

LZ_CLONES
void lz_lstm_step(
    const lz_recurrence *form, float *gates, const float *recurrent, float *state, float *cell, float *result,
    lz_recurrence_memory kept) {
  const int64_t size = form->size;
  const size_t bytes = (size_t)size * sizeof(float);
  for (int64_t row = 0; row < form->rows; row++) {
    const int64_t place = row * form->steps + form->step;
    float *h = state + row * size, *c = cell + row * size;
    if (kept.previous) memcpy(kept.previous + place * size, h, bytes);
    if (!counts(form, row)) {
      if (result) clear(result + place * size, size);
      continue;
    }
    float *own = gates + place * 4 * size;
    const float *other = recurrent + row * 4 * size;
    if (kept.aside)
      lstm_row(size, 1, own, other, h, c, kept.aside + place * size);
    else
      lstm_row(size, 0, own, other, h, c, NULL);
    if (result) memcpy(result + place * size, h, bytes);
  }
}

LZ_CLONES
void lz_gru_slope(
    const lz_recurrence *form, const float *gates, lz_recurrence_memory kept, const float *result_slope,
    float *state_slope, float *input_slopes, float *all_recurrent_slopes, float *recurrent_slopes) {
  const int64_t size = form->size;
  for (int64_t row = 0; row < form->rows; row++) {
    const int64_t place = row * form->steps + form->step;
    float *restrict own = input_slopes + place * 3 * size;
    float *restrict all = all_recurrent_slopes + place * 3 * size;
    float *restrict now = recurrent_slopes + row * 3 * size;
    if (!counts(form, row)) {
      clear(own, 3 * size);
      clear(all, 3 * size);
      clear(now, 3 * size);
      continue;
    }
    const float *restrict saved = gates + place * 3 * size;
    const float *restrict aside = kept.aside + place * size, *restrict before = kept.previous + place * size;
    float *restrict slope = state_slope + row * size;
    if (result_slope) {
      const float *restrict more = result_slope + place * size;
      LZ_VECTORIZE for (int64_t i = 0; i < size; i++) slope[i] += more[i];
    }
    LZ_VECTORIZE for (int64_t i = 0; i < size; i++) {
      float r = saved[i], z = saved[size + i], n = saved[2 * size + i], d = slope[i];
      float of_n = d * (1.0f - z) * (1.0f - n * n);
      float of_z = d * (before[i] - n) * z * (1.0f - z);
      float of_r = of_n * aside[i] * r * (1.0f - r);
      slope[i] = d * z;
      own[i] = all[i] = now[i] = of_r;
      own[size + i] = all[size + i] = now[size + i] = of_z;
      own[2 * size + i] = of_n;
      all[2 * size + i] = now[2 * size + i] = of_n * r;
    }
  }
}

LZ_CLONES
void lz_lstm_slope(
    const lz_recurrence *form, const float *gates, lz_recurrence_memory kept, const float *result_slope,
    float *state_slope, float *cell_slope, float *slopes, float *step_slopes) {
  const int64_t size = form->size;
  for (int64_t row = 0; row < form->rows; row++) {
    const int64_t place = row * form->steps + form->step;
    float *restrict all = slopes + place * 4 * size;
    float *restrict now = step_slopes + row * 4 * size;
    if (!counts(form, row)) {
      clear(all, 4 * size);
      clear(now, 4 * size);
      continue;
    }
    const float *restrict saved = gates + place * 4 * size, *restrict before = kept.aside + place * size;
    float *restrict slope = state_slope + row * size, *restrict of_cell = cell_slope + row * size;
    if (result_slope) {
      const float *restrict more = result_slope + place * size;
      LZ_VECTORIZE for (int64_t i = 0; i < size; i++) slope[i] += more[i];
    }
    LZ_VECTORIZE for (int64_t i = 0; i < size; i++) {
      float in = saved[i], f = saved[size + i], g = saved[2 * size + i], o = saved[3 * size + i];
      float bent = lz_tanh(f * before[i] + in * g);
      float d = slope[i];
      float c = of_cell[i] + d * o * (1.0f - bent * bent);
      // The state before the step acts through the gates alone.
      slope[i] = 0.0f;
      of_cell[i] = c * f;
      all[i] = now[i] = c * g * in * (1.0f - in);
      all[size + i] = now[size + i] = c * before[i] * f * (1.0f - f);
      all[2 * size + i] = now[2 * size + i] = c * in * (1.0f - g * g);
      all[3 * size + i] = now[3 * size + i] = d * bent * o * (1.0f - o);
    }
  }
}
