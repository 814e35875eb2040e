/* The sheets about claims as such: Claims received, provider by month for each activity scheme,
 * with colours that say no more than the words do; Resubmissions, what later submissions replaced;
 * and Unusual, counts far above the median. */
#include "report/figures/claims.h"

#include "report/workbook/sheets.h"

#include "base/poison.h"

enum { RECEIVED_SCHEME, RECEIVED_PROVIDER, RECEIVED_NAME, RECEIVED_MONTHS };

void
workbook_plan_claims(Workbook *workbook)
{
    const Result *result = workbook->result;
    for (guint i = 0; i < result->contracts->len; i++)
        if (result_contract(result, i)->scheme->payment == PAYMENT_ACTIVITY)
            g_array_append_val(workbook->claiming, i);
    workbook->replaced = claims_replaced(result);
}

static gconstpointer
claiming_at(gpointer user, guint64 index)
{
    Workbook *workbook = user;
    workbook->record.contract =
        result_contract(workbook->result, g_array_index(workbook->claiming, guint, index));
    return &workbook->record;
}

static void
append_rows(GString *text, guint64 rows, RowState state)
{
    if (rows == 0)
        return;
    if (text->len > 0)
        g_string_append(text, " + ");
    whole_append_commas(text, rows);
    if (state != STATE_ACCEPTED)
        g_string_append_printf(text, " %s", STATE_NAMES[state]);
}

/* What came of a month: the number of its rows where all are accepted, else words. */
static void
show_month(const TableRow *row, Cell *cell)
{
    static const RowState SHOWN[] = {STATE_ACCEPTED, STATE_HELD, STATE_REJECTED};
    const Record *record = row->record;
    const Result *result = record->result;
    guint month = row->column - RECEIVED_MONTHS;
    const ReceivedMonth *received = result_received(result, record->contract->key, month);
    if (!received_is_there(received)) {
        bool is_missing = claims_are_missing(result, record->contract, month);
        bool is_part = claims_take_part(result, record->contract, month);
        cell->figure = figure_text(is_missing ? "missing" : is_part ? "nothing" : "–");
        cell->style = is_missing ? STYLE_RECOVER : STYLE_MUTED;
        return;
    }
    guint64 accepted = received->rows[STATE_ACCEPTED];
    bool is_accepted = received->rows[STATE_HELD] + received->rows[STATE_REJECTED] == 0;
    for (guint i = 0; i < G_N_ELEMENTS(SHOWN); i++)
        append_rows(row->scratch, received->rows[SHOWN[i]], SHOWN[i]);
    cell->figure = is_accepted ? figure_whole(accepted) : figure_text(row->scratch->str);
    cell->style = is_accepted ? STYLE_RECEIVED : accepted > 0 ? STYLE_HOLD : STYLE_RECOVER;
}

#define CONTRACT(name) &CONTRACT_FIELDS[CONTRACT_##name], NULL

void
workbook_fill_received(Workbook *workbook)
{
    const Period *period = &workbook->result->pack->period;
    TableColumn columns[RECEIVED_MONTHS + MONTHS_OF_YEAR] = {
        [RECEIVED_SCHEME] = {CONTRACT(SCHEME), STYLE_TEXT, 12, 30, false, NULL},
        [RECEIVED_PROVIDER] = {CONTRACT(PROVIDER), STYLE_TEXT, 11, 30, false, NULL},
        [RECEIVED_NAME] = {CONTRACT(NAME), STYLE_WRAP, 28, 32, false, NULL},
    };
    Words headings[MONTHS_OF_YEAR];
    guint months = claims_months(workbook->result);
    for (guint m = 0; m < months; m++) {
        headings[m] = words_month(year_first_month(period->year) + (Month)m);
        columns[RECEIVED_MONTHS + m] =
            (TableColumn){NULL, headings[m].text, STYLE_TEXT, 10, 40, false, show_month};
    }
    g_autofree char *title = words_title("Claims received", period);
    Table table = {
        .pages = workbook->received,
        .title = title,
        .note = "Rows by how they ended; a number alone: all accepted. missing: nothing from who "
                "claimed before. nothing: not yet claimed. –: takes no part then.",
        .columns = columns,
        .column_count = RECEIVED_MONTHS + months,
        .frozen = RECEIVED_MONTHS,
        .user = workbook,
        .record = claiming_at,
    };
    table_add(workbook->book, &table);
}

