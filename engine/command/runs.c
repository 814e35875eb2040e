#include "command/runs.h"

#include <string.h>

#include "archive/ledger.h"
#include "archive/open.h"
#include "archive/payments.h"
#include "base/files.h"
#include "base/stamp.h"
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

/* A run of one of the archives. */
typedef struct {
    const Archive *archive;
    const Run *run;
    Figures figures;
} Listed;

/* What the runs of a period add up to: of each archive the approved one, or else the newest. */
typedef struct {
    Period period;
    guint approved, drafts; /* how many archives have such a run */
    guint not_known;        /* how many of these runs are not added, as their outputs changed */
    Sum to_pay, of_which_approved, to_invoice, carried, at_risk;
    guint64 exceptions;
} PeriodTotal;

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

/* Adds the runs of an archive, by period. */
static void
list_runs(const Archive *archive, GArray *listed)
{
    g_autoptr(GPtrArray) runs = g_ptr_array_new();
    for (guint i = 0; i < archive->runs->len; i++)
        g_ptr_array_add(runs, (gpointer)archive_run(archive, i));
    g_ptr_array_sort(runs, run_compare);
    for (guint i = 0; i < runs->len; i++) {
        const Run *run = g_ptr_array_index(runs, i);
        Listed one = {archive, run, figures_of(run)};
        g_array_append_val(listed, one);
    }
}

/* ------------------------------------------------------------------------------------- totals */

static int
compare_totals(gconstpointer left, gconstpointer right)
{
    return period_compare(&((const PeriodTotal *)left)->period,
                          &((const PeriodTotal *)right)->period);
}

static PeriodTotal *
require_total(GArray *totals, const Period *period)
{
    for (guint i = 0; i < totals->len; i++) {
        PeriodTotal *total = &g_array_index(totals, PeriodTotal, i);
        if (period_compare(&total->period, period) == 0)
            return total;
    }
    PeriodTotal total = {.period = *period};
    g_array_append_val(totals, total);
    return &g_array_index(totals, PeriodTotal, totals->len - 1);
}

static void
add_to_total(PeriodTotal *total, const Listed *listed)
{
    const Figures *figures = &listed->figures;
    bool is_approved = listed->run->approval != NULL;
    total->approved += is_approved;
    total->drafts += !is_approved;
    total->not_known += !figures->is_known;
    if (!figures->is_known)
        return;
    sum_add(&total->to_pay, figures->to_pay);
    if (is_approved)
        sum_add(&total->of_which_approved, figures->to_pay);
    sum_add(&total->to_invoice, figures->to_invoice);
    sum_add(&total->carried, figures->carried);
    sum_add(&total->at_risk, figures->at_risk);
    total->exceptions += figures->exceptions;
}

/* The periods of all archives, in their order. */
static GArray *
add_up(const GArray *listed)
{
    GArray *totals = g_array_new(FALSE, FALSE, sizeof(PeriodTotal));
    for (guint i = 0; i < listed->len; i++) {
        const Listed *one = &g_array_index(listed, Listed, i);
        const Period *period = &one->run->name.period;
        const Run *approved = archive_approved(one->archive, period);
        const Run *counts = approved != NULL ? approved : archive_newest(one->archive, period);
        if (one->run == counts)
            add_to_total(require_total(totals, period), one);
    }
    g_array_sort(totals, compare_totals);
    return totals;
}

/* -------------------------------------------------------------------------------------- as text */

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

/* What a run's timestamp says, which verify checks; NULL where there is none. */
static Stamp *
stamp_of(const Run *run)
{
    if (run->timestamp == NULL)
        return NULL;
    return stamp_read((Span){run->timestamp->str, run->timestamp->len}, NULL);
}

static void
add_witness(TextGrid *grid, const Run *run)
{
    g_autoptr(Stamp) stamp = stamp_of(run);
    add_day(grid, stamp != NULL ? stamp_time(stamp) : run->timestamp != NULL ? "?" : "");
}

