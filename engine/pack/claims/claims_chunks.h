/* Claims in chunks, for passes over all of them on several threads. */
#pragma once

#include "base/parallel.h"
#include "pack/claims/claims.h"

#define CLAIMS_CHUNK G_GUINT64_CONSTANT(262144)

/* How many chunks there are. */
static inline gsize
claims_chunks(const Claims *claims)
{
    return (gsize)((claims->count + CLAIMS_CHUNK - 1) / CLAIMS_CHUNK);
}

/* The claims of a chunk: from *first up to the one before the number returned. */
static inline guint64
claims_chunk(const Claims *claims, gsize chunk, guint64 *first)
{
    *first = chunk * CLAIMS_CHUNK;
    return MIN(*first + CLAIMS_CHUNK, claims->count);
}
