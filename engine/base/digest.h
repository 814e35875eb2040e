/* SHA-256, as 64 hexadecimal digits. */
#pragma once

#include <glib.h>

#define DIGEST_LENGTH 64

/* The digest of some bytes; hex receives 64 lower-case digits and a NUL. */
void digest_bytes(const char *bytes, gsize length, char hex[DIGEST_LENGTH + 1]);
