#include "command/sample.h"

#include <string.h>

#include "archive/open.h"
#include "command/again.h"
#include "command/changes.h"
#include "command/console.h"
#include "report/screen/sample.h"

#include "base/poison.h"

/* What --by asks for: so many of each provider or scheme; of all where it is not given. */
static bool
read_by(const Options *options, SampleBy *by, GError **error)
{
    const char *asked = options->by == NULL ? "" : options->by;
    for (*by = SAMPLE_OF_ALL; *by < SAMPLE_WAYS; ++*by)
        if (strcmp(asked, SAMPLE_BY_WORDS[*by]) == 0)
            return true;
    g_set_error(error, SP_ERROR, SP_ERROR_USAGE,
                "--by takes provider or scheme: so many rows of each are drawn");
    return false;
}

static bool
print_sample(const Options *options, const Run *run, const Rework *again, SampleBy by,
             GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(Sample) sample =
        sample_new(again->result, run->text, run->manifest_digest, by, options->rows);
    if (options->json)
        sample_json(sample, text);
    else
        sample_csv(sample, text);
    return console_print(text->str, error);
}

static void
warn_of_draft(const Run *run)
{
    g_autofree char *warning =
        g_strdup_printf("%s is not approved: what it pays is not paid yet", run->text);
    if (run->approval == NULL)
        console_warn(warning);
}

bool
command_sample(const Options *options, GError **error)
{
    SampleBy by;
    guint changes = 0;
    if (!options_require(options, "rows", error) || !read_by(options, &by, error))
        return false;
    g_autoptr(Archive) archive = archive_open(options->archive, error);
    if (archive == NULL || !archive_require(archive, error))
        return false;
    const Run *run = archive_find(archive, options->arguments[0], error);
    if (run == NULL || !changes_of_run(archive, run, &changes, error))
        return false;
    warn_of_draft(run);
    g_autoptr(Rework) again = again_new(options, archive, run, error);
    return again != NULL && print_sample(options, run, again, by, error) &&
           changes_conclude(changes, error);
}
