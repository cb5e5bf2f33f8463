#include "CLedger.h"

#include <string.h>

// swift-crypto carries BoringSSL with its symbols prefixed. The target that holds it is not a product, so its header cannot
// be included here; this prototype is the one of openssl/sha2.h. Package.swift pins swift-crypto exactly for this reason.
extern void CCryptoBoringSSL_SHA256_TransformBlocks(uint32_t state[8], const uint8_t *data, size_t num_blocks);

static const uint32_t initial_state[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

static inline void store_big_endian(const uint32_t state[8], uint8_t *out) {
    for (int i = 0; i < 8; i++) {
        uint32_t word = __builtin_bswap32(state[i]);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        word = state[i];
#endif
        memcpy(out + 4 * i, &word, 4);
    }
}

// Writes the end of a message of `length` bytes whose last `rest` (< 64) bytes are `tail`: the bytes, 0x80, zeros and the
// length in bits (FIPS 180-4 section 5.1.1). Returns the number of blocks written, 1 or 2.
static inline size_t pad(uint8_t blocks[128], const uint8_t *tail, size_t rest, uint64_t length) {
    size_t count = rest < 56 ? 1 : 2;
    memset(blocks, 0, 64 * count);
    if (rest > 0) memcpy(blocks, tail, rest);
    blocks[rest] = 0x80;
    uint64_t bits = length * 8;
    for (int i = 0; i < 8; i++) blocks[64 * count - 1 - i] = (uint8_t)(bits >> (8 * i));
    return count;
}

void cledger_hash_node(const uint8_t *left, const uint8_t *right, uint8_t *out) {
    uint8_t blocks[128];
    blocks[0] = 0x01;
    memcpy(blocks + 1, left, 32);
    memcpy(blocks + 33, right, 32);
    memset(blocks + 65, 0, 63);
    blocks[65] = 0x80;
    blocks[126] = 0x02;  // 65 bytes are 520 = 0x0208 bits
    blocks[127] = 0x08;
    uint32_t state[8];
    memcpy(state, initial_state, sizeof state);
    CCryptoBoringSSL_SHA256_TransformBlocks(state, blocks, 2);
    store_big_endian(state, out);
}

void cledger_hash_leaf(const uint8_t *data, size_t length, uint8_t *out) {
    uint8_t blocks[128];
    uint32_t state[8];
    memcpy(state, initial_state, sizeof state);
    if (length < 63) {
        uint8_t start[64] = {0};
        if (length > 0) memcpy(start + 1, data, length);
        size_t count = pad(blocks, start, length + 1, length + 1);
        CCryptoBoringSSL_SHA256_TransformBlocks(state, blocks, count);
    } else {
        blocks[0] = 0x00;
        memcpy(blocks + 1, data, 63);
        CCryptoBoringSSL_SHA256_TransformBlocks(state, blocks, 1);
        size_t whole = (length - 63) / 64;
        if (whole > 0) CCryptoBoringSSL_SHA256_TransformBlocks(state, data + 63, whole);
        size_t done = 63 + 64 * whole;
        size_t count = pad(blocks, data + done, length - done, (uint64_t)length + 1);
        CCryptoBoringSSL_SHA256_TransformBlocks(state, blocks, count);
    }
    store_big_endian(state, out);
}

static void portable_leaf_pair(const uint8_t *first, size_t first_length,
                               const uint8_t *second, size_t second_length, uint8_t *out) {
    cledger_hash_leaf(first, first_length, out);
    cledger_hash_leaf(second, second_length, out + 32);
}

static void portable_nodes(const uint8_t *hashes, size_t pairs, uint8_t *out) {
    for (size_t i = 0; i < pairs; i++) cledger_hash_node(hashes + 64 * i, hashes + 64 * i + 32, out + 32 * i);
}

#if defined(__x86_64__)

// The SHA extensions' round instruction takes longer to answer than to start, so one stream leaves the unit idle half of
// the time. Two independent messages in step fill it; a tree has such pairs everywhere.

#include <cpuid.h>
#include <immintrin.h>

#define LANE __attribute__((always_inline, target("sha,sse4.1"))) static inline
#define LANES __attribute__((target("sha,sse4.1"))) static

static const uint32_t round_constants[64] __attribute__((aligned(16))) = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

// The state as the instructions want it: words a b e f in one register and c d g h in the other, high to low.
typedef struct {
    __m128i abef;
    __m128i cdgh;
} lane_state;

// Sixteen message words, four a register.
typedef struct {
    __m128i words[4];
} lane_block;

LANE lane_state lane_initial(void) {
    lane_state state;
    state.abef = _mm_set_epi32(0x6a09e667, (int)0xbb67ae85, 0x510e527f, (int)0x9b05688c);
    state.cdgh = _mm_set_epi32(0x3c6ef372, (int)0xa54ff53a, 0x1f83d9ab, 0x5be0cd19);
    return state;
}

LANE __m128i swap_words(__m128i bytes) {
    return _mm_shuffle_epi8(bytes, _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL));
}

