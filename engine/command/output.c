#include "command/output.h"

#include "base/files.h"
#include "base/newfolder.h"
#include "base/temporary.h"

#include "base/poison.h"

bool
output_is_workbook(const char *path)
{
    g_autofree char *lower = g_ascii_strdown(path, -1);
    return g_str_has_suffix(lower, ".xlsx");
}

static bool
replace(const char *path, Span bytes, GError **error)
{
    g_autofree char *temporary = g_strconcat(path, ".part", NULL);
    return file_replace(path, temporary, bytes, error);
}

bool
output_text(const char *path, const GString *text, GError **error)
{
    return replace(path, (Span){text->str, text->len}, error);
}

static bool
make_in(const char *folder, const char *path, OutputMaker make, gconstpointer user, GError **error)
{
    g_autofree char *made = g_build_filename(folder, "made.xlsx", NULL);
    g_autofree char *bytes = NULL;
    g_autoptr(GError) reason = NULL;
    gsize length;
    if (!make(made, user, error))
        return false;
    if (!g_file_get_contents(made, &bytes, &length, &reason)) {
        g_set_error(error, SP_ERROR, SP_ERROR_IO, "%s", reason->message);
        return false;
    }
    return replace(path, (Span){bytes, length}, error);
}

bool
output_workbook(const char *path, OutputMaker make, gconstpointer user, GError **error)
{
    Scratch *scratch = scratch_new(error);
    if (scratch == NULL)
        return false;
    bool is_done = make_in(scratch->path, path, make, user, error);
    return scratch_remove(scratch, is_done ? error : NULL) && is_done;
}

bool
output_is_elsewhere(const Options *options, const char *option, const char *path, GError **error)
{
    g_autofree char *output = path_resolve(path);
    g_autofree char *inputs = options->inputs == NULL ? NULL : path_resolve(options->inputs);
    g_autofree char *archive = path_resolve(options->archive);
    bool is_in_inputs = inputs != NULL && path_is_in(output, inputs);
    bool is_elsewhere = !is_in_inputs && !path_is_in(output, archive);
    if (!is_elsewhere)
        g_set_error(error, SP_ERROR, SP_ERROR_USAGE, "--%s lies in --%s: choose another place",
                    option, is_in_inputs ? "inputs" : "archive");
    return is_elsewhere;
}

bool
output_allows_folder(const Options *options, GError **error)
{
    return options->output == NULL ||
           (output_is_elsewhere(options, "output", options->output, error) &&
            new_folder_allows(options->output, error));
}
