#include "report/workbook/summary.h"

#include "sheet/cell.h"
#include "report/figures/wording.h"

#include "sheet/layout.h"

#include "sheet/cursor.h"

#include "base/poison.h"

/* A page of so many rows can still be read. */
#define ROWS_OF_A_PAGE 64

#define VERDICT_ROW 2

static const guint LEAST_WIDTHS[COLUMNS] = {
    [COLUMN_LABEL] = 21,       [COLUMN_TITLE] = 52, [COLUMN_CONTRACTS] = 11,
    [COLUMN_ENTITLEMENT] = 19, [COLUMN_PAID] = 17,  [COLUMN_OWED] = 17,
    [COLUMN_CURRENT] = 17,     [COLUMN_PRIOR] = 17, [COLUMN_EXCEPTIONS] = 12,
    [COLUMN_AT_RISK] = 17,
};

/* What a mark means for the money. */
static const char *const STATUS_MEANINGS[STATUS_COUNT] = {
    [STATUS_PAY] = "to be paid; a negative one reduces its payee's total",
    [STATUS_NIL] = "nothing is owed",
    [STATUS_HOLD] = "held at what was paid until what is missing comes in",
    [STATUS_CARRY] = "payee in debt: unpaid, comes back by itself next time",
    [STATUS_INVOICE] = "negative: an invoice is to be raised",
};

static void
put_text(Summary *summary, guint column, const char *text, StyleId style)
{
    cell_text(summary->book, summary->sheet, summary->row, column, text, style);
}

static void
put_whole(Summary *summary, guint column, guint64 number)
{
    Cell cell = {.style = STYLE_WHOLE};
    cell.figure = figure_whole(number);
    cell_write(summary->book, summary->sheet, summary->row, column, &cell);
}

static void
put_sum(Summary *summary, guint column, Sum sum)
{
    Cell cell = {.style = STYLE_MONEY};
    Money money;
    if (sum_money(sum, &money))
        cell.figure = figure_money(money);
    else
        cell.figure = figure_text("out of range");
    cell_write(summary->book, summary->sheet, summary->row, column, &cell);
}

/* A total over the rows from first up to the one above. */
static void
put_total(Summary *summary, guint column, guint first, Sum sum, bool is_money)
{
    g_autoptr(GString) formula = g_string_new("=SUM(");
    range_append_plain(formula, first, summary->row - 1, column);
    g_string_append_c(formula, ')');
    Cell cell = cell_total(sum, is_money);
    cell.formula = summary->row > first ? formula->str : NULL;
    cell_write(summary->book, summary->sheet, summary->row, column, &cell);
}

/* A sum of the workbook's: the formula that was put together, with its value. */
static void
put_formula(Summary *summary, guint column, Sum sum)
{
    Cell cell = {.style = STYLE_MONEY};
    cell.figure = figure_sum(sum);
    cell.formula = cell.figure.kind == FIGURE_MONEY ? summary->formula->str : NULL;
    cell_write(summary->book, summary->sheet, summary->row, column, &cell);
    g_string_truncate(summary->formula, 0);
}

/* The same column of Payments over the contracts of a scheme. */
static void
put_payments(Summary *summary, guint column, const SchemeSheet *sheet, guint payments, Sum sum)
{
    g_string_append_c(summary->formula, '=');
    pages_append_sum(summary->formula, "SUM", summary->workbook->payments, sheet->first_contract,
                     sheet->contract_count, payments);
    put_formula(summary, column, sum);
}

static Sum
sum_of(guint64 number)
{
    return (Sum){(Int128)number};
}

/* Ends a row whose second cell may be wrapped. */
static void
end_row(Summary *summary, const char *title)
{
    guint lines = layout_lines(title, LEAST_WIDTHS[COLUMN_TITLE]);
    layout_row_lines(summary->book, summary->sheet, summary->row, lines);
    summary->row++;
}

/* The name of a part and its headings; those from first_number on stand above numbers. */
static void
begin_part(Summary *summary, const char *name, const char *const *headings, guint count,
           guint first_number)
{
    put_text(summary, COLUMN_LABEL, name, STYLE_SECTION);
    summary->row++;
    for (guint c = 0; c < count; c++)
        put_text(summary, c, headings[c], c < first_number ? STYLE_HEADING : STYLE_HEADING_RIGHT);
    layout_row_lines(summary->book, summary->sheet, summary->row, count > COLUMN_CURRENT ? 2 : 1);
    summary->row++;
}

