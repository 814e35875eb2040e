#include "report/workbook/schemes.h"

#include "report/workbook/achievement.h"
#include "report/workbook/lines.h"
#include "report/workbook/places.h"
#include "report/workbook/shares.h"
#include "report/workbook/spans.h"

#include "base/poison.h"

/* A scheme of more lines is summed by provider and activity. */
#define MOST_LINES 50000
/* Wide enough for most; a longer list of files is wrapped. */
#define FILES_WIDTH 34

static void
show_kind(const TableRow *row, Cell *cell)
{
    const LineRow *line = row->record;
    if (line->worked.record.line->kind == LINE_HELD)
        cell->style = STYLE_HOLD;
}

static void
show_month(const TableRow *row, Cell *cell)
{
    const LineRow *line = row->record;
    if (line->group->count > 1)
        cell->figure = figure_empty();
}

/* The row of the rules, as the file and line it was read from; leads to it on the sheet Rules. */
static void
show_rule(const TableRow *row, Cell *cell)
{
    const LineRow *at = row->record;
    const Workbook *workbook = at->worked.workbook;
    const Line *line = at->worked.record.line;
    const char *file;
    guint64 place;
    guint rule;
    if (line->kind == LINE_INDICATOR) {
        file = "indicators.csv";
        place = rules_indicator(workbook->result->pack->rules, line->rule)->line;
        rule = g_array_index(workbook->indicator_row, guint, line->rule);
    } else if (line->kind == LINE_ACTIVITY) {
        file = "tariffs.csv";
        place = line->price->line;
        rule = GPOINTER_TO_UINT(g_hash_table_lookup(workbook->rule_row, line->price));
    } else if (line->kind == LINE_LIMIT) {
        const Clause *clause = rules_clause(workbook->result->pack->rules, line->rule);
        file = "limits.csv";
        place = clause->line;
        rule = GPOINTER_TO_UINT(g_hash_table_lookup(workbook->rule_row, clause));
    } else if (line->kind == LINE_INSTALMENT) {
        file = "schemes.csv";
        place = at->sheet->scheme->line;
        rule = g_array_index(workbook->scheme_cells, SchemeCells, at->sheet->number).first;
    } else {
        return;
    }
    GStringChunk *room = at->worked.room;
    cell->figure = figure_text(formula_print(room, "%s:%" G_GUINT64_FORMAT, file, place));
    cell->link = formula_print(room, "internal:'" SHEET_RULES "'!A%u", rule + 1);
    cell->style = STYLE_LINK;
}

static void
show_rows(const TableRow *row, Cell *cell)
{
    const LineRow *line = row->record;
    guint64 rows = 0;
    for (guint i = 0; i < line->group->count; i++)
        rows += trace_rows(line->worked.workbook->trace, line->group->first + i);
    cell->figure = figure_whole(rows);
}

/* The file and line of a single row; else the files, each with its rows where there are several. */
static void
show_files(const TableRow *row, Cell *cell)
{
    const LineRow *line = row->record;
    const Workbook *workbook = line->worked.workbook;
    const InputFiles *inputs = workbook->result->pack->inputs;
    guint count;
    const TraceEntry *entries = trace_line(workbook->trace, line->group->first, &count);
    if (line->group->count > 1) {
        g_string_append(row->scratch, "see lines.csv");
    } else if (line->worked.record.line->place != PLACE_NONE && count == 1 &&
               entries[0].rows == 1) {
        places_append(row->scratch, workbook, line->worked.record.line->place);
    } else {
        for (guint i = 0; i < count; i++) {
            g_string_append_printf(row->scratch, "%s%s", i > 0 ? ", " : "",
                                   input_file(inputs, entries[i].file)->name);
            if (count > 1)
                g_string_append_printf(row->scratch, " (%" G_GUINT64_FORMAT ")", entries[i].rows);
        }
    }
    cell->figure = figure_text(row->scratch->str);
}

static void
show_key(const TableRow *row, Cell *cell)
{
    const LineRow *line = row->record;
    cell->figure = figure_whole((guint64)line->worked.record.line->contract + 1);
}

