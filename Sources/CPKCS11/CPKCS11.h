// PKCS #11 (OASIS Cryptoki 2.40) as p11-kit declares it.
#include <stddef.h>
#define CRYPTOKI_GNU 1
#include <p11-kit/pkcs11.h>
#include <p11-kit/p11-kit.h>
