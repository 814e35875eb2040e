#include "base/digest.h"

#include <openssl/evp.h>

#include "base/poison.h"

void
digest_bytes(const char *bytes, gsize length, char hex[DIGEST_LENGTH + 1])
{
    guchar digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (EVP_Digest(bytes, length, digest, &size, EVP_sha256(), NULL) != 1 || size != 32)
        g_error("libcrypto has no SHA-256");
    for (unsigned i = 0; i < size; i++)
        g_snprintf(hex + (gsize)i * 2, 3, "%02x", digest[i]);
}