LANE __m128i load_words(const uint8_t *data) {
    return swap_words(_mm_loadu_si128((const __m128i *)data));
}

LANE lane_block block_at(const uint8_t *data) {
    lane_block block;
    for (int i = 0; i < 4; i++) block.words[i] = load_words(data + 16 * i);
    return block;
}

// One prefix byte and then the first 63 bytes at `data`, without a copy through memory.
LANE lane_block prefixed_block_at(uint8_t prefix, const uint8_t *data) {
    lane_block block;
    __m128i start = _mm_loadu_si128((const __m128i *)data);
    block.words[0] = swap_words(_mm_or_si128(_mm_slli_si128(start, 1), _mm_cvtsi32_si128(prefix)));
    for (int i = 1; i < 4; i++) block.words[i] = load_words(data + 16 * i - 1);
    return block;
}

// The second block of a node: its 65th byte, 0x80, zeros and the length, 520 bits.
LANE lane_block node_end(uint8_t last) {
    lane_block block;
    block.words[0] = _mm_cvtsi32_si128((int)(((uint32_t)last << 24) | 0x00800000u));
    block.words[1] = _mm_setzero_si128();
    block.words[2] = _mm_setzero_si128();
    block.words[3] = _mm_set_epi32(520, 0, 0, 0);
    return block;
}

LANE void lane_store(lane_state state, uint8_t *out) {
    __m128i feba = _mm_shuffle_epi32(state.abef, 0x1b);
    __m128i dchg = _mm_shuffle_epi32(state.cdgh, 0xb1);
    __m128i dcba = _mm_blend_epi16(feba, dchg, 0xf0);
    __m128i hgfe = _mm_alignr_epi8(dchg, feba, 8);
    _mm_storeu_si128((__m128i *)out, swap_words(dcba));
    _mm_storeu_si128((__m128i *)(out + 16), swap_words(hgfe));
}

// Four rounds with message register `at` of the ring, and the register that replaces it (FIPS 180-4 section 6.2.2).
#define FOUR_ROUNDS(state, block, step)                                                                              \
    do {                                                                                                             \
        __m128i message = _mm_add_epi32(                                                                             \
            (block).words[(step) & 3], _mm_load_si128((const __m128i *)(round_constants + 4 * (step))));             \
        (state).cdgh = _mm_sha256rnds2_epu32((state).cdgh, (state).abef, message);                                   \
        (state).abef = _mm_sha256rnds2_epu32((state).abef, (state).cdgh, _mm_shuffle_epi32(message, 0x0e));          \
        if ((step) < 12) {                                                                                           \
            __m128i next = _mm_sha256msg1_epu32((block).words[(step) & 3], (block).words[((step) + 1) & 3]);         \
            next = _mm_add_epi32(                                                                                    \
                next, _mm_alignr_epi8((block).words[((step) + 3) & 3], (block).words[((step) + 2) & 3], 4));         \
            (block).words[(step) & 3] = _mm_sha256msg2_epu32(next, (block).words[((step) + 3) & 3]);                 \
        }                                                                                                            \
    } while (0)

LANE void compress_two(lane_state *first, lane_block first_block, lane_state *second, lane_block second_block) {
    lane_state a = *first;
    lane_state b = *second;
#pragma clang loop unroll(full)
    for (int step = 0; step < 16; step++) {
        FOUR_ROUNDS(a, first_block, step);
        FOUR_ROUNDS(b, second_block, step);
    }
    first->abef = _mm_add_epi32(first->abef, a.abef);
    first->cdgh = _mm_add_epi32(first->cdgh, a.cdgh);
    second->abef = _mm_add_epi32(second->abef, b.abef);
    second->cdgh = _mm_add_epi32(second->cdgh, b.cdgh);
}

