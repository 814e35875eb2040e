#include "report/workbook/spans.h"

#include "pay/unclaimed.h"
#include "report/workbook/places.h"

#include "base/poison.h"

enum {
    SPANS_SCHEME,
    SPANS_PROVIDER,
    SPANS_NAME,
    SPANS_ACTIVITY,
    SPANS_FROM,
    SPANS_TO,
    SPANS_SPELL_FROM,
    SPANS_SPELL_TO,
    SPANS_PRICE_FROM,
    SPANS_PRICE_TO,
    SPANS_COUNTED_FROM,
    SPANS_COUNTED_TO,
    SPANS_PART,
    SPANS_ROW,
    SPANS_KEY,
    SPANS_COLUMNS
};

/* A row being worked out. */
typedef struct {
    WorkedRow worked; /* first: it is the table's record */
    const SpanRow *row;
    SpanOfLine span;
} Spanned;

bool
spans_has_scheme(const Rules *rules, const Scheme *scheme)
{
    for (guint i = 0; i < scheme->activities->len; i++)
        if (!activity_is_claimed(
                rules_activity(rules, g_array_index(scheme->activities, guint32, i))))
            return true;
    return false;
}

/* What a spell and a price row have in common with a span. */
static void
common_days(const SpanOfLine *span, const Spell *spell, const Price *price, Day *from, Day *to)
{
    *from = MAX(MAX(spell->from, price->from), month_first_day(span->first));
    *to = MIN(MIN(spell->to, price->to), month_last_day(span->last));
}

/* Months whose first day is one of those from … to. */
static int
first_days(Day from, Day to)
{
    return MAX(0, day_month(to) - day_month(from - 1));
}

static int
part_of(const SpanOfLine *span, ProRata pro_rata, const Spell *spell, const Price *price)
{
    Day from, to;
    common_days(span, spell, price, &from, &to);
    return pro_rata == PRO_RATA_DAYS ? MAX(0, to - from + 1) : first_days(from, to);
}

static const ContractKey *
key_of(const Result *result, const Line *line)
{
    return result_contract(result, line->contract)->parties;
}

/* Calls back for each spell and price row that cover something of the span of a line at its price.
 */
static int
each_part(const Result *result, const Line *line, const SpanOfLine *span, GArray *rows, guint index)
{
    const ContractKey *key = key_of(result, line);
    const Activity *activity = rules_activity(result->pack->rules, line->rule);
    ProRata pro_rata = result_contract(result, line->contract)->scheme->pro_rata;
    int covered = 0;
    for (guint s = 0; s < key->spell_count; s++)
        for (guint p = 0; p < activity->prices->len; p++) {
            SpanRow row = {index, contracts_spell(result->pack->contracts, key, s),
                           &g_array_index(activity->prices, Price, p)};
            int part = part_of(span, pro_rata, row.spell, row.price);
            if (part <= 0 || row.price->price != line->rate)
                continue;
            covered += part;
            if (rows != NULL)
                g_array_append_val(rows, row);
        }
    return covered;
}

SpanOfLine
spans_of(const Result *result, const Line *line)
{
    const Activity *activity = rules_activity(result->pack->rules, line->rule);
    ProRata pro_rata = result_contract(result, line->contract)->scheme->pro_rata;
    Month april = year_first_month(result->pack->period.year);
    Month length = (Month)span_months(activity->per);
    SpanOfLine span = {.covered = 1, .whole = 1, .due = 1, .months = 1};
    span.first = line->month - (line->month - april) % length;
    span.last = span.first + length - 1;
    if (pro_rata != PRO_RATA_NONE) {
        span.whole = pro_rata == PRO_RATA_DAYS
                         ? month_last_day(span.last) - month_first_day(span.first) + 1
                         : (int)length;
        span.covered = each_part(result, line, &span, NULL, 0);
    }
    if (activity->paid == PAID_MONTHLY) {
        span.months = (int)length;
        span.due = line->month - span.first + 1;
    }
    return span;
}

void
spans_plan(Workbook *workbook)
{
    const Result *result = workbook->result;
    for (guint i = 0; i < result->lines->len; i++) {
        const Line *line = result_line(result, i);
        if (line->kind != LINE_ACTIVITY || !line->has_fraction ||
            result_contract(result, line->contract)->scheme->pro_rata == PRO_RATA_NONE)
            continue;
        SpanOfLine span = spans_of(result, line);
        (void)each_part(result, line, &span, workbook->span_rows, i);
    }
}

const char *
spans_covered(const WorkedRow *worked, guint key)
{
    return worked_sum_by(worked, worked->workbook->spans, SPANS_PART, SPANS_KEY, key);
}

