#include "archive/chain.h"

#include <string.h>

#include "base/poison.h"

static bool
is_same(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

/* A manifest must name the run that was sealed before it, and the manifest of that run. */
static void
check_previous(Archive *archive, const Run *run, const Run *before)
{
    const Manifest *manifest = run->manifest;
    const char *expected = before == NULL ? NULL : before->text;
    if (g_strcmp0(manifest->previous, expected) != 0) {
        findings_add(archive->findings, FINDING_CHAIN, run->text,
                     "was sealed after %s, but stands after %s",
                     manifest->previous == NULL ? "no other run" : manifest->previous,
                     expected == NULL ? "no other run" : expected);
        if (manifest->previous != NULL && archive_named(archive, manifest->previous) == NULL)
            findings_name_cause(archive->findings, manifest->previous);
        return;
    }
    if (before == NULL)
        return;
    const IndexEntry *entry = index_find(archive->index, before->text);
    if (entry == NULL || !is_same(manifest->previous_manifest, entry->manifest)) {
        findings_add(archive->findings, FINDING_CHAIN, run->text,
                     "names another manifest of %s than the %s does: one of them was sealed anew",
                     before->text, INDEX_FILE);
        findings_name_cause(archive->findings, before->text);
    }
}

/* The runs whose payments were counted must be the ones the index names, with the
 * same approvals. Whether they are still there and unchanged, their own checks say. */
static void
check_counted(Archive *archive, const Run *run)
{
    for (guint i = 0; i < run->manifest->counted->len; i++) {
        const ManifestCounted *counted = &g_array_index(run->manifest->counted, ManifestCounted, i);
        const IndexEntry *entry = index_find(archive->index, counted->run);
        if (entry == NULL)
            findings_add(archive->findings, FINDING_MISSING_RUN, counted->run,
                         "is not there, but %s counted its payments", run->text);
        else if (!is_same(entry->manifest, counted->manifest))
            findings_add(archive->findings, FINDING_MANIFEST, counted->run,
                         "is not the manifest %s counted payments by", run->text);
        else if (!is_same(entry->approval, counted->approval))
            findings_add(archive->findings, FINDING_APPROVAL, counted->run,
                         "is not the approval %s counted payments by", run->text);
    }
}

static void
check_manifest(Archive *archive, const Run *run, const IndexEntry *entry)
{
    if (run->manifest_digest[0] == '\0')
        findings_add(archive->findings, FINDING_MANIFEST, run->text, "is not there");
    else if (!is_same(run->manifest_digest, entry->manifest))
        findings_add(archive->findings, FINDING_MANIFEST, run->text,
                     "is not the one that was sealed: it was edited, or the run sealed anew");
    if (run->manifest != NULL && !is_same(run->manifest->run, run->text))
        findings_add(archive->findings, FINDING_CHAIN, run->text,
                     "holds the run that was sealed as %s", run->manifest->run);
}

static void
check_approval(Archive *archive, const Run *run, const IndexEntry *entry)
{
    const char *found = run->approval_digest, *given = entry->approval;
    if (given[0] != '\0' && found[0] == '\0')
        findings_add(archive->findings, FINDING_APPROVAL, run->text, "was given, but is not there");
    else if (given[0] == '\0' && found[0] != '\0')
        findings_add(archive->findings, FINDING_APPROVAL, run->text,
                     "is there, but was never given by the command approve");
    else if (!is_same(found, given))
        findings_add(archive->findings, FINDING_APPROVAL, run->text,
                     "is not the one that was given: it was edited");
    if (run->approval == NULL)
        return;
    const Run *later = archive_prepared_after(archive, run, run->approval->approved_at);
    if (!is_same(run->approval->run, run->text))
        findings_add(archive->findings, FINDING_APPROVAL, run->text, "was given for %s",
                     run->approval->run);
    else if (later != NULL)
        findings_add(archive->findings, FINDING_APPROVAL, run->text,
                     "was given at %s, before %s was prepared, at %s", run->approval->approved_at,
                     later->text, later->manifest->prepared_at);
    if (!is_same(run->approval->manifest, run->manifest_digest))
        findings_add(archive->findings, FINDING_APPROVAL, run->text,
                     "was given for another manifest than the one that is there");
}

/* Whether it is one of this run's manifest, and by whom, witness.h checks. */
static void
check_timestamp(Archive *archive, const Run *run, const IndexEntry *entry)
{
    const char *found = run->timestamp_digest, *kept = entry->timestamp;
    if (kept[0] != '\0' && found[0] == '\0')
        findings_add(archive->findings, FINDING_TIMESTAMP, run->text, "was kept, but is not there");
    else if (kept[0] == '\0' && found[0] != '\0')
        findings_add(archive->findings, FINDING_TIMESTAMP, run->text,
                     "is there, but was never kept by the command witness");
    else if (!is_same(found, kept))
        findings_add(archive->findings, FINDING_TIMESTAMP, run->text,
                     "is not the one that was kept: it was edited");
}

static void
check_run(Archive *archive, const Run *run, const Run *before)
{
    if (!run->is_listed) {
        findings_add(archive->findings, FINDING_STRAY, run->text,
                     "is there, but was never sealed in this archive");
        return;
    }
    if (!run->is_there) {
        findings_add(archive->findings, FINDING_MISSING_RUN, run->text,
                     "was sealed, but is not there");
        return;
    }
    const IndexEntry *entry = index_find(archive->index, run->text);
    check_manifest(archive, run, entry);
    check_approval(archive, run, entry);
    check_timestamp(archive, run, entry);
    if (run->manifest != NULL) {
        check_previous(archive, run, before);
        check_counted(archive, run);
    }
}

/* Numbers of a period count up from 1 as its runs are sealed. */
static void
check_numbers(Archive *archive, guint position)
{
    const Run *run = archive_run(archive, position);
    guint expected = 1;
    for (guint i = 0; i < position; i++)
        if (period_compare(&archive_run(archive, i)->name.period, &run->name.period) == 0)
            expected++;
    if (run->name.number == expected)
        return;
    g_autofree char *text = run_name_text(&run->name.period, expected);
    if (archive_named(archive, text) == NULL)
        findings_add(archive->findings, FINDING_MISSING_RUN, text, "is not there, but %s is",
                     run->text);
}

static void
check_approved_once(Archive *archive, const Run *run)
{
    const Run *first = archive_approved(archive, &run->name.period);
    if (run->approval != NULL && first != run)
        findings_add(archive->findings, FINDING_APPROVAL, run->text,
                     "is there, but %s of the same period is approved, too", first->text);
}

/* The run sealed after the one named, or the first for NULL; of the runs that are not in the index
 * yet. */
static const Run *
next_in_chain(const Archive *archive, const char *previous)
{
    for (guint i = 0; i < archive->runs->len; i++) {
        const Run *run = archive_run(archive, i);
        if (run->manifest != NULL && g_strcmp0(run->manifest->previous, previous) == 0 &&
            index_find(archive->index, run->text) == NULL)
            return run;
    }
    return NULL;
}

/* Without an index, the order comes from the manifests alone; runs that none of them leads to
 * come last. */
static void
rebuild_index(Archive *archive)
{
    g_autoptr(GPtrArray) ordered = g_ptr_array_new();
    const char *previous = NULL;
    const Run *run;
    while ((run = next_in_chain(archive, previous)) != NULL) {
        index_add(archive->index, run->text, run->manifest_digest);
        previous = run->text;
    }
    for (guint i = 0; i < archive->runs->len; i++)
        if (index_find(archive->index, archive_run(archive, i)->text) == NULL)
            index_add(archive->index, archive_run(archive, i)->text,
                      archive_run(archive, i)->manifest_digest);
    for (guint i = 0; i < index_count(archive->index); i++) {
        IndexEntry *entry = index_entry(archive->index, i);
        Run *listed = (Run *)archive_named(archive, entry->run);
        listed->is_listed = true;
        g_strlcpy(entry->approval, listed->approval_digest, sizeof entry->approval);
        g_strlcpy(entry->timestamp, listed->timestamp_digest, sizeof entry->timestamp);
        g_ptr_array_add(ordered, listed);
    }
    for (guint i = 0; i < ordered->len; i++)
        archive->runs->pdata[i] = ordered->pdata[i];
}

void
chain_check(Archive *archive)
{
    if (archive->index_bytes == NULL && archive->runs->len > 0)
        findings_add(archive->findings, FINDING_INDEX, NULL, "%s: is not there, but runs are",
                     INDEX_FILE);
    if (!archive->has_index)
        rebuild_index(archive);
    const Run *before = NULL;
    for (guint i = 0; i < archive->runs->len; i++) {
        const Run *run = archive_run(archive, i);
        check_run(archive, run, before);
        check_approved_once(archive, run);
        if (run->is_listed) {
            check_numbers(archive, i);
            before = run;
        }
    }
}
