#include "include/sha256.h"

#include <string.h>

static const uint32_t constants[64] __attribute__((aligned(16))) = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t rotated(uint32_t x, int bits) { return x >> bits | x << (32 - bits); }

void lz_sha256_portable(uint32_t *state, const uint8_t *bytes, int64_t blocks) {
  for (; blocks > 0; blocks--, bytes += 64) {
    uint32_t words[64], s[8];
    for (int i = 0; i < 16; i++) {
      const uint8_t *b = bytes + 4 * i;
      words[i] = (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
    }
    for (int i = 16; i < 64; i++) {
      uint32_t x = words[i - 15], y = words[i - 2];
      words[i] = words[i - 16] + (rotated(x, 7) ^ rotated(x, 18) ^ x >> 3) + words[i - 7] +
                 (rotated(y, 17) ^ rotated(y, 19) ^ y >> 10);
    }
    memcpy(s, state, sizeof s);
    for (int i = 0; i < 64; i++) {
      uint32_t e = s[4], a = s[0];
      uint32_t first = s[7] + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) +
                       ((e & s[5]) ^ (~e & s[6])) + constants[i] + words[i];
      uint32_t second = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) +
                        ((a & s[1]) ^ (a & s[2]) ^ (s[1] & s[2]));
      memmove(s + 1, s, 7 * sizeof *s);
      s[4] += first;
      s[0] = first + second;
    }
    for (int i = 0; i < 8; i++) state[i] += s[i];
  }
}

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

#include "clones.h"

#define LZ_SHA __attribute__((target("sha,sse4.1,ssse3")))
#define LZ_UNROLL _Pragma("clang loop unroll(full)")

int32_t lz_has_sha256(void) {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSSE3) || !(c & bit_SSE4_1)) return 0;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA) != 0;
}

/// A run of blocks: its state in the two halves the instructions want, and 16 words of the schedule.
typedef struct {
  __m128i abef, cdgh, words[4];
} lane;

LZ_SHA LZ_INLINE void load_state(lane *lane, const uint32_t *state) {
  __m128i cdab = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xB1);
  __m128i efgh = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state + 1), 0x1B);
  lane->abef = _mm_alignr_epi8(cdab, efgh, 8);
  lane->cdgh = _mm_blend_epi16(efgh, cdab, 0xF0);
}

LZ_SHA LZ_INLINE void store_state(const lane *lane, uint32_t *state) {
  __m128i feba = _mm_shuffle_epi32(lane->abef, 0x1B), dchg = _mm_shuffle_epi32(lane->cdgh, 0xB1);
  _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(feba, dchg, 0xF0));
  _mm_storeu_si128((__m128i *)state + 1, _mm_alignr_epi8(dchg, feba, 8));
}

/// The words of a block are stored with the highest byte first.
LZ_SHA LZ_INLINE void load_block(lane *lane, const uint8_t *block) {
  const __m128i swapped = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  LZ_UNROLL for (int i = 0; i < 4; i++) {
    lane->words[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)block + i), swapped);
  }
}

/// Rounds `4 group` to `4 group + 3`, and the four words of the schedule that are needed four groups later.
LZ_SHA LZ_INLINE void four_rounds(lane *lane, int group) {
  __m128i *words = lane->words;
  __m128i sum = _mm_add_epi32(words[group & 3], _mm_load_si128((const __m128i *)constants + group));
  lane->cdgh = _mm_sha256rnds2_epu32(lane->cdgh, lane->abef, sum);
  lane->abef = _mm_sha256rnds2_epu32(lane->abef, lane->cdgh, _mm_shuffle_epi32(sum, 0x0E));
  if (group >= 12) return;
  __m128i last = words[(group + 3) & 3], shifted = _mm_alignr_epi8(last, words[(group + 2) & 3], 4);
  __m128i next = _mm_sha256msg1_epu32(words[group & 3], words[(group + 1) & 3]);
  words[group & 3] = _mm_sha256msg2_epu32(_mm_add_epi32(next, shifted), last);
}

/// The work on `count` runs, a constant where this is inlined.
LZ_SHA LZ_INLINE void compress(
    int count, uint32_t *const *states, const uint8_t *const *starts, int64_t blocks) {
  lane lanes[2];
  LZ_UNROLL for (int i = 0; i < count; i++) load_state(&lanes[i], states[i]);
  for (int64_t block = 0; block < blocks; block++) {
    __m128i abef[2], cdgh[2];
    LZ_UNROLL for (int i = 0; i < count; i++) {
      abef[i] = lanes[i].abef;
      cdgh[i] = lanes[i].cdgh;
      load_block(&lanes[i], starts[i] + 64 * block);
    }
    LZ_UNROLL for (int group = 0; group < 16; group++) {
      LZ_UNROLL for (int i = 0; i < count; i++) four_rounds(&lanes[i], group);
    }
    LZ_UNROLL for (int i = 0; i < count; i++) {
      lanes[i].abef = _mm_add_epi32(lanes[i].abef, abef[i]);
      lanes[i].cdgh = _mm_add_epi32(lanes[i].cdgh, cdgh[i]);
    }
  }
  LZ_UNROLL for (int i = 0; i < count; i++) store_state(&lanes[i], states[i]);
}

LZ_SHA void lz_sha256(uint32_t *state, const uint8_t *bytes, int64_t blocks) {
  compress(1, &state, &bytes, blocks);
}

LZ_SHA void lz_sha256_pair(
    uint32_t *first_state, uint32_t *second_state, const uint8_t *first, const uint8_t *second, int64_t blocks) {
  uint32_t *const states[] = {first_state, second_state};
  const uint8_t *const starts[] = {first, second};
  compress(2, states, starts, blocks);
}

#else

int32_t lz_has_sha256(void) { return 0; }

void lz_sha256(uint32_t *state, const uint8_t *bytes, int64_t blocks) { lz_sha256_portable(state, bytes, blocks); }

void lz_sha256_pair(
    uint32_t *first_state, uint32_t *second_state, const uint8_t *first, const uint8_t *second, int64_t blocks) {
  lz_sha256_portable(first_state, first, blocks);
  lz_sha256_portable(second_state, second, blocks);
}

#endif
