#ifndef CLEDGER_H
#define CLEDGER_H
#include <stddef.h>
#include <stdint.h>
void cledger_hash_node(const uint8_t left[32], const uint8_t right[32], uint8_t out[32]);
void cledger_hash_leaf(const uint8_t *data, size_t length, uint8_t out[32]);
#endif