static void
put_exceptions(Summary *summary, const char *title, const ExceptionTotals *exceptions)
{
    put_whole(summary, COLUMN_EXCEPTIONS, exceptions->count);
    put_sum(summary, COLUMN_AT_RISK, exceptions->at_risk);
    end_row(summary, title);
}

/* The scheme's code leads to its sheet. */
static void
write_scheme(Summary *summary, const SchemeSheet *sheet, const SchemeTotals *totals)
{
    g_autoptr(GString) address = g_string_new(NULL);
    pages_append_link(address, sheet->pages, 0);
    Cell code = {
        .figure = figure_text(sheet->scheme->code), .link = address->str, .style = STYLE_LINK};
    cell_write(summary->book, summary->sheet, summary->row, COLUMN_LABEL, &code);
    put_text(summary, COLUMN_TITLE, sheet->scheme->title, STYLE_WRAP);
    put_whole(summary, COLUMN_CONTRACTS, totals->contracts);
    put_payments(summary, COLUMN_ENTITLEMENT, sheet, PAYMENTS_ENTITLEMENT, totals->entitlement);
    put_payments(summary, COLUMN_PAID, sheet, PAYMENTS_PAID, totals->paid);
    put_payments(summary, COLUMN_OWED, sheet, PAYMENTS_OWED, totals->owed);
    put_payments(summary, COLUMN_CURRENT, sheet, PAYMENTS_CURRENT, totals->current);
    put_payments(summary, COLUMN_PRIOR, sheet, PAYMENTS_PRIOR, totals->prior);
    put_exceptions(summary, sheet->scheme->title, &totals->exceptions);
}

/* Claims that no scheme of ours is about. */
static void
write_elsewhere(Summary *summary)
{
    static const char TITLE[] = "Claims for schemes that are not in the rules";
    put_text(summary, COLUMN_LABEL, "-", STYLE_TEXT);
    put_text(summary, COLUMN_TITLE, TITLE, STYLE_WRAP);
    for (guint column = COLUMN_CONTRACTS; column < COLUMN_EXCEPTIONS; column++)
        put_text(summary, column, "", STYLE_MONEY);
    put_exceptions(summary, TITLE, &summary->totals->elsewhere);
}

static void
write_scheme_total(Summary *summary, guint first)
{
    const SchemeTotals *all = &summary->totals->all;
    put_text(summary, COLUMN_LABEL, "Total", STYLE_TOTAL);
    put_text(summary, COLUMN_TITLE, "", STYLE_TOTAL);
    put_total(summary, COLUMN_CONTRACTS, first, sum_of(all->contracts), false);
    put_total(summary, COLUMN_ENTITLEMENT, first, all->entitlement, true);
    put_total(summary, COLUMN_PAID, first, all->paid, true);
    put_total(summary, COLUMN_OWED, first, all->owed, true);
    put_total(summary, COLUMN_CURRENT, first, all->current, true);
    put_total(summary, COLUMN_PRIOR, first, all->prior, true);
    put_total(summary, COLUMN_EXCEPTIONS, first, sum_of(all->exceptions.count), false);
    put_total(summary, COLUMN_AT_RISK, first, all->exceptions.at_risk, true);
    summary->row += 2;
}

static void
write_schemes(Summary *summary)
{
    static const char *const HEADINGS[COLUMNS] = {
        "Scheme",       "Title",        "Contracts",         "Entitlement\nto date",
        "Paid to date", "Owed",         "Of which\ncurrent", "Of which\nprior",
        "Exceptions",   "Money at risk"};
    const Totals *totals = summary->totals;
    begin_part(summary, "By scheme", HEADINGS, COLUMNS, COLUMN_CONTRACTS);
    guint first = summary->row;
    summary->first_scheme = first;
    for (guint s = 0; s < totals->schemes->len; s++)
        write_scheme(summary, workbook_scheme(summary->workbook, s), totals_scheme(totals, s));
    if (totals->elsewhere.count > 0)
        write_elsewhere(summary);
    write_scheme_total(summary, first);
}

