#include "include/random.h"

#include "vector_math.h"

enum { BLOCKS = 64, WORDS = 4 * BLOCKS };

/// Fills `words` with the blocks `first..<first + BLOCKS`, word-major: words[w][block].
LZ_INLINE void philox(lz_random_state state, uint64_t first, uint32_t words[4][BLOCKS]) {
  for (int i = 0; i < BLOCKS; i++) {
    uint64_t block = first + (uint64_t)i;
    // The top bit keeps these blocks apart from those drawn one by one on the host. 2^34 elements
    // have blocks of their own.
    uint32_t c0 = (uint32_t)block, c1 = state.stream;
    uint32_t c2 = (uint32_t)state.step, c3 = (uint32_t)(state.step >> 32) | 0x80000000u;
    uint32_t k0 = (uint32_t)state.key, k1 = (uint32_t)(state.key >> 32);
    for (int round = 0; round < 10; round++) {
      uint64_t p0 = (uint64_t)0xD2511F53u * c0, p1 = (uint64_t)0xCD9E8D57u * c2;
      uint32_t n0 = (uint32_t)(p1 >> 32) ^ c1 ^ k0, n2 = (uint32_t)(p0 >> 32) ^ c3 ^ k1;
      c1 = (uint32_t)p1;
      c3 = (uint32_t)p0;
      c0 = n0;
      c2 = n2;
      k0 += 0x9E3779B9u;
      k1 += 0xBB67AE85u;
    }
    words[0][i] = c0;
    words[1][i] = c1;
    words[2][i] = c2;
    words[3][i] = c3;
  }
}

LZ_INLINE float open_unit(uint32_t word) { return ((float)(int32_t)(word >> 8) + 0.5f) * 0x1p-24f; }

LZ_INLINE void uniform_block(uint32_t words[4][BLOCKS], float out[WORDS]) {
  for (int w = 0; w < 4; w++)
    for (int i = 0; i < BLOCKS; i++) out[4 * i + w] = (float)(int32_t)(words[w][i] >> 8) * 0x1p-24f;
}

LZ_INLINE void normal_block(uint32_t words[4][BLOCKS], float out[WORDS]) {
  for (int pair = 0; pair < 2; pair++) {
    float cosines[BLOCKS], sines[BLOCKS];
    for (int i = 0; i < BLOCKS; i++) {
      float radius = lz_sqrt(-2.0f * lz_log(open_unit(words[2 * pair][i])));
      float c, s;
      lz_cos_sin_turns(open_unit(words[2 * pair + 1][i]), &c, &s);
      cosines[i] = radius * c;
      sines[i] = radius * s;
    }
    for (int i = 0; i < BLOCKS; i++) {
      out[4 * i + 2 * pair] = cosines[i];
      out[4 * i + 2 * pair + 1] = sines[i];
    }
  }
}

#define DRAW(BLOCK_FUNCTION)                                      \
  for (int64_t start = begin / WORDS * WORDS; start < end; start += WORDS) { \
    uint32_t words[4][BLOCKS];                                    \
    float numbers[WORDS];                                         \
    philox(state, (uint64_t)start / 4, words);                    \
    BLOCK_FUNCTION(words, numbers);                               \
    int64_t from = begin > start ? begin : start;                 \
    int64_t to = end < start + WORDS ? end : start + WORDS;       \
    for (int64_t i = from; i < to; i++) result[i] = numbers[i - start]; \
  }

LZ_CLONES
void lz_random_uniform(lz_random_state state, float *result, int64_t begin, int64_t end) { DRAW(uniform_block) }

LZ_CLONES
void lz_random_normal(lz_random_state state, float *result, int64_t begin, int64_t end) { DRAW(normal_block) }
