#include "command/witness.h"

#include <string.h>

#include "archive/open.h"
#include "archive/seal.h"
#include "archive/witness.h"
#include "base/files.h"
#include "base/stamp.h"
#include "command/console.h"
#include "command/output.h"
#include "report/figures/json.h"

#include "base/poison.h"

/* Prints what was done, as a line or as JSON. */
static bool
print(const Options *options, const Run *run, const char *line, const char *member,
      const char *value, const Stamp *stamp, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (!options->json) {
        if (!options->quiet)
            g_string_append_printf(text, "%s\n", line);
        return console_print(text->str, error);
    }
    Json json = {text, 0, false};
    json_begin(&json);
    json_text(&json, "run", run->text);
    json_text(&json, "manifest_sha256", run->manifest_digest);
    if (stamp != NULL) {
        json_text(&json, "witnessed_at", stamp_time(stamp));
        json_text(&json, "witnessed_by", stamp_authority(stamp));
    }
    json_text(&json, member, value);
    json_close_object(&json);
    return console_print(text->str, error);
}

/* ------------------------------------------------------------------------------------ the query */

static bool
write_query(const Options *options, const Run *run, GError **error)
{
    g_autoptr(GString) query = stamp_query(run->manifest_digest);
    g_autofree char *line = g_strdup_printf("query for %s written to %s: SHA-256 %s", run->text,
                                            options->query, run->manifest_digest);
    return output_text(options->query, query, error) &&
           print(options, run, line, "query", options->query, NULL, error);
}

/* ------------------------------------------------------------------------------------ the reply */

static GString *
read_reply(const char *path, GError **error)
{
    Span bytes;
    g_autoptr(GMappedFile) map = file_map(path, &bytes, error);
    return map == NULL ? NULL : g_string_new_len(bytes.text, (gssize)bytes.length);
}

/* Checks a reply as verify will. */
static bool
check_reply(const Options *options, const Run *run, const GString *reply, GError **error)
{
    g_autoptr(GPtrArray) findings = findings_new();
    if (!witness_check(options->rules, run, reply, findings, error))
        return false;
    const Finding *found = findings_get(findings, 0);
    if (found->is_difference)
        g_set_error(error, SP_ERROR, SP_ERROR_INPUT,
                    "%s: %s: nothing is kept\nhint: keep the reply as the authority sends it to "
                    "the query for this run",
                    options->reply, found->text);
    return !found->is_difference;
}

/* Keeps a reply, unless it is kept already. Others may have written to the archive meanwhile: with
 * the lock held, all that it depends on is asked again. */
static bool
keep(const Options *options, const char *name, const GString *reply, bool *was_kept, GError **error)
{
    g_autofree char *person = console_person(options, error);
    if (person == NULL)
        return false;
    g_autofree char *now = console_now();
    g_autofree char *holder = console_holder(options, person, now);
    g_autoptr(ArchiveLock) lock =
        archive_lock(options->archive, holder, options_wait(options), error);
    g_autoptr(Archive) archive = lock == NULL ? NULL : archive_open(options->archive, error);
    const Run *run = archive == NULL ? NULL : archive_find(archive, name, error);
    if (run == NULL || !witness_is_allowed(archive, run, error) ||
        !check_reply(options, run, reply, error))
        return false;
    *was_kept = run->timestamp != NULL && g_string_equal(run->timestamp, reply);
    if (*was_kept || run->timestamp == NULL)
        return *was_kept || seal_timestamp(archive, lock, run, reply, error);
    g_set_error(error, SP_ERROR, SP_ERROR_NOT_ALLOWED,
                "%s has another timestamp already: the first one stays, and nothing is written",
                run->text);
    return false;
}

static bool
keep_reply(const Options *options, const Run *run, GError **error)
{
    g_autoptr(GString) reply = read_reply(options->reply, error);
    bool was_kept;
    if (reply == NULL || !check_reply(options, run, reply, error) ||
        !keep(options, run->text, reply, &was_kept, error))
        return false;
    g_autoptr(Stamp) stamp = stamp_read((Span){reply->str, reply->len}, error);
    if (stamp == NULL)
        return false;
    g_autofree char *authorities = witness_authorities(options->rules, run);
    bool is_checked = g_file_test(authorities, G_FILE_TEST_EXISTS);
    g_autofree char *line = g_strdup_printf(
        "%s is witnessed at %s by %s%s", run->text, stamp_time(stamp), stamp_authority(stamp),
        was_kept ? "; that is kept already, and nothing is written" : "");
    if (!is_checked) {
        g_autofree char *warning = g_strdup_printf(
            "%s is not there: whether the timestamp is by an authority is not checked",
            authorities);
        console_warn(warning);
    }
    if (print(options, run, line, "authority", is_checked ? "checked" : "not checked", stamp,
              error))
        return true;
    g_prefix_error(error, "%s is witnessed, but ", run->text);
    return false;
}

/* ---------------------------------------------------------------------------------- the command */

static bool
check_usage(const Options *options, GError **error)
{
    if ((options->query == NULL) == (options->reply == NULL)) {
        g_set_error(error, SP_ERROR, SP_ERROR_USAGE,
                    "one of --query and --reply is needed: the query first, then its reply");
        return false;
    }
    return options->query == NULL || output_is_elsewhere(options, "query", options->query, error);
}

bool
command_witness(const Options *options, GError **error)
{
    if (!check_usage(options, error))
        return false;
    g_autoptr(Archive) archive = archive_open(options->archive, error);
    if (archive == NULL || !archive_require(archive, error))
        return false;
    const Run *run = archive_find(archive, options->arguments[0], error);
    if (run == NULL || !witness_is_allowed(archive, run, error))
        return false;
    return options->query != NULL ? write_query(options, run, error)
                                  : keep_reply(options, run, error);
}
