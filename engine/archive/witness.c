#include "archive/witness.h"

#include "base/document.h"
#include "base/stamp.h"
#include "pack/rules/rules.h"

#include "base/poison.h"

bool
witness_is_allowed(const Archive *archive, const Run *run, GError **error)
{
    if (!archive_require_whole(archive, SP_ERROR_NOT_ALLOWED, error))
        return false;
    if (run->approval == NULL)
        g_set_error(error, SP_ERROR, SP_ERROR_NOT_ALLOWED,
                    "%s is not approved: a timestamp is for what was paid\nhint: approve it first",
                    run->text);
    return run->approval != NULL;
}

char *
witness_authorities(const char *rules, const Run *run)
{
    g_autoptr(GString) year = g_string_new(NULL);
    year_append(year, run->name.period.year);
    return g_build_filename(rules, year->str, AUTHORITIES_FILE, NULL);
}

void
witness_check_authorities(const Document *authorities, FaultClass class, Faults *faults)
{
    g_autoptr(GError) reason = NULL;
    if (!stamp_authorities_pass(document_raw(authorities), &reason))
        faults_add(faults, class, document_name(authorities), 0, NULL, "%s", reason->message);
}

/* Opens the authorities' certificates: *authorities is NULL where there are none. */
static bool
open_authorities(const char *rules, const Run *run, char **path, Document **authorities,
                 GError **error)
{
    g_autoptr(GError) reason = NULL;
    *path = witness_authorities(rules, run);
    *authorities = document_open(*path, *path, &reason);
    if (*authorities != NULL || reason->code == SP_ERROR_NO_INPUT)
        return true;
    g_propagate_error(error, g_steal_pointer(&reason));
    return false;
}

/* Checks by whom a timestamp is; what else could be wrong with it has been looked at. */
static bool
check_authority(const Run *run, const Stamp *stamp, const char *path, const Document *authorities,
                GPtrArray *findings, GError **error)
{
    const char *time = stamp_time(stamp), *authority = stamp_authority(stamp);
    g_autoptr(GError) reason = NULL;
    if (authorities == NULL)
        findings_add(findings, FINDING_NOTE, run->text,
                     "witnessed at %s by %s, as its timestamp says; not checked, since %s is not "
                     "there",
                     time, authority, path);
    else if (stamp_is_by(stamp, document_raw(authorities), &reason))
        findings_add(findings, FINDING_NOTE, run->text, "witnessed at %s by %s", time, authority);
    else if (reason->code == SP_ERROR_RULES) {
        g_propagate_prefixed_error(error, g_steal_pointer(&reason), "%s: ", path);
        return false;
    } else
        findings_add(findings, FINDING_TIMESTAMP, run->text,
                     "is by %s, and by no authority that %s names: %s", authority, path,
                     reason->message);
    return true;
}

bool
witness_check(const char *rules, const Run *run, const GString *reply, GPtrArray *findings,
              GError **error)
{
    g_autofree char *path = NULL;
    g_autoptr(Document) authorities = NULL;
    g_autoptr(GError) reason = NULL;
    if (!open_authorities(rules, run, &path, &authorities, error))
        return false;
    if (reply == NULL) {
        if (run->approval != NULL && authorities != NULL)
            findings_add(findings, FINDING_NOTE, run->text,
                         "no outside witness: there is no timestamp of what was approved");
        return true;
    }
    g_autoptr(Stamp) stamp = stamp_read((Span){reply->str, reply->len}, &reason);
    if (stamp == NULL)
        findings_add(findings, FINDING_TIMESTAMP, run->text, "%s", reason->message);
    else if (!stamp_is_of(stamp, run->manifest_digest))
        findings_add(findings, FINDING_TIMESTAMP, run->text,
                     "is of something else than the manifest of %s", run->text);
    else if (!stamp_is_signed(stamp, &reason))
        findings_add(findings, FINDING_TIMESTAMP, run->text,
                     "is not signed by the certificate in it: %s", reason->message);
    else
        return check_authority(run, stamp, path, authorities, findings, error);
    return true;
}
