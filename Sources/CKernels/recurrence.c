#include "include/recurrence.h"

#include <stddef.h>
#include <string.h>

#include "vector_math.h"

/// As LZ_VECTORIZE, for a loop over whole blocks.
#define LZ_VECTORIZE_WIDELY _Pragma("clang loop vectorize(assume_safety) interleave_count(4)")

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

/// exp for |x| up to 40, and beyond that as if it were 40: a gate is closed or open long before.
LZ_INLINE float gate_exp(float x) {
  const float magic = 12582912.0f;  // 1.5 x 2^23: adding it rounds to an integer, whose bits come last
  float clamped = x < -40.0f ? -40.0f : x;
  clamped = clamped > 40.0f ? 40.0f : clamped;
  float shifted = clamped * 1.44269504088896341f + magic;
  float p = lz_exp_fraction(clamped, shifted - magic);
  return lz_from_bits((int32_t)((uint32_t)lz_to_bits(p) + ((uint32_t)lz_to_bits(shifted) << 23)));
}

/// Two sigmoids for one division.
LZ_INLINE void sigmoids(float x, float y, float *of_x, float *of_y) {
  float a = 1.0f + gate_exp(-x), b = 1.0f + gate_exp(-y);
  float both = 1.0f / (a * b);
  *of_x = b * both;
  *of_y = a * both;
}

/// As `lz_tanh`, on the shorter exponential.
LZ_INLINE float gate_tanh(float x) {
  float z = x * x;
  float p = -5.70498872745e-3f;
  p = p * z + 2.06390887954e-2f;
  p = p * z - 5.37397155531e-2f;
  p = p * z + 1.33314422036e-1f;
  p = p * z - 3.33332819422e-1f;
  float small = p * z * x + x;
  float large = 1.0f - 2.0f / (gate_exp(2.0f * x) + 1.0f);
  return lz_abs(x) < 0.625f ? small : large;
}

enum { BLOCK = 64, GATES = 4 };  // columns at once: four vectors side by side hide how long each one takes

/// Where some columns of a row lie.
typedef struct {
  float *gates[GATES];
  const float *recurrent[GATES];
  float *state, *cell, *aside;
} lz_columns;

LZ_INLINE void gru_block(lz_columns at, int keeps) {
  float *restrict gate_r = at.gates[0], *restrict gate_z = at.gates[1], *restrict gate_n = at.gates[2];
  const float *restrict other_r = at.recurrent[0], *restrict other_z = at.recurrent[1];
  const float *restrict other_n = at.recurrent[2];
  float *restrict state = at.state, *restrict aside = at.aside;
  LZ_VECTORIZE_WIDELY for (int i = 0; i < BLOCK; i++) {
    float r, z;
    sigmoids(gate_r[i] + other_r[i], gate_z[i] + other_z[i], &r, &z);
    float n = gate_tanh(gate_n[i] + r * other_n[i]);
    state[i] = n + z * (state[i] - n);
    if (keeps) {
      gate_r[i] = r;
      gate_z[i] = z;
      gate_n[i] = n;
      aside[i] = other_n[i];
    }
  }
}

LZ_INLINE void lstm_block(lz_columns at, int keeps) {
  float *restrict gate_i = at.gates[0], *restrict gate_f = at.gates[1];
  float *restrict gate_g = at.gates[2], *restrict gate_o = at.gates[3];
  const float *restrict other_i = at.recurrent[0], *restrict other_f = at.recurrent[1];
  const float *restrict other_g = at.recurrent[2], *restrict other_o = at.recurrent[3];
  float *restrict state = at.state, *restrict cell = at.cell, *restrict aside = at.aside;
  LZ_VECTORIZE_WIDELY for (int i = 0; i < BLOCK; i++) {
    float in, f;
    sigmoids(gate_i[i] + other_i[i], gate_f[i] + other_f[i], &in, &f);
    float g = gate_tanh(gate_g[i] + other_g[i]);
    float o = 1.0f / (1.0f + gate_exp(-(gate_o[i] + other_o[i])));
    float before = cell[i];
    float c = f * before + in * g;
    cell[i] = c;
    state[i] = o * gate_tanh(c);
    if (keeps) {
      gate_i[i] = in;
      gate_f[i] = f;
      gate_g[i] = g;
      gate_o[i] = o;
      aside[i] = before;
    }
  }
}

