/// One step in time of recurrent layers, for a worker's own rows of the batch.
///
/// Values over all steps are [rows, steps, ...] with the gates side by side, each `size` wide: r, z, n of a GRU, i, f, g, o of
/// an LSTM. What belongs to the present step alone is [rows, ...].
#pragma once
#include <stdint.h>

/// How many rows, and how far they go.
typedef struct {
  int64_t rows, steps, size;
  /// The step at hand.
  int64_t step;
  /// Steps of each row that count, or NULL for all; beyond them a row keeps its state and its result is 0.
  const float *lengths;
} lz_recurrence;

/// What a step leaves for the gradient; all NULL where nobody asks for one.
///
/// The gates are then kept in place of the projected input.
typedef struct {
  /// [rows, steps, size]: a GRU's recurrent part of the candidate, an LSTM's cell before the step.
  float *aside;
  /// [rows, steps, size]: the state before the step.
  float *previous;
} lz_recurrence_memory;

/// Whether all lengths are whole and within the steps; then `longest` is the greatest.
int32_t lz_check_lengths(const float *lengths, int64_t rows, int64_t steps, int64_t *longest);

/// A GRU's step.
///
/// @param gates the input's part, [rows, steps, 3 size]
/// @param recurrent the state's part, [rows, 3 size]
/// @param state [rows, size], replaced
/// @param result [rows, steps, size] or NULL
void lz_gru_step(
    const lz_recurrence *form, float *gates, const float *recurrent, float *state, float *result,
    lz_recurrence_memory kept);

/// An LSTM's step; operands as for a GRU's, with four gates and a cell [rows, size] beside the state.
void lz_lstm_step(
    const lz_recurrence *form, float *gates, const float *recurrent, float *state, float *cell, float *result,
    lz_recurrence_memory kept);

/// A GRU's step backwards, short of the product that adds `recurrent_slopes` x weights to `state_slope`.
///
/// @param gates, kept what the step left
/// @param result_slope gradient of the results, [rows, steps, size], or NULL
/// @param state_slope gradient of the state after the step, [rows, size]; replaced by the direct part of that before
/// @param input_slopes, all_recurrent_slopes gradients of the gates' two parts, [rows, steps, 3 size]
/// @param recurrent_slopes the latter for this step, [rows, 3 size]
void lz_gru_slope(
    const lz_recurrence *form, const float *gates, lz_recurrence_memory kept, const float *result_slope,
    float *state_slope, float *input_slopes, float *all_recurrent_slopes, float *recurrent_slopes);

/// An LSTM's step backwards; its gates' two parts have the same gradient.
///
/// @param cell_slope gradient of the cell after the step, [rows, size]; replaced by that before
void lz_lstm_slope(
    const lz_recurrence *form, const float *gates, lz_recurrence_memory kept, const float *result_slope,
    float *state_slope, float *cell_slope, float *slopes, float *step_slopes);