/* The days that span, spell and price have in common, and what they count for. */
static void
work_part(Spanned *at)
{
    WorkedRow *worked = &at->worked;
    GStringChunk *room = worked->room;
    const SpanRow *row = at->row;
    ProRata pro_rata = worked->record.contract->scheme->pro_rata;
    guint rule = GPOINTER_TO_UINT(g_hash_table_lookup(worked->workbook->rule_row, row->price));
    const char *from = worked_cell(worked, SPANS_COUNTED_FROM);
    const char *to = worked_cell(worked, SPANS_COUNTED_TO);
    Day first, last;
    common_days(&at->span, row->spell, row->price, &first, &last);
    worked_set(worked, SPANS_COUNTED_FROM, figure_day(first),
               formula_print(room, "=MAX(%s,%s,%s)", worked_cell(worked, SPANS_FROM),
                             worked_cell(worked, SPANS_SPELL_FROM),
                             worked_rule(worked, rule, RULES_PRICE_FROM)));
    worked_set(worked, SPANS_COUNTED_TO, figure_day(last),
               formula_print(room, "=MIN(%s,%s,%s)", worked_cell(worked, SPANS_TO),
                             worked_cell(worked, SPANS_SPELL_TO),
                             worked_rule(worked, rule, RULES_PRICE_TO)));
    worked_set(worked, SPANS_PART,
               figure_whole((guint64)part_of(&at->span, pro_rata, row->spell, row->price)),
               pro_rata == PRO_RATA_DAYS
                   ? formula_print(room, "=MAX(0,%s-%s+1)", to, from)
                   : formula_print(room, "=MAX(0,12*YEAR(%s)+MONTH(%s)-12*YEAR(%s-1)-MONTH(%s-1))",
                                   to, to, from, from));
}

/* The record of a row, for the table. */
static gconstpointer
work_row(gpointer user, guint64 index)
{
    Spanned *at = user;
    WorkedRow *worked = &at->worked;
    const Result *result = worked->workbook->result;
    const SpanRow *row = &g_array_index(worked->workbook->span_rows, SpanRow, index);
    const Line *line = result_line(result, row->line);
    worked_begin(worked, worked->workbook->spans, index);
    worked->record.contract = result_contract(result, line->contract);
    at->row = row;
    at->span = spans_of(result, line);
    worked_set(worked, SPANS_ACTIVITY, figure_text(line->item), NULL);
    worked_set(worked, SPANS_FROM, figure_day(month_first_day(at->span.first)), NULL);
    worked_set(worked, SPANS_TO, figure_day(month_last_day(at->span.last)), NULL);
    worked_set(worked, SPANS_SPELL_FROM, figure_day(row->spell->from), NULL);
    worked_set(worked, SPANS_SPELL_TO, figure_day(row->spell->to), NULL);
    worked_set(worked, SPANS_PRICE_FROM, figure_day(row->price->from), NULL);
    worked_set(worked, SPANS_PRICE_TO, figure_day(row->price->to), NULL);
    work_part(at);
    worked_set(worked, SPANS_KEY, figure_whole((guint64)row->line + 1), NULL);
    return at;
}

static void
show_place(const TableRow *row, Cell *cell)
{
    const Spanned *at = row->record;
    places_append(row->scratch, at->worked.workbook, at->row->spell->place);
    cell->figure = figure_text(row->scratch->str);
}

#define FIELD(field) &CONTRACT_FIELDS[field], NULL
static const TableColumn COLUMNS[SPANS_COLUMNS] = {
    [SPANS_SCHEME] = {FIELD(CONTRACT_SCHEME), STYLE_TEXT, 9, 20, false, NULL},
    [SPANS_PROVIDER] = {FIELD(CONTRACT_PROVIDER), STYLE_TEXT, 10, 20, false, NULL},
    [SPANS_NAME] = {FIELD(CONTRACT_NAME), STYLE_WRAP, 16, 32, false, NULL},
    [SPANS_ACTIVITY] = {NULL, "Activity", STYLE_WRAP, 12, 24, false, worked_show},
    [SPANS_FROM] = {NULL, "Span\nfrom", STYLE_DAY, 11, 11, false, worked_show},
    [SPANS_TO] = {NULL, "Span\nto", STYLE_DAY, 11, 11, false, worked_show},
    [SPANS_SPELL_FROM] = {NULL, "Takes part\nfrom", STYLE_DAY, 11, 11, false, worked_show},
    [SPANS_SPELL_TO] = {NULL, "Takes part\nto", STYLE_DAY, 11, 11, false, worked_show},
    [SPANS_PRICE_FROM] = {NULL, "Price\nfrom", STYLE_DAY, 11, 11, false, worked_show},
    [SPANS_PRICE_TO] = {NULL, "Price\nto", STYLE_DAY, 11, 11, false, worked_show},
    [SPANS_COUNTED_FROM] = {NULL, "Counted\nfrom", STYLE_DAY, 11, 11, false, worked_show},
    [SPANS_COUNTED_TO] = {NULL, "Counted\nto", STYLE_DAY, 11, 11, false, worked_show},
    [SPANS_PART] = {NULL, "Days or\nmonths", STYLE_WHOLE, 8, 8, false, worked_show},
    [SPANS_ROW] = {NULL, "Input row", STYLE_TEXT, 24, 48, false, show_place},
    [SPANS_KEY] = {NULL, "Line\nno.", STYLE_WHOLE, 9, 12, false, worked_show},
};
G_STATIC_ASSERT(SPANS_COLUMNS <= WORKED_COLUMNS);

void
spans_fill(Workbook *workbook)
{
    g_autofree char *title = words_title("Spans", &workbook->result->pack->period);
    Spanned at = {.row = NULL};
    Table table = {
        .pages = workbook->spans,
        .title = title,
        .note = "How much of a month, quarter, half-year or year a contract takes part in, where "
                "it is paid without claims: the days, or months whose first day is among them, "
                "that span, participation and price have in common.",
        .columns = COLUMNS,
        .column_count = SPANS_COLUMNS,
        .frozen = SPANS_ACTIVITY + 1,
        .printed = SPANS_ROW,
        .user = &at,
        .record = work_row,
    };
    if (workbook->spans == NULL)
        return;
    worked_init(&at.worked, workbook);
    table_add(workbook->book, &table);
    worked_clear(&at.worked);
}