static const Replacement *
replacement_of(const TableRow *row)
{
    const Workbook *workbook = row->user;
    return &g_array_index(workbook->replaced, Replacement, row->index);
}

static void
show_replaced_scheme(const TableRow *row, Cell *cell)
{
    const Workbook *workbook = row->user;
    const Pack *pack = workbook->result->pack;
    const ContractKey *key = contracts_key(pack->contracts, replacement_of(row)->contract);
    cell->figure = figure_text(rules_scheme(pack->rules, key->scheme)->code);
}

static const Provider *
provider_of(const TableRow *row)
{
    const Workbook *workbook = row->user;
    const Pack *pack = workbook->result->pack;
    const ContractKey *key = contracts_key(pack->contracts, replacement_of(row)->contract);
    return register_provider(pack->reg, key->provider);
}

static void
show_replaced_provider(const TableRow *row, Cell *cell)
{
    cell->figure = figure_text(provider_of(row)->code);
}

static void
show_replaced_name(const TableRow *row, Cell *cell)
{
    cell->figure = figure_text(provider_of(row)->in_force->name);
}

static void
show_replaced_month(const TableRow *row, Cell *cell)
{
    cell->figure = figure_month(replacement_of(row)->month);
}

/* The columns of the submission before and of the one that counts. */
enum { REPLACED_BEFORE = 4, REPLACED_NOW = 8, REPLACED_LESS = 12 };

static const SubmissionTotal *
submission_of(const TableRow *row)
{
    const Replacement *replacement = replacement_of(row);
    return row->column < REPLACED_NOW ? &replacement->before : &replacement->now;
}

static void
show_submission(const TableRow *row, Cell *cell)
{
    cell->figure = figure_whole(submission_of(row)->submission);
}

static void
show_rows(const TableRow *row, Cell *cell)
{
    cell->figure = figure_whole(submission_of(row)->rows);
}

static void
show_amount(const TableRow *row, Cell *cell)
{
    const SubmissionTotal *submission = submission_of(row);
    if (submission->unpriced < submission->rows)
        cell->figure = figure_sum(submission->money);
}

static void
show_files(const TableRow *row, Cell *cell)
{
    const Workbook *workbook = row->user;
    const Result *result = workbook->result;
    const Replacement *replacement = replacement_of(row);
    for (guint i = 0; i < replacement->part_count; i++) {
        const SubmissionPart *part =
            &g_array_index(result->submissions, SubmissionPart, replacement->first_part + i);
        if (part->submission == submission_of(row)->submission)
            g_string_append_printf(row->scratch, "%s%s", row->scratch->len > 0 ? ", " : "",
                                   input_file(result->pack->inputs, part->file)->name);
    }
    cell->figure = figure_text(row->scratch->str);
}

static void
show_less(const TableRow *row, Cell *cell)
{
    bool withdraws = replacement_of(row)->withdraws;
    cell->figure = figure_text(withdraws ? "withdraws" : "no less");
    cell->style = withdraws ? STYLE_RECOVER : STYLE_MUTED;
}

static const TableColumn REPLACED_COLUMNS[] = {
    {NULL, "Scheme", STYLE_TEXT, 12, 30, false, show_replaced_scheme},
    {NULL, "Provider", STYLE_TEXT, 11, 30, false, show_replaced_provider},
    {NULL, "Name", STYLE_WRAP, 28, 32, false, show_replaced_name},
    {NULL, "Month", STYLE_MONTH, 10, 10, false, show_replaced_month},
    [REPLACED_BEFORE] = {NULL, "Submission\nreplaced", STYLE_WHOLE, 12, 14, false, show_submission},
    {NULL, "Rows\nreplaced", STYLE_WHOLE, 10, 16, false, show_rows},
    {NULL, "Amount\nreplaced", STYLE_MONEY, 14, 26, false, show_amount},
    {NULL, "Files\nreplaced", STYLE_WRAP, 28, 40, false, show_files},
    [REPLACED_NOW] = {NULL, "Submission\nthat counts", STYLE_WHOLE, 12, 14, false, show_submission},
    {NULL, "Rows\nthat count", STYLE_WHOLE, 10, 16, false, show_rows},
    {NULL, "Amount\nthat counts", STYLE_MONEY, 14, 26, false, show_amount},
    {NULL, "Files\nthat count", STYLE_WRAP, 28, 40, false, show_files},
    [REPLACED_LESS] = {NULL, "What it does", STYLE_TEXT, 14, 14, false, show_less},
};

