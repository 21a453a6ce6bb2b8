#include "include/extremes.h"

#include "clones.h"

enum { BLOCK = 1024, LANES = 64 };  // columns whose results stay in the first-level cache; independent folds of a row

LZ_INLINE float neutral(lz_fold fold) {
  const float infinity = __builtin_inff();
  return fold == LZ_FOLD_MAX ? -infinity : fold == LZ_FOLD_MIN ? infinity : 1.0f;
}

LZ_INLINE int beats(lz_fold fold, float x, float best) {
  return fold == LZ_FOLD_MAX ? x > best : x < best;
}

/// Keeps `best` where it is NaN: no comparison is true then.
LZ_INLINE float folded(lz_fold fold, float best, float x) {
  if (fold == LZ_FOLD_PRODUCT) return best * x;
  float better = beats(fold, x, best) ? x : best;
  return x != x ? x : better;
}

LZ_INLINE float fold_row(lz_fold fold, const float *a, int64_t n) {
  float lanes[LANES];
  for (int lane = 0; lane < LANES; lane++) lanes[lane] = neutral(fold);
  int64_t i = 0;
  for (; i + LANES <= n; i += LANES)
    LZ_VECTORIZE for (int lane = 0; lane < LANES; lane++) lanes[lane] = folded(fold, lanes[lane], a[i + lane]);
  for (int lane = 0; i < n; i++, lane++) lanes[lane] = folded(fold, lanes[lane], a[i]);
  for (int width = LANES / 2; width > 0; width /= 2)
    for (int lane = 0; lane < width; lane++) lanes[lane] = folded(fold, lanes[lane], lanes[lane + width]);
  return lanes[0];
}

LZ_INLINE void fold_block(lz_fold fold, const float *a, float *result, int64_t middle, int64_t inner, int64_t n) {
  for (int64_t i = 0; i < n; i++) result[i] = neutral(fold);
  for (int64_t m = 0; m < middle; m++, a += inner)
    LZ_VECTORIZE for (int64_t i = 0; i < n; i++) result[i] = folded(fold, result[i], a[i]);
}

LZ_INLINE void fold_all(
    lz_fold fold, const float *source, float *result, int64_t middle, int64_t inner, int64_t begin, int64_t end,
    int64_t first, int64_t last) {
  for (int64_t o = begin; o < end; o++) {
    const float *a = source + o * middle * inner;
    if (inner == 1) {
      result[o] = fold_row(fold, a, middle);
      continue;
    }
    for (int64_t c = first; c < last; c += BLOCK)
      fold_block(fold, a + c, result + o * inner + c, middle, inner, last - c < BLOCK ? last - c : BLOCK);
  }
}

LZ_CLONES
void lz_fold_middle(
    lz_fold fold, const float *source, float *result, int64_t middle, int64_t inner, int64_t begin, int64_t end,
    int64_t first, int64_t last) {
  // The fold as a constant: each gets loops of its own.
  switch (fold) {
    case LZ_FOLD_MAX: fold_all(LZ_FOLD_MAX, source, result, middle, inner, begin, end, first, last); break;
    case LZ_FOLD_MIN: fold_all(LZ_FOLD_MIN, source, result, middle, inner, begin, end, first, last); break;
    case LZ_FOLD_PRODUCT: fold_all(LZ_FOLD_PRODUCT, source, result, middle, inner, begin, end, first, last); break;
  }
}

/// The first place of a row that holds its extreme; the row is read once more, as far as that place.
LZ_INLINE int64_t arg_row(lz_fold fold, const float *a, int64_t n) {
  float best = fold_row(fold, a, n);
  for (int64_t i = 0; i < n; i += LANES) {
    int64_t count = n - i < LANES ? n - i : LANES;
    int found = 0;
    for (int64_t j = 0; j < count; j++) found |= a[i + j] == best || a[i + j] != a[i + j];
    if (!found) continue;
    for (int64_t j = i; j < i + count; j++)
      if (best != best ? a[j] != a[j] : a[j] == best) return j;
  }
  return 0;
}

LZ_INLINE void arg_block(lz_fold fold, const float *a, float *result, int64_t middle, int64_t inner, int64_t n) {
  float best[BLOCK];
  for (int64_t i = 0; i < n; i++) {
    best[i] = a[i];
    result[i] = 0.0f;
  }
  for (int64_t m = 1; m < middle; m++) {
    const float *row = a + m * inner, place = (float)m;
    LZ_VECTORIZE for (int64_t i = 0; i < n; i++) {
      float x = row[i], old = best[i];
      int wins = beats(fold, x, old) | ((x != x) & (old == old));
      best[i] = wins ? x : old;
      result[i] = wins ? place : result[i];
    }
  }
}

LZ_INLINE void arg_all(
    lz_fold fold, const float *source, float *result, int64_t middle, int64_t inner, int64_t begin, int64_t end,
    int64_t first, int64_t last) {
  for (int64_t o = begin; o < end; o++) {
    const float *a = source + o * middle * inner;
    if (inner == 1) {
      result[o] = (float)arg_row(fold, a, middle);
      continue;
    }
    for (int64_t c = first; c < last; c += BLOCK)
      arg_block(fold, a + c, result + o * inner + c, middle, inner, last - c < BLOCK ? last - c : BLOCK);
  }
}

LZ_CLONES
void lz_arg_middle(
    lz_fold fold, const float *source, float *result, int64_t middle, int64_t inner, int64_t begin, int64_t end,
    int64_t first, int64_t last) {
  if (fold == LZ_FOLD_MAX)
    arg_all(LZ_FOLD_MAX, source, result, middle, inner, begin, end, first, last);
  else
    arg_all(LZ_FOLD_MIN, source, result, middle, inner, begin, end, first, last);
}
