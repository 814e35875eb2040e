/* Codes to small numbers, and back: a table of distinct texts in the order they were added.
 *
 * Lookups take bytes as they stand in a file (not terminated) and are case-sensitive. Several
 * threads may read at the same time as long as none adds. */
#pragma once

#include "base/text.h"

typedef struct Codes Codes;
#define CODE_NONE G_MAXUINT32

Codes *codes_new(void);
void codes_free(Codes *codes);
/* The number of a code, or CODE_NONE. */
guint32 codes_find(const Codes *codes, Span code);
/* The number of a code, which is added where it is new. */
guint32 codes_add(Codes *codes, Span code);
/* How many codes there are; they are numbered from 0. */
guint32 codes_count(const Codes *codes);
/* The text of a number; it lives as long as the table. */
const char *codes_text(const Codes *codes, guint32 number);

/* A well-mixed hash of some bytes. Equal bytes give equal hashes; the reverse must be checked. */
guint64 codes_hash(const char *text, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Codes, codes_free)
