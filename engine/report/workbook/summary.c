/* The sheet Summary: totals by scheme, month, status, reason and state, and two pictures of them.
 * It is written from the top down; every part has its own headings on the columns below. */
#include "report/figures/claims.h"
#include "report/figures/payees.h"
#include "report/figures/risk.h"
#include "report/workbook/schemes.h"
#include "report/workbook/worked.h"
#include "sheet/cursor.h"
#include "sheet/layout.h"
#include "sheet/picture.h"

#include "base/poison.h"

#define MOST_MOVERS 10
#define VERDICT_ROW 2

/* Widths on the screen: a character, what a column has beside its characters, and what a landscape
 * A4 page surely holds between its margins: LibreOffice draws columns wider than the library. */
#define CHARACTER_PIXELS 7
#define COLUMN_PIXELS 5
#define PAGE_PIXELS 860

#define PICTURE_ROWS 18
#define PICTURE_WIDTH 650
#define PICTURE_HEIGHT 340

enum {
    COLUMN_LABEL,
    COLUMN_TITLE,
    COLUMN_CONTRACTS,   /* or what else is counted */
    COLUMN_ENTITLEMENT, /* or the one amount of the part */
    COLUMN_PAID,
    COLUMN_OWED,
    COLUMN_CURRENT,
    COLUMN_PRIOR,
    COLUMN_EXCEPTIONS,
    COLUMN_AT_RISK,
    COLUMN_NOT_KNOWN, /* exceptions that are not in it */
    COLUMNS
};

static const guint LEAST_WIDTHS[COLUMNS] = {
    [COLUMN_LABEL] = 29,       [COLUMN_TITLE] = 52,     [COLUMN_CONTRACTS] = 10,
    [COLUMN_ENTITLEMENT] = 18, [COLUMN_PAID] = 15,      [COLUMN_OWED] = 15,
    [COLUMN_CURRENT] = 15,     [COLUMN_PRIOR] = 15,     [COLUMN_EXCEPTIONS] = 12,
    [COLUMN_AT_RISK] = 15,     [COLUMN_NOT_KNOWN] = 11,
};

/* The amounts of a scheme from COLUMN_ENTITLEMENT on, and where they stand on Payments. */
static const struct {
    gsize sum; /* in SchemeTotals */
    guint payments;
} AMOUNTS[] = {
    {offsetof(SchemeTotals, entitlement), PAYMENTS_ENTITLEMENT},
    {offsetof(SchemeTotals, paid), PAYMENTS_PAID},
    {offsetof(SchemeTotals, owed), PAYMENTS_OWED},
    {offsetof(SchemeTotals, current), PAYMENTS_CURRENT},
    {offsetof(SchemeTotals, prior), PAYMENTS_PRIOR},
};

/* What a status means for the money. */
static const char *const STATUS_MEANINGS[STATUS_COUNT] = {
    [STATUS_PAY] = "to be paid; a negative one reduces its payee's total",
    [STATUS_NIL] = "nothing is owed",
    [STATUS_HOLD] = "held at what was paid until what is missing comes in",
    [STATUS_CARRY] = "payee in debt: unpaid, comes back by itself next time",
    [STATUS_INVOICE] = "negative: an invoice is to be raised",
};

static const char *const STATE_MEANINGS[STATE_COUNT] = {
    [STATE_ACCEPTED] = "counted",
    [STATE_SUPERSEDED] = "replaced by a later submission, or a later date",
    [STATE_LATER] = "of the year, but after the run",
    [STATE_REJECTED] = "not paid: see Exceptions",
    [STATE_HELD] = "unpaid until a person decides: see Exceptions",
};

typedef struct {
    const Workbook *workbook;
    const Totals *totals;
    Cursor *cursor;
    guint first_scheme, pictures, first_month; /* rows */
    GString *formula;                          /* scratch */
} Summary;

/* The name of a part and its headings, below an empty row. */
static void
begin_part(Summary *summary, const char *name, const char *const *headings, guint count)
{
    summary->cursor->row++;
    cursor_text(summary->cursor, COLUMN_LABEL, name, STYLE_SECTION);
    cursor_next(summary->cursor);
    cursor_headings(summary->cursor, headings, count, COLUMN_CONTRACTS);
}

