#include "command/runs.h"

#include "archive/ledger.h"
#include "archive/open.h"
#include "archive/payments.h"
#include "command/console.h"
#include "report/figures/json.h"
#include "report/figures/textgrid.h"

#include "base/poison.h"

/* What a run pays, and what its exceptions hold back; known only where its outputs are as sealed.
 */
typedef struct {
    bool is_known;
    Money to_pay, to_invoice, carried, at_risk;
    guint64 exceptions;
} Figures;

/* What has become of a run. */
static const char *
state_of(const Archive *archive, const Run *run)
{
    if (!run->is_there)
        return "missing";
    if (run->approval != NULL)
        return "approved";
    bool is_superseded = run != archive_newest(archive, &run->name.period) ||
                         ledger_is_closed(archive, &run->name.period);
    return is_superseded ? "superseded draft" : "draft";
}

static Figures
figures_of(const Run *run)
{
    static const char EXCEPTIONS[] = OUTPUTS_FOLDER "/exceptions.csv";
    Figures figures = {0};
    if (run->manifest == NULL)
        return figures;
    g_autofree char *exceptions = run_path(run, EXCEPTIONS);
    g_autoptr(GArray) rows = payment_rows_of_run(run, run_digest(run, PAYMENTS_PATH), NULL);
    figures.is_known = rows != NULL && payment_rows_sum(rows, STATUS_PAY, &figures.to_pay) &&
                       payment_rows_sum(rows, STATUS_INVOICE, &figures.to_invoice) &&
                       payment_rows_sum(rows, STATUS_CARRY, &figures.carried) &&
                       exception_rows_count(exceptions, EXCEPTIONS, run_digest(run, EXCEPTIONS),
                                            &figures.exceptions, &figures.at_risk, NULL);
    return figures;
}

static void
add_figure(TextGrid *grid, const Figures *figures, Figure figure)
{
    text_grid_figure(grid, figures->is_known ? figure : figure_text("?"));
}

/* The day of a time: "2025-10-03" of "2025-10-03T09:14:07Z". */
static void
add_day(TextGrid *grid, const char *time)
{
    g_autofree char *day = g_strndup(time, 10);
    text_grid_add(grid, day);
}

static void
add_run(TextGrid *grid, const Archive *archive, const Run *run)
{
    Figures figures = figures_of(run);
    text_grid_add(grid, run->text);
    text_grid_add(grid, state_of(archive, run));
    add_figure(grid, &figures, figure_money(figures.to_pay));
    add_figure(grid, &figures, figure_money(figures.to_invoice));
    add_figure(grid, &figures, figure_money(figures.carried));
    add_figure(grid, &figures, figure_whole(figures.exceptions));
    add_figure(grid, &figures, figure_money(figures.at_risk));
    text_grid_add(grid, run->manifest == NULL ? "?" : run->manifest->prepared_by);
    add_day(grid, run->manifest == NULL ? "?" : run->manifest->prepared_at);
    text_grid_add(grid, run->approval == NULL ? "" : run->approval->approved_by);
    add_day(grid, run->approval == NULL ? "" : run->approval->approved_at);
}

static void
append_table(const Archive *archive, const GPtrArray *runs, GString *text)
{
    static const char *const HEADINGS[] = {
        "run",     "state",       "to pay",      "to invoice",  "carried",     "exceptions",
        "at risk", "prepared by", "prepared on", "approved by", "approved on",
    };
    static const bool IS_NUMBER[] = {false, false, true,  true,  true, true,
                                     true,  false, false, false, false};
    g_autoptr(TextGrid) grid = text_grid_new(HEADINGS, IS_NUMBER, G_N_ELEMENTS(HEADINGS));
    for (guint i = 0; i < runs->len; i++)
        add_run(grid, archive, g_ptr_array_index(runs, i));
    text_grid_append_blocks(grid, text);
}

static void
append_run_json(Json *json, const Archive *archive, const Run *run)
{
    Figures figures = figures_of(run);
    json_open_object(json, NULL);
    json_text(json, "run", run->text);
    json_text(json, "state", state_of(archive, run));
    if (run->manifest != NULL) {
        json_text(json, "prepared_by", run->manifest->prepared_by);
        json_text(json, "prepared_at", run->manifest->prepared_at);
        json_text(json, "engine", run->manifest->engine);
        json_text(json, "manifest_sha256", run->manifest_digest);
    }
    if (run->approval != NULL) {
        json_text(json, "approved_by", run->approval->approved_by);
        json_text(json, "approved_at", run->approval->approved_at);
        json_bool(json, "out_of_order", run->approval->is_out_of_order);
    }
    if (figures.is_known) {
        json_money(json, "to_pay", figures.to_pay);
        json_money(json, "to_invoice", figures.to_invoice);
        json_money(json, "carried", figures.carried);
        json_whole(json, "exceptions", figures.exceptions);
        json_money(json, "at_risk", figures.at_risk);
    }
    json_close_object(json);
}

static void
append_json(const Archive *archive, const GPtrArray *runs, GString *text)
{
    Json json = {text, 0, false};
    json_open_object(&json, NULL);
    json_open_array(&json, "runs");
    for (guint i = 0; i < runs->len; i++)
        append_run_json(&json, archive, g_ptr_array_index(runs, i));
    json_close_array(&json);
    json_close_object(&json);
}

bool
command_runs(const Options *options, GError **error)
{
    g_autoptr(Archive) archive = archive_open(options->archive, error);
    if (archive == NULL || !archive_require(archive, error))
        return false;
    g_autoptr(GPtrArray) runs = g_ptr_array_new();
    for (guint i = 0; i < archive->runs->len; i++)
        g_ptr_array_add(runs, (gpointer)archive_run(archive, i));
    g_ptr_array_sort(runs, run_compare);
    if (findings_differences(archive->findings) > 0)
        console_warn("the archive is not as it was sealed: schemepay verify --all says what "
                     "changed");
    g_autoptr(GString) text = g_string_new(NULL);
    if (options->json)
        append_json(archive, runs, text);
    else if (runs->len == 0)
        g_string_append(text, "no runs\n");
    else
        append_table(archive, runs, text);
    return console_print(text->str, error);
}
