#ifndef CLEDGER_H
#define CLEDGER_H

#include <stddef.h>
#include <stdint.h>

#include "CLedgerMLDSA44.h"

// RFC 6962 section 2.1 hashing, one call per leaf or node or per run of them, without copying what is hashed.
// Every output is 32 bytes. Inputs and outputs may be unaligned and must not overlap unless a comment says otherwise.

// SHA-256(0x01 || left || right).
void cledger_hash_node(const uint8_t *left, const uint8_t *right, uint8_t *out);

// SHA-256(0x00 || data). `data` may be null when `length` is 0.
void cledger_hash_leaf(const uint8_t *data, size_t length, uint8_t *out);

// Two leaves at once: out[0..<32] is the hash of the first, out[32..<64] that of the second.
void cledger_hash_leaf_pair(const uint8_t *first, size_t first_length,
                            const uint8_t *second, size_t second_length, uint8_t *out);

// `pairs` nodes from 2 * `pairs` hashes that lie one after another. `out` may be `hashes` itself: a level of the tree
// can be folded in place, because node i is written to hash i only after hashes 2i and 2i + 1 were read.
void cledger_hash_nodes(const uint8_t *hashes, size_t pairs, uint8_t *out);

#endif