static void
write_marks(Summary *summary)
{
    static const char *const HEADINGS[] = {"Status", "What it means", "Contracts", "Owed"};
    const SchemeTotals *all = &summary->totals->all;
    begin_part(summary, "By status", HEADINGS, G_N_ELEMENTS(HEADINGS), COLUMN_CONTRACTS);
    guint first = summary->row;
    for (guint status = 0; status < STATUS_COUNT; status++) {
        put_text(summary, COLUMN_LABEL, STATUS_NAMES[status], STYLE_TEXT);
        put_text(summary, COLUMN_TITLE, STATUS_MEANINGS[status], STYLE_WRAP);
        put_whole(summary, COLUMN_CONTRACTS, all->status_contracts[status]);
        g_string_append_c(summary->formula, '=');
        pages_append_if(summary->formula, summary->workbook->payments, PAYMENTS_STATUS,
                        STATUS_NAMES[status], PAYMENTS_OWED);
        put_formula(summary, COLUMN_ENTITLEMENT, all->status_owed[status]);
        end_row(summary, STATUS_MEANINGS[status]);
    }
    put_text(summary, COLUMN_LABEL, "Total", STYLE_TOTAL);
    put_text(summary, COLUMN_TITLE, "", STYLE_TOTAL);
    put_total(summary, COLUMN_CONTRACTS, first, sum_of(all->contracts), false);
    put_total(summary, COLUMN_ENTITLEMENT, first, all->owed, true);
    summary->row += 2;
}

static void
write_reasons(Summary *summary)
{
    static const char *const HEADINGS[] = {"Exceptions", "Why", "Count", "Money at risk"};
    const Totals *totals = summary->totals;
    begin_part(summary, "Exceptions by reason", HEADINGS, G_N_ELEMENTS(HEADINGS), COLUMN_CONTRACTS);
    guint first = summary->row;
    for (guint r = REASON_NONE + 1; r < REASON_COUNT; r++) {
        if (totals->reasons[r].count == 0)
            continue;
        put_text(summary, COLUMN_LABEL, REASONS[r].name,
                 REASONS[r].state == STATE_HELD ? STYLE_HOLD : STYLE_TEXT);
        put_text(summary, COLUMN_TITLE, REASONS[r].meaning, STYLE_WRAP);
        put_whole(summary, COLUMN_CONTRACTS, totals->reasons[r].count);
        if (totals->reasons[r].priced > 0)
            put_sum(summary, COLUMN_ENTITLEMENT, totals->reasons[r].at_risk);
        else
            put_text(summary, COLUMN_ENTITLEMENT, "no price known", STYLE_MUTED_RIGHT);
        end_row(summary, REASONS[r].meaning);
    }
    put_text(summary, COLUMN_LABEL, "Total", STYLE_TOTAL);
    put_text(summary, COLUMN_TITLE, "", STYLE_TOTAL);
    put_total(summary, COLUMN_CONTRACTS, first, sum_of(totals->all.exceptions.count), false);
    put_total(summary, COLUMN_ENTITLEMENT, first, totals->all.exceptions.at_risk, true);
    summary->row += 2;
}

static void
write_controls(Summary *summary)
{
    static const char *const HEADINGS[] = {"Rows of the inputs", "What became of them", "Rows"};
    static const char *const MEANINGS[STATE_COUNT] = {
        [STATE_ACCEPTED] = "counted",
        [STATE_SUPERSEDED] = "replaced by a later submission, or a later date",
        [STATE_LATER] = "of the year, but after the run",
        [STATE_REJECTED] = "not paid: see Exceptions",
        [STATE_HELD] = "unpaid until a person decides: see Exceptions",
    };
    const Totals *totals = summary->totals;
    begin_part(summary, "Control totals", HEADINGS, G_N_ELEMENTS(HEADINGS), COLUMN_CONTRACTS);
    guint first = summary->row;
    for (guint state = 0; state < STATE_COUNT; state++) {
        put_text(summary, COLUMN_LABEL, STATE_NAMES[state], STYLE_TEXT);
        put_text(summary, COLUMN_TITLE, MEANINGS[state], STYLE_WRAP);
        put_whole(summary, COLUMN_CONTRACTS, totals->states[state]);
        end_row(summary, MEANINGS[state]);
    }
    put_text(summary, COLUMN_LABEL, "Rows read", STYLE_TOTAL);
    put_text(summary, COLUMN_TITLE, "", STYLE_TOTAL);
    put_total(summary, COLUMN_CONTRACTS, first, sum_of(totals->rows), false);
    summary->row++;
}

/* Columns of money as wide as the totals need. */
static void
set_widths(Summary *summary)
{
    const SchemeTotals *all = &summary->totals->all;
    const Sum sums[COLUMNS] = {
        [COLUMN_ENTITLEMENT] = all->entitlement,
        [COLUMN_PAID] = all->paid,
        [COLUMN_OWED] = all->owed,
        [COLUMN_CURRENT] = all->current,
        [COLUMN_PRIOR] = all->prior,
        [COLUMN_AT_RISK] = all->exceptions.at_risk,
    };
    for (guint c = 0; c < COLUMNS; c++) {
        g_autoptr(GString) text = g_string_new(NULL);
        sum_append_pounds(text, sums[c]);
        guint width = MAX(LEAST_WIDTHS[c], (guint)text->len + 3);
        layout_width(summary->book, summary->sheet, c, width);
    }
}

