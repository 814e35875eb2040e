/* A table from two numbers to one. Only one thread may use it at a time. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
    guint64 first, second; /* the key */
    int64_t value;
    guint32 times; /* how often the key was added, modulo 2^32 */
    bool is_used;
} TallyEntry;

typedef struct {
    TallyEntry *entries;
    gsize size, used;
} Tally;

void tally_init(Tally *tally);
/* The same, with room for so many keys. */
void tally_init_for(Tally *tally, gsize expected);
void tally_clear(Tally *tally);
/* The value of a key, or NULL where it has none. Valid until the next tally_add. */
int64_t *tally_find(const Tally *tally, guint64 first, guint64 second);
/* The value of a key, which is added with 0 where it has none (*is_new). */
int64_t *tally_add(Tally *tally, guint64 first, guint64 second, bool *is_new);
/* Mixes two numbers into a hash. */
guint64 tally_hash(guint64 first, guint64 second);
