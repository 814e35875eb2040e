/* SHA-256, as 64 hexadecimal digits. */
#pragma once

#include <glib.h>

#define DIGEST_LENGTH 64

/* The digest of some bytes; hex receives 64 lower-case digits and a NUL. */
void digest_bytes(const char *bytes, gsize length, char hex[DIGEST_LENGTH + 1]);

/* The digest of bytes that come piece by piece. */
typedef struct Digest Digest;
Digest *digest_new(void);
void digest_add(Digest *digest, const char *bytes, gsize length);
/* hex receives the digest of all pieces; the digest is freed. */
void digest_finish(Digest *digest, char hex[DIGEST_LENGTH + 1]);
