#include "command/forms.h"

#include "base/newfolder.h"
#include "base/temporary.h"
#include "command/console.h"
#include "command/output.h"
#include "command/work.h"
#include "report/figures/json.h"
#include "report/figures/textgrid.h"
#include "report/form/forms.h"

#include "base/poison.h"

/* Writes the forms to their folder, which appears when all of them are there. */
static bool
write_folder(const Options *options, const GPtrArray *forms, GError **error)
{
    NewFolder *folder = new_folder_begin(options->output, error);
    if (folder == NULL)
        return false;
    Scratch *scratch = scratch_new(error);
    bool is_done = scratch != NULL && forms_write(forms, folder->staging, scratch->path, error);
    if (scratch != NULL)
        is_done = scratch_remove(scratch, is_done ? error : NULL) && is_done;
    if (is_done)
        return new_folder_finish(folder, error);
    new_folder_abandon(folder);
    return false;
}

/* How many forms each scheme has, in the order of the schemes. */
static void
tell_text(const Options *options, const GPtrArray *forms, GString *text)
{
    static const char *const HEADINGS[] = {"scheme", "forms", "months", "activities"};
    static const bool IS_NUMBER[] = {false, true, true, true};
    g_autoptr(TextGrid) grid = text_grid_new(HEADINGS, IS_NUMBER, G_N_ELEMENTS(HEADINGS));
    guint end;
    for (guint first = 0; first < forms->len; first = end) {
        const Form *form = form_at(forms, first);
        guint months = 0, activities = 0;
        for (end = first; end < forms->len && form_at(forms, end)->scheme == form->scheme; end++) {
            months = MAX(months, form_at(forms, end)->months->len);
            activities = MAX(activities, form_at(forms, end)->activities->len);
        }
        text_grid_add(grid, form->scheme->code);
        text_grid_figure(grid, figure_whole(end - first));
        text_grid_figure(grid, figure_whole(months));
        text_grid_figure(grid, figure_whole(activities));
    }
    text_grid_append(grid, text);
    g_string_append_printf(text, "\n%u form%s written to %s\n", forms->len,
                           forms->len == 1 ? " is" : "s are", options->output);
}

static void
tell_json(const Options *options, const GPtrArray *forms, const char *period, GString *text)
{
    Json json = {text, 0, false};
    json_begin(&json);
    json_text(&json, "period", period);
    json_text(&json, "output", options->output);
    json_open_array(&json, "forms");
    for (guint i = 0; i < forms->len; i++) {
        const Form *form = form_at(forms, i);
        g_autofree char *file = g_strconcat(form->name, ".xlsx", NULL);
        json_open_object(&json, NULL);
        json_text(&json, "file", file);
        json_text(&json, "scheme", form->scheme->code);
        json_text(&json, "provider", form->provider->code);
        json_text(&json, "name", form->provider->in_force->name);
        json_whole(&json, "months", form->months->len);
        json_whole(&json, "activities", form->activities->len);
        json_close_object(&json);
    }
    json_close_array(&json);
    json_close_object(&json);
}

/* "2025-26", or "2025-09". Free with g_free. */
static char *
name_period(const Period *period)
{
    GString *name = g_string_new(NULL);
    if (period->is_year_end)
        year_append(name, period->year);
    else
        month_append(name, period->month);
    return g_string_free(name, FALSE);
}

bool
command_forms(const Options *options, GError **error)
{
    Period period;
    if (!work_period(options, &period, error) || !options_require(options, "output", error) ||
        !output_allows_folder(options, error) || !work_rules_pass(options, &period, error))
        return false;
    console_progress(options, "reading");
    g_autoptr(Pack) pack = work_pack(options, NULL, &period, error);
    if (pack == NULL)
        return false;
    g_autofree char *name = name_period(&period);
    g_autoptr(GPtrArray) forms = forms_of(pack, name);
    if (forms->len == 0) {
        g_set_error(error, SP_ERROR, SP_ERROR_INPUT,
                    "%s: nobody takes part in a scheme that is paid for claims: there is no form "
                    "to write",
                    name);
        return false;
    }
    console_progress(options, "writing the forms");
    g_autoptr(GString) text = g_string_new(NULL);
    if (options->json)
        tell_json(options, forms, name, text);
    else if (!options->quiet)
        tell_text(options, forms, text);
    return write_folder(options, forms, error) && console_print(text->str, error);
}