static void
add_run(TextGrid *grid, const Listed *listed, bool has_witnesses)
{
    const Figures *figures = &listed->figures;
    const Run *run = listed->run;
    text_grid_add(grid, run->text);
    text_grid_add(grid, state_of(listed->archive, run));
    add_figure(grid, figures, figure_money(figures->to_pay));
    add_figure(grid, figures, figure_money(figures->to_invoice));
    add_figure(grid, figures, figure_money(figures->carried));
    add_figure(grid, figures, figure_whole(figures->exceptions));
    add_figure(grid, figures, figure_money(figures->at_risk));
    text_grid_add(grid, run->manifest == NULL ? "?" : run->manifest->prepared_by);
    add_day(grid, run->manifest == NULL ? "?" : run->manifest->prepared_at);
    text_grid_add(grid, run->approval == NULL ? "" : run->approval->approved_by);
    add_day(grid, run->approval == NULL ? "" : run->approval->approved_at);
    if (has_witnesses)
        add_witness(grid, run);
}

static bool
has_witnesses(const Archive *archive)
{
    for (guint i = 0; i < archive->runs->len; i++)
        if (archive_run(archive, i)->timestamp != NULL)
            return true;
    return false;
}

/* The runs of one archive; the last column is for archives that have a witness. */
static void
append_table(const Archive *archive, const GArray *listed, GString *text)
{
    static const char *const HEADINGS[] = {
        "run",     "state",       "to pay",      "to invoice",  "carried",     "exceptions",
        "at risk", "prepared by", "prepared on", "approved by", "approved on", "witnessed on",
    };
    static const bool IS_NUMBER[] = {false, false, true,  true,  true,  true,
                                     true,  false, false, false, false, false};
    bool is_witnessed = has_witnesses(archive);
    g_autoptr(TextGrid) grid =
        text_grid_new(HEADINGS, IS_NUMBER, G_N_ELEMENTS(HEADINGS) - (is_witnessed ? 0 : 1));
    for (guint i = 0; i < listed->len; i++)
        if (g_array_index(listed, Listed, i).archive == archive)
            add_run(grid, &g_array_index(listed, Listed, i), is_witnessed);
    if (archive->runs->len == 0)
        g_string_append(text, "no runs\n");
    else
        text_grid_append_blocks(grid, text);
}

static void
append_totals(const GArray *totals, guint archives, GString *text)
{
    static const char *const HEADINGS[] = {
        "period",     "approved", "drafts",     "not known", "to pay", "of which approved",
        "to invoice", "carried",  "exceptions", "at risk",
    };
    static const bool IS_NUMBER[] = {false, true, true, true, true, true, true, true, true, true};
    g_autoptr(TextGrid) grid = text_grid_new(HEADINGS, IS_NUMBER, G_N_ELEMENTS(HEADINGS));
    for (guint i = 0; i < totals->len; i++) {
        const PeriodTotal *total = &g_array_index(totals, PeriodTotal, i);
        g_autofree char *period = period_text(&total->period);
        text_grid_add(grid, period);
        text_grid_figure(grid, figure_whole(total->approved));
        text_grid_figure(grid, figure_whole(total->drafts));
        text_grid_figure(grid, figure_whole(total->not_known));
        text_grid_figure(grid, figure_sum(total->to_pay));
        text_grid_figure(grid, figure_sum(total->of_which_approved));
        text_grid_figure(grid, figure_sum(total->to_invoice));
        text_grid_figure(grid, figure_sum(total->carried));
        text_grid_figure(grid, figure_whole(total->exceptions));
        text_grid_figure(grid, figure_sum(total->at_risk));
    }
    g_string_append_printf(text, "\n%u archives, added up\n", archives);
    text_grid_append_blocks(grid, text);
}

static void
append_text(const GPtrArray *archives, const GArray *listed, GString *text)
{
    for (guint i = 0; i < archives->len; i++) {
        const Archive *archive = g_ptr_array_index(archives, i);
        if (archives->len > 1)
            g_string_append_printf(text, "%s%s\n", i == 0 ? "" : "\n", archive->path);
        append_table(archive, listed, text);
    }
    if (archives->len == 1)
        return;
    g_autoptr(GArray) totals = add_up(listed);
    append_totals(totals, archives->len, text);
}

/* -------------------------------------------------------------------------------------- as JSON */

static void
append_archive_json(Json *json, const Archive *archive)
{
    json_open_object(json, NULL);
    json_text(json, "archive", archive->path);
    json_whole(json, "runs", archive->runs->len);
    json_bool(json, "is_as_sealed", findings_differences(archive->findings) == 0);
    json_close_object(json);
}