/* The first cells of a row: what it is about, and how many there are. */
static void
put_label(Summary *summary, const char *label, StyleId style, const char *meaning, guint64 count)
{
    cursor_text(summary->cursor, COLUMN_LABEL, label, style);
    cursor_text(summary->cursor, COLUMN_TITLE, meaning, STYLE_WRAP);
    cursor_figure(summary->cursor, COLUMN_CONTRACTS, figure_whole(count), STYLE_WHOLE);
}

/* The first cells of a row of totals. */
static void
put_total_label(Summary *summary, const char *label, guint first, guint64 count)
{
    cursor_text(summary->cursor, COLUMN_LABEL, label, STYLE_TOTAL);
    cursor_text(summary->cursor, COLUMN_TITLE, "", STYLE_TOTAL);
    cursor_total(summary->cursor, COLUMN_CONTRACTS, first, figure_whole(count));
}

/* The money at risk, and beside it how many exceptions are not in it, for want of a price. */
static void
put_at_risk(Summary *summary, guint column, const ExceptionTotals *exceptions)
{
    if (risk_is_not_known(exceptions))
        cursor_text(summary->cursor, column, RISK_NOT_KNOWN, STYLE_MUTED_RIGHT);
    else
        cursor_sum(summary->cursor, column, "", exceptions->at_risk, STYLE_MONEY);
    cursor_figure(summary->cursor, column + 1, figure_whole(risk_unknown(exceptions)), STYLE_WHOLE);
}

static void
put_total_at_risk(Summary *summary, guint column, guint first, const ExceptionTotals *all)
{
    if (risk_is_not_known(all))
        cursor_text(summary->cursor, column, RISK_NOT_KNOWN, STYLE_TOTAL);
    else
        cursor_total(summary->cursor, column, first, figure_sum(all->at_risk));
    cursor_total(summary->cursor, column + 1, first, figure_whole(risk_unknown(all)));
}

static void
put_exceptions(Summary *summary, const ExceptionTotals *exceptions)
{
    cursor_figure(summary->cursor, COLUMN_EXCEPTIONS, figure_whole(exceptions->count), STYLE_WHOLE);
    put_at_risk(summary, COLUMN_AT_RISK, exceptions);
    cursor_next(summary->cursor);
}

/* The scheme's code leads to its sheet; its amounts are sums of Payments. */
static void
write_scheme(Summary *summary, const SchemeSheet *sheet, const SchemeTotals *totals)
{
    GString *formula = summary->formula;
    g_autoptr(GString) address = g_string_new(NULL);
    pages_append_link(address, sheet->pages, 0);
    Cell code = {
        .figure = figure_text(sheet->scheme->code), .link = address->str, .style = STYLE_LINK};
    cursor_cell(summary->cursor, COLUMN_LABEL, &code);
    cursor_text(summary->cursor, COLUMN_TITLE, sheet->scheme->title, STYLE_WRAP);
    cursor_figure(summary->cursor, COLUMN_CONTRACTS, figure_whole(totals->contracts), STYLE_WHOLE);
    for (guint i = 0; i < G_N_ELEMENTS(AMOUNTS); i++) {
        g_string_assign(formula, "=");
        pages_append_sum_of(formula, summary->workbook->payments, AMOUNTS[i].payments,
                            PAYMENTS_SCHEME, range_cell(summary->cursor->row, COLUMN_LABEL).text);
        cursor_sum(summary->cursor, COLUMN_ENTITLEMENT + i, formula->str,
                   G_STRUCT_MEMBER(Sum, totals, AMOUNTS[i].sum), STYLE_MONEY);
    }
    put_exceptions(summary, &totals->exceptions);
}