void
workbook_fill_resubmitted(Workbook *workbook)
{
    g_autofree char *title = words_title("Resubmissions", &workbook->result->pack->period);
    Table table = {
        .pages = workbook->resubmitted,
        .title = title,
        .note = "What the latest submission of a month replaced. Amounts are quantity × price of "
                "all rows, before duplicates and caps. withdraws: fewer rows, or less money.",
        .columns = REPLACED_COLUMNS,
        .column_count = G_N_ELEMENTS(REPLACED_COLUMNS),
        .frozen = RECEIVED_MONTHS,
        .user = workbook,
    };
    table_add(workbook->book, &table);
}

static gconstpointer
unusual_at(gpointer user, guint64 index)
{
    Workbook *workbook = user;
    const Unusual *unusual = &g_array_index(workbook->result->unusual, Unusual, index);
    workbook->record.contract = result_contract(workbook->result, unusual->contract);
    return &workbook->record;
}

static const Unusual *
unusual_of(const TableRow *row)
{
    const Workbook *workbook = row->user;
    return &g_array_index(workbook->result->unusual, Unusual, row->index);
}

static void
show_activity(const TableRow *row, Cell *cell)
{
    const Workbook *workbook = row->user;
    cell->figure =
        figure_text(rules_activity(workbook->result->pack->rules, unusual_of(row)->activity)->code);
}

static void
show_unusual_month(const TableRow *row, Cell *cell)
{
    cell->figure = figure_month(unusual_of(row)->month);
}

static void
show_count(const TableRow *row, Cell *cell)
{
    cell->figure = figure_count(unusual_of(row)->count);
}

static void
show_median(const TableRow *row, Cell *cell)
{
    cell->figure = figure_count(unusual_median(unusual_of(row)));
}

static void
show_basis(const TableRow *row, Cell *cell)
{
    cell->figure = figure_text(unusual_basis(unusual_of(row)));
}

static void
show_above(const TableRow *row, Cell *cell)
{
    cell->figure = figure_money(unusual_of(row)->above);
}

static const TableColumn UNUSUAL_COLUMNS[] = {
    {CONTRACT(SCHEME), STYLE_TEXT, 12, 30, false, NULL},
    {CONTRACT(PROVIDER), STYLE_TEXT, 11, 30, false, NULL},
    {CONTRACT(NAME), STYLE_WRAP, 28, 32, false, NULL},
    {NULL, "Activity", STYLE_TEXT, 14, 32, false, show_activity},
    {NULL, "Month", STYLE_MONTH, 10, 10, false, show_unusual_month},
    {NULL, "Count", STYLE_WHOLE, 10, 20, false, show_count},
    {NULL, "Median", STYLE_DECIMAL, 10, 20, false, show_median},
    {NULL, "Whose median", STYLE_WRAP, 28, 46, false, show_basis},
    {NULL, "Above it", STYLE_MONEY, 14, 26, true, show_above},
};

void
workbook_fill_unusual(Workbook *workbook)
{
    const UnusualLimits *limits = &workbook->result->pack->rules->unusual;
    g_autofree char *title = words_title("Unusual counts", &workbook->result->pack->period);
    g_autofree char *note =
        g_strdup_printf("Above %s × the median, and by more than %s at the price of the month. "
                        "They are paid: nothing is held by it.",
                        words_count(limits->times).text, words_price(limits->pounds).text);
    Table table = {
        .pages = workbook->unusual,
        .title = title,
        .note = note,
        .columns = UNUSUAL_COLUMNS,
        .column_count = G_N_ELEMENTS(UNUSUAL_COLUMNS),
        .frozen = RECEIVED_MONTHS,
        .user = workbook,
        .record = unusual_at,
    };
    table_add(workbook->book, &table);
}
