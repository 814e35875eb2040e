#include "archive/index.h"

#include <string.h>

#include "base/poison.h"

#define KIND "index"
#define NOT_APPROVED "-"

/* What pending kinds are called in the file. */
static const char *const PENDING_WORDS[] = {
    [PENDING_NONE] = "none",
    [PENDING_SEAL] = "seal",
    [PENDING_APPROVE] = "approve",
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
    IndexEntry *entry;
    if (index->pending == PENDING_SEAL)
        index_add(index, index->pending_run, index->pending_digest);
    else if (index->pending == PENDING_APPROVE &&
             (entry = index_find(index, index->pending_run)) != NULL)
        g_strlcpy(entry->approval, index->pending_digest, sizeof entry->approval);
    index_drop_pending(index);
}

GString *
index_text(const Index *index)
{
    GString *lines = g_string_new("schemepay-" KIND " 1\n");
    for (guint i = 0; i < index->entries->len; i++) {
        const IndexEntry *entry = index_entry(index, i);
        g_string_append_printf(lines, "run %s %s %s\n", entry->run, entry->manifest,
                               entry->approval[0] == '\0' ? NOT_APPROVED : entry->approval);
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
    bool is_seal = span_is(kind, PENDING_WORDS[PENDING_SEAL]);
    if (!is_seal && !span_is(kind, PENDING_WORDS[PENDING_APPROVE]))
        return false;
    g_autofree char *name = span_copy(run);
    index_set_pending(index, is_seal ? PENDING_SEAL : PENDING_APPROVE, name, digest);
    return true;
}

Index *
index_read(Span bytes, GError **error)
{
    g_autoptr(Index) index = index_new();
    LineReader reader;
    if (!lines_begin(&reader, bytes, KIND, 1, error))
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
