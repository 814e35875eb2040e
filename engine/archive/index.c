#include "archive/index.h"

#include <string.h>

#include "base/poison.h"

#define KIND "index"
#define NOT_APPROVED "-"
#define NEWEST_FORMAT 2 /* names timestamps */

/* What pending kinds are called in the file. */
static const char *const PENDING_WORDS[] = {
    [PENDING_NONE] = "none",
    [PENDING_SEAL] = "seal",
    [PENDING_APPROVE] = "approve",
    [PENDING_WITNESS] = "witness",
};

static void
clear_entry(gpointer pointer)
{
    IndexEntry *entry = pointer;
    g_free(entry->run);
}

Index *
index_new(void)
{
    Index *index = g_new0(Index, 1);
    index->entries = g_array_new(FALSE, TRUE, sizeof(IndexEntry));
    g_array_set_clear_func(index->entries, clear_entry);
    return index;
}

void
index_free(Index *index)
{
    if (index == NULL)
        return;
    g_array_unref(index->entries);
    g_free(index->pending_run);
    g_free(index);
}

guint
index_count(const Index *index)
{
    return index->entries->len;
}

IndexEntry *
index_entry(const Index *index, guint entry)
{
    return &g_array_index(index->entries, IndexEntry, entry);
}

IndexEntry *
index_find(const Index *index, const char *run)
{
    for (guint i = 0; i < index->entries->len; i++)
        if (strcmp(index_entry(index, i)->run, run) == 0)
            return index_entry(index, i);
    return NULL;
}

void
index_add(Index *index, const char *run, const char *manifest)
{
    IndexEntry entry = {.run = g_strdup(run)};
    g_strlcpy(entry.manifest, manifest, sizeof entry.manifest);
    g_array_append_val(index->entries, entry);
}

void
index_set_pending(Index *index, PendingKind kind, const char *run, const char *digest)
{
    index_drop_pending(index);
    index->pending = kind;
    index->pending_run = g_strdup(run);
    g_strlcpy(index->pending_digest, digest, sizeof index->pending_digest);
}

void
index_drop_pending(Index *index)
{
    index->pending = PENDING_NONE;
    g_clear_pointer(&index->pending_run, g_free);
}

void
index_complete(Index *index)
{
    IndexEntry *entry = NULL;
    if (index->pending == PENDING_SEAL)
        index_add(index, index->pending_run, index->pending_digest);
    else if (index->pending != PENDING_NONE)
        entry = index_find(index, index->pending_run);
    if (entry != NULL)
        g_strlcpy(index->pending == PENDING_APPROVE ? entry->approval : entry->timestamp,
                  index->pending_digest, sizeof entry->approval);
    index_drop_pending(index);
}

/* The format of its file. */
static guint
format_of(const Index *index)
{
    if (index->pending == PENDING_WITNESS)
        return NEWEST_FORMAT;
    for (guint i = 0; i < index_count(index); i++)
        if (index_entry(index, i)->timestamp[0] != '\0')
            return NEWEST_FORMAT;
    return 1;
}

GString *
index_text(const Index *index)
{
    GString *lines = g_string_new(NULL);
    g_string_append_printf(lines, "schemepay-" KIND " %u\n", format_of(index));
    for (guint i = 0; i < index->entries->len; i++) {
        const IndexEntry *entry = index_entry(index, i);
        bool is_witnessed = entry->timestamp[0] != '\0';
        g_string_append_printf(lines, "run %s %s %s%s%s\n", entry->run, entry->manifest,
                               entry->approval[0] == '\0' ? NOT_APPROVED : entry->approval,
                               is_witnessed ? " " : "", entry->timestamp);
    }
    if (index->pending != PENDING_NONE)
        g_string_append_printf(lines, "pending %s %s %s\n", PENDING_WORDS[index->pending],
                               index->pending_run, index->pending_digest);
    lines_finish(lines);
    return lines;
}

static bool
take_run(LineReader *reader, Index *index)
{
    Span word;
    IndexEntry entry = {0};
    if (!line_take_word(reader, &word) || !line_take_digest(reader, entry.manifest))
        return false;
    if (!span_is(reader->words, NOT_APPROVED) && !line_take_digest(reader, entry.approval))
        return false;
    bool may_be_witnessed = reader->format == NEWEST_FORMAT && entry.approval[0] != '\0';
    if (may_be_witnessed && reader->words.length > 0 && !line_take_digest(reader, entry.timestamp))
        return false;
    entry.run = span_copy(word);
    g_array_append_val(index->entries, entry);
    return true;
}

static bool
take_pending(LineReader *reader, Index *index)
{
    Span kind, run;
    char digest[DIGEST_LENGTH + 1];
    if (!line_take_word(reader, &kind) || !line_take_word(reader, &run) ||
        !line_take_digest(reader, digest))
        return false;
    g_autofree char *name = span_copy(run);
    for (guint i = PENDING_SEAL; i < G_N_ELEMENTS(PENDING_WORDS); i++)
        if (span_is(kind, PENDING_WORDS[i])) {
            index_set_pending(index, (PendingKind)i, name, digest);
            return true;
        }
    return false;
}

Index *
index_read(Span bytes, GError **error)
{
    g_autoptr(Index) index = index_new();
    LineReader reader;
    if (!lines_begin(&reader, bytes, KIND, NEWEST_FORMAT, error))
        return NULL;
    while (lines_next(&reader)) {
        bool is_understood = span_is(reader.keyword, "run")       ? take_run(&reader, index)
                             : span_is(reader.keyword, "pending") ? take_pending(&reader, index)
                                                                  : false;
        if (!is_understood) {
            lines_fail(&reader, KIND, error);
            return NULL;
        }
    }
    return g_steal_pointer(&index);
}