LZ_INLINE void block(lz_columns at, int gate_count, int keeps) {
  if (gate_count == 3)
    gru_block(at, keeps);
  else
    lstm_block(at, keeps);
}

/// The last columns of a row, through a block of their own.
LZ_INLINE void partial_block(lz_columns at, int64_t count, int gate_count, int keeps) {
  float gates[GATES][BLOCK] = {{0}}, recurrent[GATES][BLOCK] = {{0}};
  float state[BLOCK] = {0}, cell[BLOCK] = {0}, aside[BLOCK];
  const size_t bytes = (size_t)count * sizeof(float);
  lz_columns copy = {{NULL}, {NULL}, state, cell, aside};
  for (int g = 0; g < gate_count; g++) {
    memcpy(gates[g], at.gates[g], bytes);
    memcpy(recurrent[g], at.recurrent[g], bytes);
    copy.gates[g] = gates[g];
    copy.recurrent[g] = recurrent[g];
  }
  memcpy(state, at.state, bytes);
  if (gate_count == 4) memcpy(cell, at.cell, bytes);
  block(copy, gate_count, keeps);
  memcpy(at.state, state, bytes);
  if (gate_count == 4) memcpy(at.cell, cell, bytes);
  if (!keeps) return;
  for (int g = 0; g < gate_count; g++) memcpy(at.gates[g], gates[g], bytes);
  memcpy(at.aside, aside, bytes);
}

LZ_INLINE void pass_row(
    int64_t size, int gate_count, int keeps, float *gates, const float *recurrent, float *state, float *cell,
    float *aside) {
  for (int64_t first = 0; first < size; first += BLOCK) {
    lz_columns at = {{NULL}, {NULL}, state + first, cell, keeps ? aside + first : NULL};
    if (gate_count == 4) at.cell = cell + first;
    for (int g = 0; g < gate_count; g++) {
      at.gates[g] = gates + g * size + first;
      at.recurrent[g] = recurrent + g * size + first;
    }
    if (size - first >= BLOCK)
      block(at, gate_count, keeps);
    else
      partial_block(at, size - first, gate_count, keeps);
  }
}

LZ_INLINE void pass_rows(
    const lz_recurrence *form, int gate_count, float *gates, const float *recurrent, float *state, float *cell,
    float *result, lz_recurrence_memory kept) {
  const int64_t size = form->size;
  const size_t bytes = (size_t)size * sizeof(float);
  for (int64_t row = 0; row < form->rows; row++) {
    const int64_t place = row * form->steps + form->step;
    float *h = state + row * size, *c = cell ? cell + row * size : NULL;
    if (kept.previous) memcpy(kept.previous + place * size, h, bytes);
    if (!counts(form, row)) {
      if (result) clear(result + place * size, size);
      continue;
    }
    float *own = gates + place * gate_count * size;
    const float *other = recurrent + row * gate_count * size;
    if (kept.aside)
      pass_row(size, gate_count, 1, own, other, h, c, kept.aside + place * size);
    else
      pass_row(size, gate_count, 0, own, other, h, c, NULL);
    if (result) memcpy(result + place * size, h, bytes);
  }
}

LZ_CLONES
void lz_gru_step(
    const lz_recurrence *form, float *gates, const float *recurrent, float *state, float *result,
    lz_recurrence_memory kept) {
  pass_rows(form, 3, gates, recurrent, state, NULL, result, kept);
}

LZ_CLONES
void lz_lstm_step(
    const lz_recurrence *form, float *gates, const float *recurrent, float *state, float *cell, float *result,
    lz_recurrence_memory kept) {
  pass_rows(form, 4, gates, recurrent, state, cell, result, kept);
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
      float bent = gate_tanh(f * before[i] + in * g);
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