/* Names and meanings have as much room as the workings beside them leave. */
#define FIELD(field) &LINE_FIELDS[field], NULL
#define FIRST_COLUMNS(name_width, meaning_width)                                                   \
    {FIELD(LINE_PROVIDER), STYLE_TEXT, 10, 20, false, NULL},                                       \
        {FIELD(LINE_NAME), STYLE_WRAP, 16, name_width, false, NULL},                               \
        {FIELD(LINE_KIND), STYLE_TEXT, 10, 11, false, show_kind},                                  \
        {FIELD(LINE_ITEM), STYLE_WRAP, 10, 22, false, NULL},                                       \
    {                                                                                              \
        FIELD(LINE_MEANING), STYLE_WRAP, 20, meaning_width, false, NULL                            \
    }
#define AMOUNT_COLUMNS                                                                             \
    {NULL, "Amount", STYLE_MONEY, 13, 22, true, worked_show},                                      \
        {NULL, "Engine", STYLE_ENGINE, 13, 22, true, worked_show},                                 \
        {NULL, "Engine =\nworkbook", STYLE_CHECK, 11, 11, false, worked_show_check},               \
        {NULL, "Rule", STYLE_TEXT, 16, 18, false, show_rule},                                      \
        {NULL, "Input\nrows", STYLE_WHOLE, 8, 8, false, show_rows},                                \
        {NULL, "In the files", STYLE_WRAP, FILES_WIDTH, FILES_WIDTH, false, show_files},           \
    {                                                                                              \
        FIELD(LINE_SOURCE), STYLE_TEXT, 30, 30, false, NULL                                        \
    }
#define KEY_COLUMN                                                                                 \
    {                                                                                              \
        NULL, HEADING_KEY, STYLE_WHOLE, 9, 12, false, show_key                                     \
    }
#define LAST_COLUMNS AMOUNT_COLUMNS, KEY_COLUMN
/* Columns that are for the screen: input rows, files, source, key. */
#define SCREEN_COLUMNS 4

/* What part of the year's instalments is due. */
#define INSTALMENT_PART                                                                            \
    {NULL, "Share paid\nin the year", STYLE_DECIMAL, 11, 11, false, worked_show},                  \
        {NULL, "Instalments\ndue", STYLE_WHOLE, 11, 11, false, worked_show},                       \
        {NULL, "of", STYLE_WHOLE, 5, 5, false, worked_show},                                       \
    {                                                                                              \
        NULL, "Fraction", STYLE_PERCENT, 10, 10, false, worked_show                                \
    }
#define ACHIEVED_COLUMNS                                                                           \
    {NULL, "Nume-\nrator", STYLE_WHOLE, 8, 14, false, worked_show},                                \
        {NULL, "Denomi-\nnator", STYLE_WHOLE, 8, 14, false, worked_show},                          \
        {NULL, "Excep-\ntions", STYLE_WHOLE, 7, 14, false, worked_show},                           \
        {NULL, "Achieve-\nment", STYLE_PERCENT, 9, 9, false, worked_show},                         \
        {NULL, "Earned\npart", STYLE_WHOLE, 8, 20, false, worked_show},                            \
        {NULL, "of", STYLE_WHOLE, 8, 20, false, worked_show},                                      \
    {                                                                                              \
        NULL, "Fraction", STYLE_PERCENT, 9, 9, false, worked_show                                  \
    }

static const TableColumn INSTALMENT_COLUMNS[] = {
    FIRST_COLUMNS(36, 44),
    {FIELD(LINE_MONTH), STYLE_MONTH, 10, 10, false, NULL},
    {NULL, "Contract\nvalue", STYLE_MONEY, 13, 22, true, worked_show},
    INSTALMENT_PART,
    LAST_COLUMNS,
};

static const TableColumn INDICATOR_COLUMNS[] = {
    FIRST_COLUMNS(28, 36),
    {NULL, "Contract\nvalue", STYLE_MONEY, 13, 22, false, worked_show},
    {NULL, "Points", STYLE_DECIMAL, 8, 12, false, worked_show},
    {NULL, "Remain-\nder", STYLE_WHOLE, 8, 14, false, worked_show},
    {NULL, "Share\nof value", STYLE_MONEY, 12, 22, true, worked_show},
    ACHIEVED_COLUMNS,
    LAST_COLUMNS,
};
G_STATIC_ASSERT(G_N_ELEMENTS(INDICATOR_COLUMNS) <= WORKED_COLUMNS);

