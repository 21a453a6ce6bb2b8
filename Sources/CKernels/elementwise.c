#include "include/elementwise.h"

#include "vector_math.h"

#define UNARY(CASE, EXPRESSION)              \
  case CASE:                                 \
    LZ_VECTORIZE for (int64_t i = 0; i < n; i++) { \
      float x = a[i];                        \
      out[i] = (EXPRESSION);                 \
    }                                        \
    break;

#define BINARY(CASE, EXPRESSION)             \
  case CASE:                                 \
    LZ_VECTORIZE for (int64_t i = 0; i < n; i++) { \
      float x = a[i], y = b[i];              \
      out[i] = (EXPRESSION);                 \
    }                                        \
    break;

/// The sum in sixteen lanes, added pairwise at the end: fast, and the same on every machine.
LZ_INLINE float sum(const float *a, int64_t n) {
  float lanes[16] = {0};
  int64_t i = 0;
  for (; i + 16 <= n; i += 16)
    for (int lane = 0; lane < 16; lane++) lanes[lane] += a[i + lane];
  for (int lane = 0; i < n; i++, lane++) lanes[lane] += a[i];
  for (int width = 8; width > 0; width /= 2)
    for (int lane = 0; lane < width; lane++) lanes[lane] += lanes[lane + width];
  return lanes[0];
}

LZ_INLINE void run_step(const lz_step *step, float **tile, int64_t n) {
  float *out = tile[step->out];
  const float *a = tile[step->a], *b = tile[step->b], *c = tile[step->c];
  switch (step->operation) {
    UNARY(LZ_COPY, x)
    UNARY(LZ_NEG, -x)
    UNARY(LZ_ABS, lz_abs(x))
    UNARY(LZ_EXP, lz_exp(x))
    UNARY(LZ_LOG, lz_log(x))
    UNARY(LZ_SQRT, lz_sqrt(x))
    UNARY(LZ_RECIPROCAL, 1.0f / x)
    UNARY(LZ_SIGMOID, lz_sigmoid(x))
    UNARY(LZ_TANH, lz_tanh(x))
    UNARY(LZ_SOFTPLUS, lz_softplus(x))
    UNARY(LZ_ERF, lz_erf(x))
    UNARY(LZ_SIN, lz_sin_quadrants(x, 0))
    UNARY(LZ_COS, lz_sin_quadrants(x, 1))
    UNARY(LZ_RELU, x < 0.0f ? 0.0f : x)
    UNARY(LZ_SIGN, x > 0.0f ? 1.0f : (x < 0.0f ? -1.0f : x))
    BINARY(LZ_ADD, x + y)
    BINARY(LZ_SUB, x - y)
    BINARY(LZ_MUL, x * y)
    BINARY(LZ_DIV, x / y)
    // A NaN on either side goes through, as in PyTorch.
    BINARY(LZ_MAX, x != x ? x : (x > y ? x : y))
    BINARY(LZ_MIN, x != x ? x : (x < y ? x : y))
    BINARY(LZ_GREATER, x > y ? 1.0f : 0.0f)
    BINARY(LZ_LESS, x < y ? 1.0f : 0.0f)
    BINARY(LZ_EQUAL, x == y ? 1.0f : 0.0f)
    BINARY(LZ_GREATER_EQUAL, x >= y ? 1.0f : 0.0f)
    BINARY(LZ_LESS_EQUAL, x <= y ? 1.0f : 0.0f)
    UNARY(LZ_NOT, x == 0.0f ? 1.0f : 0.0f)
    BINARY(LZ_AND, ((x != 0.0f) & (y != 0.0f)) ? 1.0f : 0.0f)
    BINARY(LZ_OR, ((x != 0.0f) | (y != 0.0f)) ? 1.0f : 0.0f)
    BINARY(LZ_POW, y == 0.0f ? 1.0f : lz_exp(y * lz_log(x)))
    case LZ_WHERE:
      LZ_VECTORIZE for (int64_t i = 0; i < n; i++) {
        float x = b[i], y = c[i];
        out[i] = a[i] != 0.0f ? x : y;
      }
      break;
    case LZ_ROW_SUM:
      out[0] += sum(a, n);
      break;
  }
}

LZ_INLINE void fill(float *tile, float value, int64_t n) {
  LZ_VECTORIZE for (int64_t i = 0; i < n; i++) tile[i] = value;
}