/* Claims that no scheme of ours is about. */
static void
write_elsewhere(Summary *summary)
{
    cursor_text(summary->cursor, COLUMN_LABEL, "-", STYLE_TEXT);
    cursor_text(summary->cursor, COLUMN_TITLE, "Claims for schemes that are not in the rules",
                STYLE_WRAP);
    cursor_fill(summary->cursor, COLUMN_CONTRACTS, COLUMN_EXCEPTIONS - 1, STYLE_MONEY);
    put_exceptions(summary, &summary->totals->elsewhere);
}

static void
write_schemes(Summary *summary)
{
    static const char *const HEADINGS[COLUMNS] = {
        "Scheme",       "Title",         "Contracts",         "Entitlement\nto date",
        "Paid to date", "Owed",          "Of which\ncurrent", "Of which\nprior",
        "Exceptions",   "Money at risk", "At risk\nnot known"};
    const Totals *totals = summary->totals;
    const SchemeTotals *all = &totals->all;
    begin_part(summary, "By scheme", HEADINGS, COLUMNS);
    guint first = summary->first_scheme = summary->cursor->row;
    for (guint s = 0; s < totals->schemes->len; s++)
        write_scheme(summary, worked_scheme(summary->workbook, s), totals_scheme(totals, s));
    if (totals->elsewhere.count > 0)
        write_elsewhere(summary);
    put_total_label(summary, "Total", first, all->contracts);
    for (guint i = 0; i < G_N_ELEMENTS(AMOUNTS); i++)
        cursor_total(summary->cursor, COLUMN_ENTITLEMENT + i, first,
                     figure_sum(G_STRUCT_MEMBER(Sum, all, AMOUNTS[i].sum)));
    cursor_total(summary->cursor, COLUMN_EXCEPTIONS, first, figure_whole(all->exceptions.count));
    put_total_at_risk(summary, COLUMN_AT_RISK, first, &all->exceptions);
    cursor_next(summary->cursor);
}

/* The sum that is to be paid now, larger than all else. */
static void
write_to_pay(Summary *summary)
{
    Cursor *cursor = summary->cursor;
    g_string_assign(summary->formula, "=");
    pages_append_if(summary->formula, summary->workbook->payments, PAYMENTS_STATUS,
                    STATUS_NAMES[STATUS_PAY], PAYMENTS_OWED);
    cursor->row++;
    cursor_text(cursor, COLUMN_LABEL, "To pay now", STYLE_HEADLINE);
    cursor_fill(cursor, COLUMN_TITLE, COLUMN_CONTRACTS, STYLE_HEADLINE);
    cursor_sum(cursor, COLUMN_ENTITLEMENT, summary->formula->str,
               summary->totals->all.status_owed[STATUS_PAY], STYLE_HEADLINE_MONEY);
    cursor->lines = 2;
    cursor_next(cursor);
}

/* The same by scheme and type of payee: the engine's sums, and totals of them. */
static void
write_to_pay_by_type(Summary *summary)
{
    const char *headings[COLUMN_ENTITLEMENT + PAYEE_SUMS] = {"Scheme", "Title", ""};
    Cursor *cursor = summary->cursor;
    const Rules *rules = summary->workbook->result->pack->rules;
    guint schemes = rules_scheme_count(rules);
    g_autofree Sum *sums = payees_to_pay(summary->workbook->result);
    for (guint type = 0; type < PAYEE_SUMS; type++)
        headings[COLUMN_ENTITLEMENT + type] = type < TYPE_COUNT ? PROVIDER_TYPES[type] : "Total";
    begin_part(summary, "To pay now, by scheme and type of payee", headings,
               G_N_ELEMENTS(headings));
    guint first = cursor->row;
    for (guint s = 0; s <= schemes; s++) {
        bool is_total = s == schemes;
        StyleId style = is_total ? STYLE_TOTAL : STYLE_WRAP;
        cursor_text(cursor, COLUMN_LABEL, is_total ? "Total" : rules_scheme(rules, s)->code,
                    is_total ? STYLE_TOTAL : STYLE_TEXT);
        cursor_text(cursor, COLUMN_TITLE, is_total ? "" : rules_scheme(rules, s)->title, style);
        cursor_text(cursor, COLUMN_CONTRACTS, "", style);
        g_string_printf(summary->formula, "=SUM(%s:%s)",
                        range_cell(cursor->row, COLUMN_ENTITLEMENT).text,
                        range_cell(cursor->row, COLUMN_ENTITLEMENT + TYPE_COUNT - 1).text);
        for (guint type = 0; type < PAYEE_SUMS; type++) {
            Sum sum = sums[s * PAYEE_SUMS + type];
            guint column = COLUMN_ENTITLEMENT + type;
            if (is_total)
                cursor_total(cursor, column, first, figure_sum(sum));
            else
                cursor_sum(cursor, column, type < TYPE_COUNT ? "" : summary->formula->str, sum,
                           STYLE_MONEY);
        }
        cursor_next(cursor);
    }
}