#define BASELINE_COLUMN                                                                            \
    {                                                                                              \
        NULL, "Baseline\ntaken off", STYLE_DECIMAL, 9, 14, false, worked_show                      \
    }
#define PLACE_COLUMN                                                                               \
    {                                                                                              \
        NULL, "Indicator\nno.", STYLE_WHOLE, 9, 9, false, worked_show                              \
    }

/* At year-end, of schemes with groups, factors or baselines. */
static const TableColumn MORE_COLUMNS[] = {
    FIRST_COLUMNS(28, 36),
    {NULL, "Contract\nvalue", STYLE_MONEY, 13, 22, false, worked_show},
    {NULL, "Points", STYLE_DECIMAL, 8, 12, false, worked_show},
    {NULL, "Remain-\nder", STYLE_WHOLE, 8, 14, false, worked_show},
    {NULL, "Share\nof value", STYLE_MONEY, 12, 22, true, worked_show},
    ACHIEVED_COLUMNS,
    BASELINE_COLUMN,
    AMOUNT_COLUMNS,
    PLACE_COLUMN,
    KEY_COLUMN,
};
G_STATIC_ASSERT(G_N_ELEMENTS(MORE_COLUMNS) == INDICATOR_BASELINE + 1 + AMOUNT_TO_NUMBER + 2);

/* In a month, of schemes with indicators that are due in the year. */
static const TableColumn DUE_COLUMNS[] = {
    FIRST_COLUMNS(28, 36),
    {NULL, "Contract\nvalue", STYLE_MONEY, 13, 22, false, worked_show},
    {NULL, "Share\nof value", STYLE_MONEY, 12, 22, true, worked_show},
    ACHIEVED_COLUMNS,
    BASELINE_COLUMN,
    {FIELD(LINE_MONTH), STYLE_MONTH, 10, 10, false, NULL},
    {NULL, "Instalments\nare of", STYLE_RATE, 13, 22, false, worked_show},
    INSTALMENT_PART,
    AMOUNT_COLUMNS,
    PLACE_COLUMN,
    KEY_COLUMN,
};
G_STATIC_ASSERT(G_N_ELEMENTS(DUE_COLUMNS) ==
                DUE_INSTALMENT + INSTALMENT_AMOUNT - INSTALMENT_MONTH + AMOUNT_TO_NUMBER + 2);
G_STATIC_ASSERT(G_N_ELEMENTS(DUE_COLUMNS) <= WORKED_COLUMNS);

/* In a month, of schemes whose instalments are of a fact. */
static const TableColumn OF_FACT_COLUMNS[] = {
    FIRST_COLUMNS(36, 44),
    {FIELD(LINE_MONTH), STYLE_MONTH, 10, 10, false, NULL},
    {NULL, "Instalments\nare of", STYLE_RATE, 13, 22, false, worked_show},
    INSTALMENT_PART,
    LAST_COLUMNS,
};

static const TableColumn COUNTED_COLUMNS[] = {
    FIRST_COLUMNS(36, 56),
    {FIELD(LINE_MONTH), STYLE_MONTH, 10, 10, false, show_month},
    {NULL, "Count", STYLE_WHOLE, 9, 20, false, worked_show},
    {NULL, "Price", STYLE_RATE, 10, 22, false, worked_show},
    LAST_COLUMNS,
};

/* Of schemes that also pay each or a fact, span by span. */
static const TableColumn SPAN_COLUMNS[] = {
    FIRST_COLUMNS(36, 44),
    {FIELD(LINE_MONTH), STYLE_MONTH, 10, 10, false, show_month},
    {NULL, "Count", STYLE_WHOLE, 9, 20, false, worked_show},
    {NULL, "Price", STYLE_RATE, 10, 22, false, worked_show},
    {NULL, "Span\nfrom", STYLE_DAY, 11, 11, false, worked_show},
    {NULL, "Span\nto", STYLE_DAY, 11, 11, false, worked_show},
    {NULL, "Takes\npart in", STYLE_WHOLE, 8, 8, false, worked_show},
    {NULL, "of", STYLE_WHOLE, 5, 5, false, worked_show},
    {NULL, "Months\ndue", STYLE_WHOLE, 8, 8, false, worked_show},
    {NULL, "of", STYLE_WHOLE, 5, 5, false, worked_show},
    {NULL, "Fraction", STYLE_PERCENT, 10, 10, false, worked_show},
    AMOUNT_COLUMNS,
    {NULL, "Line\nno.", STYLE_WHOLE, 9, 12, false, worked_show},
    KEY_COLUMN,
};
G_STATIC_ASSERT(G_N_ELEMENTS(SPAN_COLUMNS) == SPAN_LINE + 2);