static void
append_run_json(Json *json, const Listed *listed)
{
    const Figures *figures = &listed->figures;
    const Run *run = listed->run;
    json_open_object(json, NULL);
    json_text(json, "archive", listed->archive->path);
    json_text(json, "run", run->text);
    json_text(json, "state", state_of(listed->archive, run));
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
    g_autoptr(Stamp) stamp = stamp_of(run);
    if (stamp != NULL) {
        json_text(json, "witnessed_at", stamp_time(stamp));
        json_text(json, "witnessed_by", stamp_authority(stamp));
    }
    if (figures->is_known) {
        json_money(json, "to_pay", figures->to_pay);
        json_money(json, "to_invoice", figures->to_invoice);
        json_money(json, "carried", figures->carried);
        json_whole(json, "exceptions", figures->exceptions);
        json_money(json, "at_risk", figures->at_risk);
    }
    json_close_object(json);
}

static void
append_total_json(Json *json, const PeriodTotal *total)
{
    g_autofree char *period = period_text(&total->period);
    json_open_object(json, NULL);
    json_text(json, "period", period);
    json_whole(json, "approved", total->approved);
    json_whole(json, "drafts", total->drafts);
    json_whole(json, "not_known", total->not_known);
    json_figure(json, "to_pay", figure_sum(total->to_pay));
    json_figure(json, "of_which_approved", figure_sum(total->of_which_approved));
    json_figure(json, "to_invoice", figure_sum(total->to_invoice));
    json_figure(json, "carried", figure_sum(total->carried));
    json_whole(json, "exceptions", total->exceptions);
    json_figure(json, "at_risk", figure_sum(total->at_risk));
    json_close_object(json);
}

static void
append_json(const GPtrArray *archives, const GArray *listed, GString *text)
{
    Json json = {text, 0, false};
    g_autoptr(GArray) totals = add_up(listed);
    json_begin(&json);
    json_open_array(&json, "archives");
    for (guint i = 0; i < archives->len; i++)
        append_archive_json(&json, g_ptr_array_index(archives, i));
    json_close_array(&json);
    json_open_array(&json, "totals");
    for (guint i = 0; i < totals->len; i++)
        append_total_json(&json, &g_array_index(totals, PeriodTotal, i));
    json_close_array(&json);
    json_open_array(&json, "runs");
    for (guint i = 0; i < listed->len; i++)
        append_run_json(&json, &g_array_index(listed, Listed, i));
    json_close_array(&json);
    json_close_object(&json);
}

/* ---------------------------------------------------------------------------------- the command */

/* Opens an archive, which must be there, and must not be one of those before it. */
static bool
open_archive(const char *path, bool is_one_of_several, GPtrArray *archives, GError **error)
{
    g_autofree char *resolved = path_resolve(path);
    for (guint i = 0; i < archives->len; i++) {
        g_autofree char *other = path_resolve(((const Archive *)archives->pdata[i])->path);
        if (strcmp(resolved, other) == 0) {
            g_set_error(error, SP_ERROR, SP_ERROR_USAGE,
                        "--archive %s is the same archive as %s: it would be counted twice", path,
                        ((const Archive *)archives->pdata[i])->path);
            return false;
        }
    }
    Archive *archive = archive_open(path, error);
    if (archive == NULL)
        return false;
    g_ptr_array_add(archives, archive);
    if (!archive_require(archive, error))
        return false;
    if (findings_differences(archive->findings) > 0) {
        g_autofree char *warning = g_strdup_printf(
            "%s%sthe archive is not as it was sealed: schemepay verify --all says what changed",
            is_one_of_several ? path : "", is_one_of_several ? ": " : "");
        console_warn(warning);
    }
    return true;
}

bool
command_runs(const Options *options, GError **error)
{
    g_autoptr(GPtrArray) archives = g_ptr_array_new_with_free_func((GDestroyNotify)archive_free);
    g_autoptr(GArray) listed = g_array_new(FALSE, FALSE, sizeof(Listed));
    guint more = options->more_archive_count;
    if (!open_archive(options->archive, more > 0, archives, error))
        return false;
    for (guint i = 0; i < more; i++)
        if (!open_archive(options->more_archives[i], true, archives, error))
            return false;
    for (guint i = 0; i < archives->len; i++)
        list_runs(g_ptr_array_index(archives, i), listed);
    g_autoptr(GString) text = g_string_new(NULL);
    if (options->json)
        append_json(archives, listed, text);
    else
        append_text(archives, listed, text);
    return console_print(text->str, error);
}
