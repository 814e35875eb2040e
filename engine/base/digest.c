#include "base/digest.h"

#include <openssl/evp.h>

#include "base/poison.h"

struct Digest {
    EVP_MD_CTX *context;
};

Digest *
digest_new(void)
{
    Digest *digest = g_new0(Digest, 1);
    digest->context = EVP_MD_CTX_new();
    if (digest->context == NULL || EVP_DigestInit_ex(digest->context, EVP_sha256(), NULL) != 1)
        g_error("libcrypto has no SHA-256");
    return digest;
}

void
digest_add(Digest *digest, const char *bytes, gsize length)
{
    if (EVP_DigestUpdate(digest->context, bytes, length) != 1)
        g_error("libcrypto does not hash");
}

void
digest_finish(Digest *digest, char hex[DIGEST_LENGTH + 1])
{
    static const char DIGITS[] = "0123456789abcdef";
    guchar bytes[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (EVP_DigestFinal_ex(digest->context, bytes, &size) != 1 || size != DIGEST_LENGTH / 2)
        g_error("libcrypto does not hash");
    for (unsigned i = 0; i < size; i++) {
        *hex++ = DIGITS[bytes[i] >> 4];
        *hex++ = DIGITS[bytes[i] & 15];
    }
    *hex = '\0';
    EVP_MD_CTX_free(digest->context);
    g_free(digest);
}

void
digest_bytes(const char *bytes, gsize length, char hex[DIGEST_LENGTH + 1])
{
    Digest *digest = digest_new();
    digest_add(digest, bytes, length);
    digest_finish(digest, hex);
}