/* amount, beyond, columns that are not printed, first, place: see LineLayout. */
#define LAYOUT(columns, amount, ...)                                                               \
    {                                                                                              \
        columns, G_N_ELEMENTS(columns), amount, G_N_ELEMENTS(columns) - 1, __VA_ARGS__             \
    }
#define DUE_BEYOND (DUE_INSTALMENT - INSTALMENT_MONTH)
static const LineLayout INSTALMENT_LAYOUT =
    LAYOUT(INSTALMENT_COLUMNS, INSTALMENT_AMOUNT, 0, SCREEN_COLUMNS, 0, 0);
static const LineLayout FACT_LAYOUT =
    LAYOUT(OF_FACT_COLUMNS, INSTALMENT_AMOUNT, 0, SCREEN_COLUMNS, 0, 0);
static const LineLayout INDICATOR_LAYOUT =
    LAYOUT(INDICATOR_COLUMNS, INDICATOR_AMOUNT, 0, SCREEN_COLUMNS, INDICATOR_NUMERATOR, 0);
static const LineLayout MORE_LAYOUT =
    LAYOUT(MORE_COLUMNS, INDICATOR_BASELINE + 1, 0, SCREEN_COLUMNS + 1, INDICATOR_NUMERATOR,
           INDICATOR_BASELINE + 1 + AMOUNT_TO_NUMBER);
static const LineLayout DUE_LAYOUT =
    LAYOUT(DUE_COLUMNS, INSTALMENT_AMOUNT + DUE_BEYOND, DUE_BEYOND, SCREEN_COLUMNS + 1,
           DUE_NUMERATOR, INSTALMENT_AMOUNT + DUE_BEYOND + AMOUNT_TO_NUMBER);
static const LineLayout COUNTED_LAYOUT =
    LAYOUT(COUNTED_COLUMNS, ACTIVITY_AMOUNT, 0, SCREEN_COLUMNS, 0, 0);
static const LineLayout SPAN_LAYOUT =
    LAYOUT(SPAN_COLUMNS, SPAN_AMOUNT, 0, SCREEN_COLUMNS + 1, 0, 0);

static const LineLayout *
layout_of(const Result *result, const Scheme *scheme)
{
    const Rules *rules = result->pack->rules;
    bool has_due = false, has_baseline = false;
    if (scheme->payment == PAYMENT_ACTIVITY)
        return spans_has_scheme(rules, scheme) ? &SPAN_LAYOUT : &COUNTED_LAYOUT;
    for (guint i = 0; i < scheme->indicators->len; i++) {
        const Indicator *indicator =
            rules_indicator(rules, g_array_index(scheme->indicators, guint32, i));
        has_due = has_due || indicator->due != DUE_YEAR_END;
        has_baseline = has_baseline || indicator->against != CODE_NONE;
    }
    if (result->pack->period.is_year_end)
        return has_baseline || shares_has_scheme(result, scheme) ? &MORE_LAYOUT : &INDICATOR_LAYOUT;
    if (has_due)
        return &DUE_LAYOUT;
    return scheme->in_year_of != CODE_NONE ? &FACT_LAYOUT : &INSTALMENT_LAYOUT;
}

/* Whether a line goes on the row of the one before it. */
static bool
is_joined(const SchemeSheet *sheet, const Line *line, const Line *before)
{
    return sheet->is_summed && line->kind == LINE_ACTIVITY && before->kind == LINE_ACTIVITY &&
           line->contract == before->contract && line->rule == before->rule &&
           line->rate == before->rate && !line->has_fraction;
}