LANES void two_nodes(const uint8_t *hashes, uint8_t *out) {
    lane_state a = lane_initial();
    lane_state b = lane_initial();
    uint8_t a_last = hashes[63];
    uint8_t b_last = hashes[127];
    compress_two(&a, prefixed_block_at(0x01, hashes), &b, prefixed_block_at(0x01, hashes + 64));
    compress_two(&a, node_end(a_last), &b, node_end(b_last));
    lane_store(a, out);
    lane_store(b, out + 32);
}

// Two leaves of the same number of blocks, each at least 63 bytes long.
LANES void two_leaves(const uint8_t *first, size_t first_length,
                      const uint8_t *second, size_t second_length, uint8_t *out) {
    lane_state a = lane_initial();
    lane_state b = lane_initial();
    compress_two(&a, prefixed_block_at(0x00, first), &b, prefixed_block_at(0x00, second));
    size_t first_done = 63 + (first_length - 63) / 64 * 64;
    size_t second_done = 63 + (second_length - 63) / 64 * 64;
    size_t common = first_done < second_done ? first_done : second_done;
    for (size_t at = 63; at < common; at += 64) compress_two(&a, block_at(first + at), &b, block_at(second + at));
    // Equal block counts leave at most one whole block more on either side; it goes into that side's tail.
    uint8_t first_tail[192];
    uint8_t second_tail[192];
    size_t first_extra = first_done - common;
    size_t second_extra = second_done - common;
    if (first_extra > 0) memcpy(first_tail, first + common, first_extra);
    if (second_extra > 0) memcpy(second_tail, second + common, second_extra);
    size_t blocks = first_extra / 64
        + pad(first_tail + first_extra, first + first_done, first_length - first_done, (uint64_t)first_length + 1);
    pad(second_tail + second_extra, second + second_done, second_length - second_done, (uint64_t)second_length + 1);
    for (size_t i = 0; i < blocks; i++) compress_two(&a, block_at(first_tail + 64 * i), &b, block_at(second_tail + 64 * i));
    lane_store(a, out);
    lane_store(b, out + 32);
}

static int processor_has_two_lanes(void) {
    unsigned int a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d)) return 0;
    int has_sse41 = (c >> 19) & 1;
    int has_ssse3 = (c >> 9) & 1;
    if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return 0;
    int has_sha = (b >> 29) & 1;
    return has_sse41 && has_ssse3 && has_sha;
}

static int has_two_lanes(void) {
    // 0 unknown, 1 no, 2 yes. Threads that race here compute the same answer.
    static int answer = 0;
    int known = __atomic_load_n(&answer, __ATOMIC_RELAXED);
    if (known == 0) {
        known = processor_has_two_lanes() ? 2 : 1;
        __atomic_store_n(&answer, known, __ATOMIC_RELAXED);
    }
    return known == 2;
}

// SHA-256 blocks of a leaf: prefix byte, data, 0x80 and eight bytes of length.
static inline size_t leaf_blocks(size_t length) { return (length + 1 + 1 + 8 + 63) / 64; }

void cledger_hash_leaf_pair(const uint8_t *first, size_t first_length,
                            const uint8_t *second, size_t second_length, uint8_t *out) {
    if (has_two_lanes() && first_length >= 63 && second_length >= 63
        && leaf_blocks(first_length) == leaf_blocks(second_length)) {
        two_leaves(first, first_length, second, second_length, out);
    } else {
        portable_leaf_pair(first, first_length, second, second_length, out);
    }
}

void cledger_hash_nodes(const uint8_t *hashes, size_t pairs, uint8_t *out) {
    if (!has_two_lanes()) {
        portable_nodes(hashes, pairs, out);
        return;
    }
    size_t i = 0;
    for (; i + 2 <= pairs; i += 2) two_nodes(hashes + 64 * i, out + 32 * i);
    if (i < pairs) cledger_hash_node(hashes + 64 * i, hashes + 64 * i + 32, out + 32 * i);
}

#else

void cledger_hash_leaf_pair(const uint8_t *first, size_t first_length,
                            const uint8_t *second, size_t second_length, uint8_t *out) {
    portable_leaf_pair(first, first_length, second, second_length, out);
}

void cledger_hash_nodes(const uint8_t *hashes, size_t pairs, uint8_t *out) {
    portable_nodes(hashes, pairs, out);
}

#endif