/* What is owed by the causes that there are: sums of Changes. */
static void
write_causes(Summary *summary)
{
    static const char *const HEADINGS[] = {"Why it is owed", "What it is", "Contracts", "Owed"};
    const Workbook *workbook = summary->workbook;
    const SchemeTotals *all = &summary->totals->all;
    begin_part(summary, "Why it is owed", HEADINGS, G_N_ELEMENTS(HEADINGS));
    guint first = summary->cursor->row;
    for (guint cause = 0; cause < OWED_CAUSES; cause++) {
        if (cause > 0 && workbook->causes->count[cause] == 0)
            continue;
        put_label(summary, OWED_CAUSE[cause].name, STYLE_TEXT, OWED_CAUSE[cause].meaning,
                  workbook->causes->count[cause]);
        g_string_assign(summary->formula, "=");
        pages_append_sum(summary->formula, "SUM", workbook->changes, CHANGES_FIRST + cause);
        cursor_sum(summary->cursor, COLUMN_ENTITLEMENT, summary->formula->str,
                   workbook->causes->all[cause], STYLE_MONEY);
        cursor_next(summary->cursor);
    }
    cursor_text(summary->cursor, COLUMN_LABEL, "Owed", STYLE_TOTAL);
    cursor_fill(summary->cursor, COLUMN_TITLE, COLUMN_CONTRACTS, STYLE_TOTAL);
    cursor_total(summary->cursor, COLUMN_ENTITLEMENT, first, figure_sum(all->owed));
    cursor_next(summary->cursor);
}

/* The contracts with the most beside what each month brings. */
static void
write_movers(Summary *summary)
{
    static const char *const HEADINGS[] = {"Largest movements", "Provider, and most of it", "",
                                           "Beside the\nusual"};
    const Workbook *workbook = summary->workbook;
    g_autoptr(GArray) movers = causes_movers(workbook->causes, MOST_MOVERS);
    if (movers->len == 0)
        return;
    begin_part(summary, "Beside this month's instalments and claims", HEADINGS,
               G_N_ELEMENTS(HEADINGS));
    for (guint i = 0; i < movers->len; i++) {
        guint number = g_array_index(movers, guint, i);
        const Contract *contract = result_contract(workbook->result, number);
        OwedCause cause;
        Money unusual = causes_unusual(causes_of(workbook->causes, number), &cause);
        g_autofree char *what =
            g_strdup_printf("%s %s: %s", contract->provider->code,
                            contract->provider->in_force->name, OWED_CAUSE[cause].name);
        cursor_text(summary->cursor, COLUMN_LABEL, contract->scheme->code, STYLE_TEXT);
        cursor_text(summary->cursor, COLUMN_TITLE, what, STYLE_WRAP);
        cursor_text(summary->cursor, COLUMN_CONTRACTS, "", STYLE_TEXT);
        cursor_figure(summary->cursor, COLUMN_ENTITLEMENT, figure_money(unusual), STYLE_MONEY);
        cursor_next(summary->cursor);
    }
}

/* How many contracts that claimed before have nothing for the run's month. */
static guint
count_missing(const Result *result)
{
    g_autoptr(GArray) schemes = claims_missing(result);
    guint count = 0;
    for (guint i = 0; i < schemes->len; i++)
        count += g_array_index(schemes, SchemeClaims, i).missing->len;
    return count;
}

