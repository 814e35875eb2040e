#include "archive/roots.h"

#include <string.h>

#include "base/poison.h"

static void
root_free(gpointer pointer)
{
    Root *root = pointer;
    g_free(root->run);
    g_ptr_array_unref(root->followers);
    g_free(root);
}

const Root *
roots_get(const GPtrArray *roots, guint root)
{
    return g_ptr_array_index(roots, root);
}

static const char *
what_became_of(const Run *run)
{
    if (run == NULL || !run->is_there)
        return "is not there";
    return run->is_listed ? "changed" : "was never sealed";
}

/* The root of a name, which is added where it is not there yet. */
static const Root *
require_root(GPtrArray *roots, const Archive *archive, const char *run)
{
    for (guint i = 0; i < roots->len; i++)
        if (strcmp(roots_get(roots, i)->run, run) == 0)
            return roots_get(roots, i);
    Root *root = g_new0(Root, 1);
    root->run = g_strdup(run);
    root->what = what_became_of(archive_named(archive, run));
    root->followers = g_ptr_array_new();
    g_ptr_array_add(roots, root);
    return root;
}

/* Whether a run was changed itself: a difference has no other run as its cause. What is worked out
 * otherwise has one where anything that was counted or read changed. */
static bool
is_changed(const GPtrArray *findings)
{
    bool has_cause = false, is_otherwise = false;
    for (guint i = 0; i < findings->len; i++) {
        const Finding *finding = findings_get(findings, i);
        has_cause = has_cause || finding->cause != NULL;
        if (!finding->is_difference || finding->cause != NULL || finding->kind == FINDING_ENGINE)
            continue;
        if (!finding->is_worked_out)
            return true;
        is_otherwise = true;
    }
    return is_otherwise && !has_cause;
}

static void
add_follower(const Root *root, const char *run)
{
    for (guint i = 0; i < root->followers->len; i++)
        if (strcmp(g_ptr_array_index(root->followers, i), run) == 0)
            return;
    g_ptr_array_add(root->followers, (gpointer)run);
}

GPtrArray *
roots_find(const Archive *archive, const GPtrArray *findings)
{
    GPtrArray *roots = g_ptr_array_new_with_free_func(root_free);
    for (guint i = 0; i < archive->runs->len; i++) {
        const GPtrArray *own = g_ptr_array_index(findings, i);
        const char *run = archive_run(archive, i)->text;
        for (guint k = 0; k < own->len; k++) {
            const char *cause = findings_get(own, k)->cause;
            if (cause != NULL)
                add_follower(require_root(roots, archive, cause), run);
        }
        if (is_changed(own))
            (void)require_root(roots, archive, run);
    }
    return roots;
}