/* Entitlement by the month it is earned for: what the picture of the year so far shows. */
static void
write_month(Summary *summary, guint number)
{
    const MonthTotal *month = &summary->months.months[number];
    g_autoptr(GString) name = g_string_new(NULL); /* a text: axes would show a date's number */
    wording_append_month(name,
                         year_first_month(summary->result->pack->period.year) + (Month)number);
    put_text(summary, COLUMN_LABEL, name->str, STYLE_TEXT);
    put_text(summary, COLUMN_TITLE, "", STYLE_TEXT);
    put_text(summary, COLUMN_CONTRACTS, "", STYLE_TEXT);
    put_sum(summary, COLUMN_ENTITLEMENT, month->instalments);
    put_sum(summary, COLUMN_PAID, month->activity);
    put_sum(summary, COLUMN_OWED, month->adjustments);
    summary->row++;
}

static void
write_months(Summary *summary)
{
    static const char *const HEADINGS[] = {"Month",       "",         "",
                                           "Instalments", "Activity", "Adjustments"};
    const MonthTotals *months = &summary->months;
    Sum sums[3] = {{0}, {0}, {0}};
    if (months->count == 0)
        return;
    begin_part(summary, "Entitlement by month", HEADINGS, G_N_ELEMENTS(HEADINGS), COLUMN_CONTRACTS);
    guint first = summary->row;
    for (guint i = 0; i < months->count; i++) {
        sums[0].pence += months->months[i].instalments.pence;
        sums[1].pence += months->months[i].activity.pence;
        sums[2].pence += months->months[i].adjustments.pence;
        write_month(summary, i);
    }
    put_text(summary, COLUMN_LABEL, "Total", STYLE_TOTAL);
    put_text(summary, COLUMN_TITLE, "without what is held, at what was paid", STYLE_TOTAL);
    put_text(summary, COLUMN_CONTRACTS, "", STYLE_TOTAL);
    for (guint i = 0; i < 3; i++)
        put_total(summary, COLUMN_ENTITLEMENT + i, first, sums[i], true);
    summary->row += 2;
}

/* The one cell that says it all. */
static void
write_verdict(Summary *summary)
{
    g_string_append_c(summary->formula, '=');
    range_append_cell(summary->formula, summary->workbook->checks, summary->workbook->verdict_row,
                      CHECKS_HOLDS);
    Cell verdict = {
        .figure = figure_whole(1), .formula = summary->formula->str, .style = STYLE_VERDICT};
    cell_text(summary->book, summary->sheet, VERDICT_ROW, COLUMN_LABEL, "Checks", STYLE_TOTAL);
    cell_write(summary->book, summary->sheet, VERDICT_ROW, COLUMN_TITLE, &verdict);
    g_string_truncate(summary->formula, 0);
    layout_checks(summary->book, summary->sheet, VERDICT_ROW, VERDICT_ROW, COLUMN_TITLE, true);
}

static void
write_title(Summary *summary)
{
    const Period *period = &summary->result->pack->period;
    g_autofree char *title = wording_title("Payments by scheme", period);
    g_autoptr(GString) note = g_string_new("Financial year ");
    year_append(note, period->year);
    g_string_append(note, ", to ");
    wording_append_day(note, period->register_day);
    g_string_append(note,
                    ". Owed = entitlement to date − paid to date; current is the run's month, "
                    "prior the months before it.");
    cursor_title(summary->book, summary->sheet, title, note->str);
}

void
workbook_fill_summary(Workbook *workbook)
{
    g_autoptr(GString) formula = g_string_new(NULL);
    Summary summary = {.workbook = workbook,
                       .book = workbook->book,
                       .sheet = workbook->summary,
                       .result = workbook->result,
                       .totals = workbook->totals,
                       .months = months_add_up(workbook->result),
                       .row = VERDICT_ROW + 2,
                       .formula = formula};
    write_title(&summary);
    set_widths(&summary);
    write_verdict(&summary);
    write_schemes(&summary);
    summary.pictures = summary.row;
    summary.row += SUMMARY_PICTURE_ROWS;
    summary_add_pictures(&summary, summary.row + 2);
    write_months(&summary);
    write_marks(&summary);
    write_reasons(&summary);
    write_controls(&summary);
    if (summary.row <= ROWS_OF_A_PAGE)
        layout_fit(workbook->summary, 1, 1);
    layout_zoom(workbook->summary, 90);
}
