/// Chains of elementwise operations, run tile by tile in the first-level cache.
///
/// A program works on a matrix of `rows` x `columns`. Its slots are tiles of memory: operands, outputs and registers; a
/// step reads up to three slots and writes one. However long the chain, each operand is read and each
/// output written once.
#pragma once
#include <stdint.h>

/// What a step computes. Truth is 1, falsehood 0.
typedef enum {
  LZ_COPY,
  LZ_NEG,
  LZ_ABS,
  LZ_EXP,
  LZ_LOG,
  LZ_SQRT,
  LZ_RECIPROCAL,
  LZ_SIGMOID,
  LZ_TANH,
  LZ_SOFTPLUS,
  LZ_ERF,
  LZ_SIN,
  LZ_COS,
  LZ_RELU,
  LZ_SIGN,
  LZ_ADD,
  LZ_SUB,
  LZ_MUL,
  LZ_DIV,
  LZ_MAX,
  LZ_MIN,
  LZ_GREATER,
  LZ_LESS,
  LZ_EQUAL,
  LZ_GREATER_EQUAL,
  LZ_LESS_EQUAL,
  LZ_NOT,
  LZ_AND,
  LZ_OR,
  LZ_POW,
  LZ_WHERE,
  LZ_ROW_SUM,  ///< adds the row's sum of `a` into `out`, a column slot
} lz_operation;

typedef struct {
  int32_t operation, out, a, b, c;
} lz_step;

/// How a slot's memory lies beside the matrix.
typedef enum {
  LZ_FULL,      ///< rows x columns
  LZ_SCALAR,    ///< one number for all
  LZ_ROW,       ///< one row, the same for every row
  LZ_COLUMN,    ///< one number a row
  LZ_REGISTER,  ///< scratch
} lz_slot_kind;

enum { LZ_TILE = 512, LZ_MAX_SLOTS = 96 };

typedef struct {
  const lz_step *steps;
  const int32_t *slot_kinds;
  int32_t step_count;
  int32_t slot_count;
  int64_t columns;
} lz_program;

/// Runs a program over rows `begin..<end`.
///
/// @param slots   the memory of each slot that is not a register; the first row of the whole matrix
/// @param scratch `slot_count` x `LZ_TILE` floats of this worker's own
void lz_program_run(const lz_program *program, float *const *slots, int64_t begin, int64_t end, float *scratch);

/// Copies elements `begin..<end` of a row-major result of `rank` axes from a source with the given element strides (0
/// broadcasts): transposition and expansion.
void lz_copy_strided(
    const float *source, float *result, int32_t rank, const int64_t *dimensions, const int64_t *strides, int64_t begin,
    int64_t end);

/// Transposes `count` matrices of `rows` x `columns` that lie one after the other.
void lz_transpose(const float *source, float *result, int64_t count, int64_t rows, int64_t columns);