LZ_INLINE void run_columns(const lz_program *p, float **tile, int64_t n) {
  for (int32_t s = 0; s < p->step_count; s++) run_step(&p->steps[s], tile, n);
}

/// Without row or column slots the matrix is one long row.
LZ_INLINE void run_flat(
    const lz_program *p, float *const *slots, float **tile, int64_t begin, int64_t end) {
  for (int64_t i = begin; i < end; i += LZ_TILE) {
    int64_t n = end - i < LZ_TILE ? end - i : LZ_TILE;
    for (int32_t k = 0; k < p->slot_count; k++)
      if (p->slot_kinds[k] == LZ_FULL) tile[k] = slots[k] + i;
    run_columns(p, tile, n);
  }
}

LZ_INLINE void run_row(const lz_program *p, float *const *slots, float **tile, float *scratch, int64_t row) {
  int64_t columns = p->columns;
  int64_t width = columns < LZ_TILE ? columns : LZ_TILE;
  for (int32_t k = 0; k < p->slot_count; k++)
    if (p->slot_kinds[k] == LZ_COLUMN && tile[k] == scratch + (int64_t)k * LZ_TILE) fill(tile[k], slots[k][row], width);
  for (int64_t i = 0; i < columns; i += LZ_TILE) {
    int64_t n = columns - i < LZ_TILE ? columns - i : LZ_TILE;
    for (int32_t k = 0; k < p->slot_count; k++) {
      if (p->slot_kinds[k] == LZ_FULL) tile[k] = slots[k] + row * columns + i;
      if (p->slot_kinds[k] == LZ_ROW) tile[k] = slots[k] + i;
    }
    run_columns(p, tile, n);
  }
}

/// Several narrow rows as one tile: what a step costs beside its work is then paid once for all of them.
LZ_INLINE void run_narrow(
    const lz_program *p, float *const *slots, float **tile, float *scratch, const char *is_sum, int64_t begin,
    int64_t end) {
  int64_t columns = p->columns, height = LZ_TILE / columns;
  float sums[LZ_TILE];
  for (int32_t k = 0; k < p->slot_count; k++)
    if (p->slot_kinds[k] == LZ_ROW)
      for (int64_t row = 0; row < height; row++)
        LZ_VECTORIZE for (int64_t i = 0; i < columns; i++) tile[k][row * columns + i] = slots[k][i];
  for (int64_t row = begin; row < end; row += height) {
    int64_t rows = end - row < height ? end - row : height;
    for (int32_t k = 0; k < p->slot_count; k++) {
      if (p->slot_kinds[k] == LZ_FULL) tile[k] = slots[k] + row * columns;
      if (p->slot_kinds[k] == LZ_COLUMN && !is_sum[k])
        for (int64_t r = 0; r < rows; r++) fill(tile[k] + r * columns, slots[k][row + r], columns);
    }
    for (int32_t s = 0; s < p->step_count; s++) {
      const lz_step *step = &p->steps[s];
      if (step->operation == LZ_ROW_SUM) {
        for (int64_t r = 0; r < rows; r++) sums[r] = sum(tile[step->a] + r * columns, columns);
        for (int64_t r = 0; r < rows; r++) slots[step->out][row + r] = sums[r];
      } else {
        run_step(step, tile, rows * columns);
      }
    }
  }
}

LZ_CLONES
void lz_program_run(const lz_program *p, float *const *slots, int64_t begin, int64_t end, float *scratch) {
  float *tile[LZ_MAX_SLOTS];
  char is_sum[LZ_MAX_SLOTS] = {0};
  int by_row = 0;
  if (begin >= end) return;
  for (int32_t s = 0; s < p->step_count; s++)
    if (p->steps[s].operation == LZ_ROW_SUM) is_sum[p->steps[s].out] = 1;
  for (int32_t k = 0; k < p->slot_count; k++) {
    tile[k] = scratch + (int64_t)k * LZ_TILE;
    if (p->slot_kinds[k] == LZ_SCALAR) fill(tile[k], slots[k][0], LZ_TILE);
    if (p->slot_kinds[k] == LZ_ROW || p->slot_kinds[k] == LZ_COLUMN) by_row = 1;
  }
  if (!by_row) {
    run_flat(p, slots, tile, begin * p->columns, end * p->columns);
    return;
  }
  if (p->columns > 0 && p->columns <= LZ_TILE / 2) {
    run_narrow(p, slots, tile, scratch, is_sum, begin, end);
    return;
  }
  for (int64_t row = begin; row < end; row++) {
    for (int32_t k = 0; k < p->slot_count; k++)
      if (is_sum[k]) {
        tile[k] = slots[k] + row;
        *tile[k] = 0.0f;
      }
    run_row(p, slots, tile, scratch, row);
  }
}

