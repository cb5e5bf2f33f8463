#include "CLedgerMLDSA44.h"

#include <string.h>

// swift-crypto offers ML-DSA-65 and ML-DSA-87 only; ML-DSA-44 is in the BoringSSL it carries, with prefixed symbols. These
// prototypes are the ones of openssl/mldsa.h, openssl/mem.h and crypto/fipsmodule/bcm_interface.h at the version that
// Package.swift pins. Expanded keys are opaque structures there; their sizes are those of mldsa.h, and the vectors in
// Tests/LedgerTests/MLDSA44Tests.swift fail where any of this no longer fits.
struct boringssl_cbs {
    const uint8_t *data;
    size_t length;
};

extern int CCryptoBoringSSL_MLDSA44_parse_public_key(void *public_key, struct boringssl_cbs *in);
extern int CCryptoBoringSSL_MLDSA44_sign(uint8_t *out, const void *private_key, const uint8_t *message, size_t length,
                                         const uint8_t *context, size_t context_length);
extern int CCryptoBoringSSL_MLDSA44_verify(const void *public_key, const uint8_t *signature, size_t signature_length,
                                           const uint8_t *message, size_t length, const uint8_t *context,
                                           size_t context_length);
// A bcm_status: 0 approved, 1 not approved (still a success), 2 failure.
extern int CCryptoBoringSSL_BCM_mldsa44_generate_key_external_entropy(uint8_t *encoded_public, void *private_key,
                                                                      const uint8_t *seed);
extern int CCryptoBoringSSL_BCM_mldsa44_sign_internal(uint8_t *out, const void *private_key, const uint8_t *message,
                                                      size_t length, const uint8_t *context_prefix, size_t prefix_length,
                                                      const uint8_t *context, size_t context_length,
                                                      const uint8_t *randomizer);
extern void CCryptoBoringSSL_OPENSSL_cleanse(void *bytes, size_t length);

static inline int succeeded(int bcm_status) { return bcm_status == 0 || bcm_status == 1; }

int cledger_mldsa44_expand(const uint8_t *seed, uint8_t *encoded_public, void *private_key) {
    return succeeded(CCryptoBoringSSL_BCM_mldsa44_generate_key_external_entropy(encoded_public, private_key, seed));
}

int cledger_mldsa44_sign(const void *private_key, const uint8_t *message, size_t length, int deterministic, uint8_t *out) {
    if (!deterministic) return CCryptoBoringSSL_MLDSA44_sign(out, private_key, message, length, NULL, 0);
    // FIPS 204 section 5.2: a zero byte for the pure variant and the length of the context go before the message.
    static const uint8_t prefix[2] = {0, 0};
    static const uint8_t randomizer[32] = {0};
    return succeeded(CCryptoBoringSSL_BCM_mldsa44_sign_internal(out, private_key, message, length, prefix, sizeof prefix, NULL, 0,
                                                                randomizer));
}

int cledger_mldsa44_parse(const uint8_t *encoded_public, void *public_key) {
    struct boringssl_cbs in = {encoded_public, CLEDGER_MLDSA44_PUBLIC_KEY_BYTES};
    return CCryptoBoringSSL_MLDSA44_parse_public_key(public_key, &in);
}

int cledger_mldsa44_verify(const void *public_key, const uint8_t *signature, const uint8_t *message, size_t length) {
    return CCryptoBoringSSL_MLDSA44_verify(public_key, signature, CLEDGER_MLDSA44_SIGNATURE_BYTES, message, length, NULL, 0);
}

void cledger_wipe(void *bytes, size_t length) { CCryptoBoringSSL_OPENSSL_cleanse(bytes, length); }