static guint
count_withdrawals(const GArray *replaced)
{
    guint count = 0;
    for (guint i = 0; i < replaced->len; i++)
        count += g_array_index(replaced, Replacement, i).withdraws;
    return count;
}

/* What to look at before money goes out, and where. */
static void
write_attention(Summary *summary)
{
    static const char *const HEADINGS[] = {"What to look at", "Where", "How many"};
    const Workbook *workbook = summary->workbook;
    const Result *result = workbook->result;
    const ExceptionTotals *exceptions = &summary->totals->all.exceptions;
    g_autoptr(GArray) rejected = claims_rejected_files(result);
    const struct {
        const char *what, *where;
        guint64 count;
    } ROWS[] = {
        {"New exceptions", SHEET_EXCEPTIONS, exceptions->count - exceptions->known},
        {"Files rejected whole", SHEET_CONTROLS, rejected->len},
        {"Workbooks not read", "they are among the inputs; save them as CSV",
         result->pack->inputs->left_out->len},
        {"Claims missing", SHEET_RECEIVED, count_missing(result)},
        {"Claims withdrawn", SHEET_RESUBMITTED, count_withdrawals(workbook->replaced)},
        {"Unusual counts", SHEET_UNUSUAL, result->unusual->len},
    };
    begin_part(summary, "What to look at", HEADINGS, G_N_ELEMENTS(HEADINGS));
    for (guint i = 0; i < G_N_ELEMENTS(ROWS); i++) {
        put_label(summary, ROWS[i].what, STYLE_TEXT, ROWS[i].where, ROWS[i].count);
        cursor_next(summary->cursor);
    }
}

/* Entitlement by the month it is earned for: what the picture of the year so far shows. */
static void
write_months(Summary *summary)
{
    static const char *const HEADINGS[COLUMN_ENTITLEMENT + MONTH_PARTS] = {
        "Month", "", "", "Instalments", "Activity", "Adjustments", "Clauses"};
    const MonthTotals *months = &summary->workbook->months;
    Cursor *cursor = summary->cursor;
    Month april = year_first_month(summary->workbook->result->pack->period.year);
    if (months->count == 0)
        return;
    begin_part(summary, "Entitlement by month", HEADINGS, COLUMN_ENTITLEMENT + months->parts);
    summary->first_month = cursor->row;
    for (guint m = 0; m < months->count; m++) {
        Words name = words_month(april + (Month)m); /* a text: axes would show a date's number */
        cursor_text(cursor, COLUMN_LABEL, name.text, STYLE_TEXT);
        cursor_fill(cursor, COLUMN_TITLE, COLUMN_CONTRACTS, STYLE_TEXT);
        for (guint part = 0; part < months->parts; part++)
            cursor_sum(cursor, COLUMN_ENTITLEMENT + part, "", months->months[m][part], STYLE_MONEY);
        cursor_next(cursor);
    }
    cursor_text(cursor, COLUMN_LABEL, "Total", STYLE_TOTAL);
    cursor_text(cursor, COLUMN_TITLE, "without what is held, at what was paid", STYLE_TOTAL);
    cursor_text(cursor, COLUMN_CONTRACTS, "", STYLE_TOTAL);
    for (guint part = 0; part < months->parts; part++)
        cursor_total(cursor, COLUMN_ENTITLEMENT + part, summary->first_month,
                     figure_sum(months->all[part]));
    cursor_next(cursor);
}

static void
write_statuses(Summary *summary)
{
    static const char *const HEADINGS[] = {"Status", "What it means", "Contracts", "Owed"};
    const SchemeTotals *all = &summary->totals->all;
    begin_part(summary, "By status", HEADINGS, G_N_ELEMENTS(HEADINGS));
    guint first = summary->cursor->row;
    for (guint status = 0; status < STATUS_COUNT; status++) {
        put_label(summary, STATUS_NAMES[status], STYLE_TEXT, STATUS_MEANINGS[status],
                  all->status_contracts[status]);
        g_string_assign(summary->formula, "=");
        pages_append_if(summary->formula, summary->workbook->payments, PAYMENTS_STATUS,
                        STATUS_NAMES[status], PAYMENTS_OWED);
        cursor_sum(summary->cursor, COLUMN_ENTITLEMENT, summary->formula->str,
                   all->status_owed[status], STYLE_MONEY);
        cursor_next(summary->cursor);
    }
    put_total_label(summary, "Total", first, all->contracts);
    cursor_total(summary->cursor, COLUMN_ENTITLEMENT, first, figure_sum(all->owed));
    cursor_next(summary->cursor);
}