/* Decides which lines of a contract share a row. */
static void
plan_contract(SchemeSheet *sheet, guint number)
{
    const Result *result = sheet->workbook->result;
    const Contract *contract = result_contract(result, number);
    ContractPlace *place = &g_array_index(sheet->workbook->places, ContractPlace, number);
    place->first_row = sheet->rows->len;
    for (guint i = contract->first_line; i < contract->first_line + contract->line_count; i++) {
        const Line *line = result_line(result, i);
        sum_add(&sheet->amount, line->amount);
        LineGroup group = {i, 1, false};
        if (i > contract->first_line && is_joined(sheet, line, result_line(result, i - 1)))
            g_array_index(sheet->rows, LineGroup, sheet->rows->len - 1).count++;
        else
            g_array_append_val(sheet->rows, group);
    }
    place->row_count = sheet->rows->len - place->first_row;
}

/* The contracts of a scheme are neighbours: those from first on. */
static SchemeSheet *
plan_scheme(Workbook *workbook, guint32 number, guint first)
{
    const Result *result = workbook->result;
    SchemeSheet *sheet = g_new0(SchemeSheet, 1);
    sheet->workbook = workbook;
    sheet->number = number;
    sheet->scheme = rules_scheme(result->pack->rules, number);
    sheet->layout = layout_of(result, sheet->scheme);
    sheet->rows = g_array_new(FALSE, FALSE, sizeof(LineGroup));
    sheet->first_contract = first;
    guint end = first, lines = 0;
    while (end < result->contracts->len && result_contract(result, end)->parties->scheme == number)
        lines += result_contract(result, end++)->line_count;
    sheet->contract_count = end - first;
    sheet->is_summed = lines > MOST_LINES;
    for (guint i = first; i < end; i++)
        plan_contract(sheet, i);
    return sheet;
}

void
schemes_plan(Workbook *workbook)
{
    guint first = 0;
    for (guint s = 0; s < rules_scheme_count(workbook->result->pack->rules); s++) {
        SchemeSheet *sheet = plan_scheme(workbook, s, first);
        first += sheet->contract_count;
        g_ptr_array_add(workbook->schemes, sheet);
    }
}

void
schemes_add_sheets(Workbook *workbook)
{
    for (guint s = 0; s < workbook->schemes->len; s++) {
        SchemeSheet *sheet = g_ptr_array_index(workbook->schemes, s);
        sheet->pages = pages_add(workbook->book, sheet->scheme->code, false, sheet->rows->len);
        achievement_add_sheet(sheet);
    }
}

void
schemes_free_sheet(gpointer sheet)
{
    SchemeSheet *scheme = sheet;
    g_array_unref(scheme->rows);
    pages_free(scheme->pages);
    g_free(scheme);
}

/* The record of a row, for the table. */
static gconstpointer
work_row(gpointer user, guint64 index)
{
    lines_work(user, index);
    return user;
}

static void
fill_lines(SchemeSheet *sheet)
{
    const Scheme *scheme = sheet->scheme;
    Workbook *workbook = sheet->workbook;
    g_autofree char *title = words_title(scheme->title, &workbook->result->pack->period);
    g_autofree char *note = g_strdup_printf(
        "%s. Every amount is a formula over its row, Rules and Contracts; beside it the engine's "
        "own figure. The last %s columns are for the screen.%s",
        scheme->code, sheet->layout->screen > SCREEN_COLUMNS ? "five" : "four",
        sheet->is_summed ? " More than 50,000 lines: summed by provider and activity; the detail "
                           "is in lines.csv."
                         : "");
    LineRow row = {.sheet = sheet};
    Table table = {
        .pages = sheet->pages,
        .title = title,
        .note = note,
        .columns = sheet->layout->columns,
        .column_count = sheet->layout->count,
        .printed = sheet->layout->count - sheet->layout->screen,
        .frozen = 2,
        .user = &row,
        .record = work_row,
    };
    worked_init(&row.worked, workbook);
    table_add(workbook->book, &table);
    worked_clear(&row.worked);
    for (guint i = 0; i < sheet->rows->len; i++)
        sheet->checks += g_array_index(sheet->rows, LineGroup, i).is_proved ? 1 : 0;
    pages_checks(workbook->book, sheet->pages, sheet->layout->amount + 2);
}

void
schemes_fill(Workbook *workbook)
{
    for (guint s = 0; s < workbook->schemes->len; s++) {
        SchemeSheet *sheet = g_ptr_array_index(workbook->schemes, s);
        fill_lines(sheet);
        if (sheet->pictures != NULL)
            achievement_fill(sheet);
    }
}