LZ_CLONES
void lz_copy_strided(
    const float *source, float *result, int32_t rank, const int64_t *dimensions, const int64_t *strides, int64_t begin,
    int64_t end) {
  if (begin >= end) return;
  if (rank == 0) {
    result[0] = source[0];
    return;
  }
  int64_t inner = dimensions[rank - 1], step = strides[rank - 1];
  for (int64_t i = begin; i < end;) {
    int64_t rest = i / inner, column = i % inner, offset = column * step;
    for (int32_t axis = rank - 2; axis >= 0; axis--) {
      offset += rest % dimensions[axis] * strides[axis];
      rest /= dimensions[axis];
    }
    int64_t n = inner - column < end - i ? inner - column : end - i;
    const float *from = source + offset;
    float *to = result + i;
    if (step == 1) {
      LZ_VECTORIZE for (int64_t j = 0; j < n; j++) to[j] = from[j];
    } else {
      for (int64_t j = 0; j < n; j++) to[j] = from[j * step];
    }
    i += n;
  }
}

enum { BLOCK = 16 };

typedef float lz_vector __attribute__((ext_vector_type(16), aligned(4)));

/// Transposes 16 x 16 numbers in registers: each round swaps blocks twice as large.
LZ_INLINE void transpose_block(const float *source, int64_t stride, float *result, int64_t result_stride) {
  lz_vector v[BLOCK];
  for (int i = 0; i < BLOCK; i++) v[i] = *(const lz_vector *)(source + i * stride);
  for (int i = 0; i < BLOCK; i++) {
    if (i & 1) continue;
    lz_vector a = v[i], b = v[i + 1];
    v[i] = __builtin_shufflevector(a, b, 0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30);
    v[i + 1] = __builtin_shufflevector(a, b, 1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31);
  }
  for (int i = 0; i < BLOCK; i++) {
    if (i & 2) continue;
    lz_vector a = v[i], b = v[i + 2];
    v[i] = __builtin_shufflevector(a, b, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29);
    v[i + 2] = __builtin_shufflevector(a, b, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
  }
  for (int i = 0; i < BLOCK; i++) {
    if (i & 4) continue;
    lz_vector a = v[i], b = v[i + 4];
    v[i] = __builtin_shufflevector(a, b, 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27);
    v[i + 4] = __builtin_shufflevector(a, b, 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31);
  }
  for (int i = 0; i < BLOCK; i++) {
    if (i & 8) continue;
    lz_vector a = v[i], b = v[i + 8];
    v[i] = __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
    v[i + 8] = __builtin_shufflevector(a, b, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
  }
  for (int i = 0; i < BLOCK; i++) *(lz_vector *)(result + i * result_stride) = v[i];
}

LZ_INLINE void transpose_edge(
    const float *source, int64_t stride, float *result, int64_t result_stride, int64_t height, int64_t width) {
  for (int64_t j = 0; j < width; j++)
    for (int64_t i = 0; i < height; i++) result[j * result_stride + i] = source[i * stride + j];
}

LZ_CLONES
void lz_transpose(const float *source, float *result, int64_t count, int64_t rows, int64_t columns) {
  for (int64_t m = 0; m < count; m++, source += rows * columns, result += rows * columns)
    for (int64_t r = 0; r < rows; r += BLOCK)
      for (int64_t c = 0; c < columns; c += BLOCK) {
        int64_t height = rows - r < BLOCK ? rows - r : BLOCK, width = columns - c < BLOCK ? columns - c : BLOCK;
        const float *from = source + r * columns + c;
        float *to = result + c * rows + r;
        if (height == BLOCK && width == BLOCK)
          transpose_block(from, columns, to, rows);
        else
          transpose_edge(from, columns, to, rows, height, width);
      }
}