static void
write_reasons(Summary *summary)
{
    static const char *const HEADINGS[] = {"Exceptions", "Why", "Count", "Money at risk",
                                           "At risk not known"};
    const ExceptionTotals *all = &summary->totals->all.exceptions;
    begin_part(summary, "Exceptions by reason", HEADINGS, G_N_ELEMENTS(HEADINGS));
    guint first = summary->cursor->row;
    for (guint r = REASON_NONE + 1; r < REASON_COUNT; r++) {
        const ExceptionTotals *totals = &summary->totals->reasons[r];
        if (totals->count == 0)
            continue;
        bool is_held = REASONS[r].state == STATE_HELD;
        g_autofree char *why = g_strconcat(REASONS[r].meaning, is_held ? " (held)" : "", NULL);
        put_label(summary, REASONS[r].name, is_held ? STYLE_HOLD : STYLE_TEXT, why, totals->count);
        put_at_risk(summary, COLUMN_ENTITLEMENT, totals);
        cursor_next(summary->cursor);
    }
    put_total_label(summary, "Total", first, all->count);
    put_total_at_risk(summary, COLUMN_ENTITLEMENT, first, all);
    cursor_next(summary->cursor);
    cursor_text(summary->cursor, COLUMN_TITLE, words_new_and_known(all->count, all->known).text,
                STYLE_MUTED);
    cursor_next(summary->cursor);
}

static void
write_controls(Summary *summary)
{
    static const char *const HEADINGS[] = {"Rows of the inputs", "What became of them", "Rows"};
    begin_part(summary, "Control totals", HEADINGS, G_N_ELEMENTS(HEADINGS));
    guint first = summary->cursor->row;
    for (guint state = 0; state < STATE_COUNT; state++) {
        put_label(summary, STATE_NAMES[state], STYLE_TEXT, STATE_MEANINGS[state],
                  summary->totals->states[state]);
        cursor_next(summary->cursor);
    }
    put_total_label(summary, "Rows read", first, summary->totals->rows);
    cursor_next(summary->cursor);
}

/* Adds a picture of so many rows from first on, beside others. */
static void
add_picture(Summary *summary, Picture picture, guint first, guint count, guint left)
{
    PicturePlace place = {summary->pictures, left, PICTURE_WIDTH, PICTURE_HEIGHT};
    picture.figures = summary->cursor->sheet;
    picture.first = first;
    picture.last = first + count - 1;
    picture.names = COLUMN_LABEL;
    picture_add(summary->cursor->book, summary->cursor->sheet, &picture, &place);
}

/* Owed by scheme, and either the year so far or the year as it was paid and earned. */
static void
add_pictures(Summary *summary)
{
    static const Picture OWED = {.kind = PICTURE_BARS,
                                 .title = "Owed by scheme",
                                 .series = {{.name = "Owed", .column = COLUMN_OWED}},
                                 .series_count = 1};
    static const Picture YEAR = {
        .kind = PICTURE_COLUMNS,
        .title = "Paid in the year, and earned by its end",
        .series = {{.name = "Paid in the year", .column = COLUMN_PAID},
                   {.name = "Earned by its end", .column = COLUMN_ENTITLEMENT}},
        .series_count = 2};
    static const Picture MONTHS = {.kind = PICTURE_STACKS,
                                   .title = "Entitlement by month, the year so far",
                                   .series = {{.name = "Instalments", .column = COLUMN_ENTITLEMENT},
                                              {.name = "Activity", .column = COLUMN_PAID},
                                              {.name = "Adjustments", .column = COLUMN_OWED},
                                              {.name = "Clauses", .column = COLUMN_CURRENT}}};
    guint schemes = summary->totals->schemes->len, months = summary->workbook->months.count;
    guint right = PICTURE_WIDTH + 30;
    Picture by_month = MONTHS;
    by_month.series_count = summary->workbook->months.parts;
    add_picture(summary, OWED, summary->first_scheme, schemes, 10);
    if (months == 0)
        add_picture(summary, YEAR, summary->first_scheme, schemes, right);
    else
        add_picture(summary, by_month, summary->first_month, months, right);
}

