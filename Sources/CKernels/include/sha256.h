/// SHA-256 (FIPS 180-4): by the processor's own instructions, for one run of blocks or for two at once, and without them.
///
/// The rounds of one block wait for each other, so that one run leaves the processor's unit idle half of the time; a second
/// run fills the gaps.
#pragma once
#include <stdint.h>

/// Whether this processor has the instructions; lz_sha256 and lz_sha256_pair may be called only if so.
int32_t lz_has_sha256(void);

/// Takes blocks of 64 bytes into a state of 8 words, on any processor.
void lz_sha256_portable(uint32_t *state, const uint8_t *bytes, int64_t blocks);

/// Takes blocks of 64 bytes into a state of 8 words.
///
/// @param bytes of any alignment
void lz_sha256(uint32_t *state, const uint8_t *bytes, int64_t blocks);

/// Takes equally many blocks into each of two states, in two thirds of the time that one after the other would take.
void lz_sha256_pair(
    uint32_t *first_state, uint32_t *second_state, const uint8_t *first, const uint8_t *second, int64_t blocks);
