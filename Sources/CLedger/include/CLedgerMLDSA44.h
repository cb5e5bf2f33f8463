#ifndef CLEDGER_MLDSA44_H
#define CLEDGER_MLDSA44_H

#include <stddef.h>
#include <stdint.h>

// ML-DSA-44 (FIPS 204) with an empty context, as C2SP tlog-cosignature uses it. Keys are kept in an expanded form whose
// layout is the library's own: allocate these many bytes, aligned to 4, and never write them anywhere.

#define CLEDGER_MLDSA44_SEED_BYTES 32
#define CLEDGER_MLDSA44_PUBLIC_KEY_BYTES 1312
#define CLEDGER_MLDSA44_SIGNATURE_BYTES 2420
#define CLEDGER_MLDSA44_EXPANDED_PRIVATE_BYTES 12416
#define CLEDGER_MLDSA44_EXPANDED_PUBLIC_BYTES 4192

// Expands a seed of 32 bytes (FIPS 204 algorithm 1's xi). `encoded_public` takes 1,312 bytes, `private_key`
// CLEDGER_MLDSA44_EXPANDED_PRIVATE_BYTES. Returns 1, or 0 where memory is short.
int cledger_mldsa44_expand(const uint8_t *seed, uint8_t *encoded_public, void *private_key);

// Signs (FIPS 204 algorithm 2) into 2,420 bytes. `deterministic` 1 takes 32 zero bytes for the random ones, which the
// standard allows: the same key then signs the same message to the same bytes. Returns 1, or 0 where memory is short.
int cledger_mldsa44_sign(const void *private_key, const uint8_t *message, size_t length, int deterministic, uint8_t *out);

// Expands an encoded public key of exactly 1,312 bytes. `public_key` takes CLEDGER_MLDSA44_EXPANDED_PUBLIC_BYTES.
// Returns 1, or 0 for bytes that encode no key.
int cledger_mldsa44_parse(const uint8_t *encoded_public, void *public_key);

// Verifies (FIPS 204 algorithm 3). Returns 1 only when `signature`, 2,420 bytes, is right.
int cledger_mldsa44_verify(const void *public_key, const uint8_t *signature, const uint8_t *message, size_t length);

// Overwrites secret bytes before their memory is let go of.
void cledger_wipe(void *bytes, size_t length);

#endif