/* The one cell that says it all. */
static void
write_verdict(Summary *summary)
{
    const Workbook *workbook = summary->workbook;
    g_string_assign(summary->formula, "=");
    range_append_cell(summary->formula, workbook->checks, workbook->verdict_row, CHECKS_HOLDS);
    cursor_text(summary->cursor, COLUMN_LABEL, "Checks", STYLE_TOTAL);
    cursor_formula(summary->cursor, COLUMN_TITLE, summary->formula->str, figure_whole(1),
                   STYLE_VERDICT);
    layout_checks(workbook->book, workbook->summary, VERDICT_ROW, VERDICT_ROW, COLUMN_TITLE, true);
    cursor_next(summary->cursor);
}

static void
write_title(const Workbook *workbook)
{
    const Period *period = &workbook->result->pack->period;
    g_autofree char *title = words_title("Payments by scheme", period);
    g_autofree char *note = g_strdup_printf(
        "Run %s. Financial year %s, to %s. Owed = entitlement to date − paid to date; "
        "current is the run's month, prior the months before it.",
        workbook->edition->run, words_year(period->year).text,
        words_day(period->register_day).text);
    cursor_title(workbook->book, workbook->summary, title, note);
}

/* Columns of money get as wide as their totals need. */
static void
find_widths(const SchemeTotals *all, guint widths[COLUMNS])
{
    Sum sums[COLUMNS] = {[COLUMN_AT_RISK] = all->exceptions.at_risk};
    for (guint i = 0; i < G_N_ELEMENTS(AMOUNTS); i++)
        sums[COLUMN_ENTITLEMENT + i] = G_STRUCT_MEMBER(Sum, all, AMOUNTS[i].sum);
    for (guint c = 0; c < COLUMNS; c++) {
        g_autoptr(GString) text = g_string_new(NULL);
        sum_append_pounds(text, sums[c]);
        widths[c] = MAX(LEAST_WIDTHS[c], (guint)text->len + 3);
    }
}

/* As large as the width of a page allows; pages that are fitted would not begin where they are
 * told to. */
static guint
print_scale(const guint widths[COLUMNS])
{
    guint pixels = 0;
    for (guint c = 0; c < COLUMNS; c++)
        pixels += widths[c] * CHARACTER_PIXELS + COLUMN_PIXELS;
    return CLAMP(PAGE_PIXELS * 100 / pixels, 10, 100);
}

void
workbook_fill_summary(Workbook *workbook)
{
    guint widths[COLUMNS];
    g_autoptr(GString) formula = g_string_new(NULL);
    find_widths(&workbook->totals->all, widths);
    write_title(workbook);
    Cursor cursor = cursor_new(workbook->book, workbook->summary, VERDICT_ROW, widths, COLUMNS);
    Summary summary = {
        .workbook = workbook, .totals = workbook->totals, .cursor = &cursor, .formula = formula};
    write_verdict(&summary);
    write_to_pay(&summary);
    write_to_pay_by_type(&summary);
    write_causes(&summary);
    write_movers(&summary);
    write_attention(&summary);
    guint second_page = cursor.row;
    write_schemes(&summary);
    summary.pictures = cursor.row + 1;
    cursor.row += PICTURE_ROWS;
    write_months(&summary);
    write_statuses(&summary);
    write_reasons(&summary);
    write_controls(&summary);
    add_pictures(&summary);
    /* The first page is what to pay and why; smaller print would put all on it, for nobody. */
    layout_break(workbook->book, workbook->summary, &second_page, 1);
    layout_scale(workbook->summary, print_scale(widths));
    layout_zoom(workbook->summary, 90);
}
