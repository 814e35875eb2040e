#include "report/bridge/workbook.h"

#include "report/bridge/picture.h"
#include "report/figures/words.h"
#include "sheet/cursor.h"
#include "sheet/formula.h"
#include "sheet/layout.h"
#include "sheet/table.h"

#include "base/poison.h"

#define SHEET_CAUSES "Causes"
#define SHEET_CONTRACTS "Contracts"
#define HEADINGS_ROW 3

typedef struct {
    const Bridge *bridge;
    Book *book;
    GPtrArray *rows; /* of const BridgeRow *: those that moved, then the others */
    Pages *contracts;
    Cursor causes;
    GString *formula; /* scratch */
} BridgeBook;

/* Columns of the contracts. */
enum {
    CONTRACT_OWED_BEFORE = 9,
    CONTRACT_FIRST_CAUSE,
    CONTRACT_OWED_AFTER = CONTRACT_FIRST_CAUSE + CAUSE_COUNT,
    CONTRACT_DIFFERENCE,
    CONTRACT_UNEXPLAINED,
    CONTRACT_FIRST_PERIOD /* and those behind it: only where the period moved anything */
};

/* Columns of the causes. */
enum { COLUMN_CAUSE, COLUMN_MEANING, COLUMN_CONTRACTS, COLUMN_POUNDS, COLUMN_REACHED };

static gconstpointer
row_of(gpointer user, guint64 index)
{
    const BridgeBook *book = user;
    return g_ptr_array_index(book->rows, index);
}

static void
show_word(const TableRow *row, Cell *cell)
{
    (void)row;
    if (cell->figure.kind == FIGURE_EMPTY)
        cell->figure = figure_text("-");
}

static void
show_difference(const TableRow *row, Cell *cell)
{
    g_string_printf(row->scratch, "=ROUND(%s-%s,2)",
                    range_cell(row->sheet_row, CONTRACT_OWED_AFTER).text,
                    range_cell(row->sheet_row, CONTRACT_OWED_BEFORE).text);
    cell->formula = row->scratch->str;
}

static void
show_unexplained(const TableRow *row, Cell *cell)
{
    g_string_printf(row->scratch, "=ROUND(%s-SUM(%s:%s),2)",
                    range_cell(row->sheet_row, CONTRACT_DIFFERENCE).text,
                    range_cell(row->sheet_row, CONTRACT_FIRST_CAUSE).text,
                    range_cell(row->sheet_row, CONTRACT_OWED_AFTER - 1).text);
    cell->formula = row->scratch->str;
}

#define FIELD(place) &BRIDGE_FIELDS[BRIDGE_##place], NULL
#define PERIOD(cause) &BRIDGE_FIELDS[BRIDGE_PERIOD + OWED_##cause]
#define PERIOD_LOOK STYLE_MONEY, 13, 22, true, NULL
#define CAUSE(cause) &BRIDGE_FIELDS[BRIDGE_CAUSES + CAUSE_##cause], NULL

static const TableColumn CONTRACT_COLUMNS[] = {
    {FIELD(SCHEME), STYLE_TEXT, 10, 20, false, NULL},
    {FIELD(PROVIDER), STYLE_TEXT, 10, 20, false, NULL},
    {FIELD(MOVED), STYLE_TEXT, 9, 9, false, show_word},
    {FIELD(STATUS_BEFORE), STYLE_TEXT, 9, 9, false, show_word},
    {FIELD(STATUS_AFTER), STYLE_TEXT, 9, 9, false, show_word},
    {FIELD(ENTITLEMENT_BEFORE), STYLE_MONEY, 14, 22, true, NULL},
    {FIELD(ENTITLEMENT_AFTER), STYLE_MONEY, 14, 22, true, NULL},
    {FIELD(PAID_BEFORE), STYLE_MONEY, 14, 22, true, NULL},
    {FIELD(PAID_AFTER), STYLE_MONEY, 14, 22, true, NULL},
    {FIELD(OWED_BEFORE), STYLE_MONEY, 14, 22, true, NULL},
    {CAUSE(PERIOD), STYLE_MONEY, 12, 22, true, NULL},
    {CAUSE(REGISTER), STYLE_MONEY, 12, 22, true, NULL},
    {CAUSE(PARTICIPATION), STYLE_MONEY, 13, 22, true, NULL},
    {CAUSE(LISTS), STYLE_MONEY, 12, 22, true, NULL},
    {CAUSE(FACTS), STYLE_MONEY, 12, 22, true, NULL},
    {CAUSE(PAYMENTS), STYLE_MONEY, 12, 22, true, NULL},
    {CAUSE(HOLDS), STYLE_MONEY, 13, 22, true, NULL},
    {CAUSE(CLAIMS), STYLE_MONEY, 12, 22, true, NULL},
    {CAUSE(ACHIEVEMENT), STYLE_MONEY, 12, 22, true, NULL},
    {CAUSE(RULES), STYLE_MONEY, 12, 22, true, NULL},
    {CAUSE(ENGINE), STYLE_MONEY, 12, 22, true, NULL},
    {FIELD(OWED_AFTER), STYLE_MONEY, 14, 22, true, NULL},
    {FIELD(DIFFERENCE), STYLE_MONEY, 14, 22, true, show_difference},
    {FIELD(UNEXPLAINED), STYLE_MONEY, 13, 22, true, show_unexplained},
    {PERIOD(INSTALMENTS), "Period:\ninstalments", PERIOD_LOOK},
    {PERIOD(THIS_MONTH), "Period:\nclaims", PERIOD_LOOK},
    {PERIOD(LATE), "Period:\nlate claims", PERIOD_LOOK},
    {PERIOD(CORRECTED), "Period:\ncorrected", PERIOD_LOOK},
    {PERIOD(PRICE), "Period:\nprices", PERIOD_LOOK},
    {PERIOD(FACTS), "Period:\nfacts", PERIOD_LOOK},
    {PERIOD(ACHIEVEMENT), "Period:\nachievement", PERIOD_LOOK},
    {PERIOD(VALUE), "Period:\nvalues, lists", PERIOD_LOOK},
    {PERIOD(CLAUSES), "Period:\nclauses", PERIOD_LOOK},
    {PERIOD(ADJUSTMENTS), "Period:\nadjustments", PERIOD_LOOK},
    {PERIOD(BROUGHT_FORWARD), "Period:\nbrought forward", PERIOD_LOOK},
    {PERIOD(DEFERRED), "Period:\nleft for later", PERIOD_LOOK},
    {PERIOD(BEFORE), "Period:\nheld", PERIOD_LOOK},
    {PERIOD(REST), "Period:\nrest", PERIOD_LOOK},
};
G_STATIC_ASSERT(G_N_ELEMENTS(CONTRACT_COLUMNS) == CONTRACT_FIRST_PERIOD + OWED_CAUSES);

/* Whether the period moved any contract, so that there is something to explain. */
static bool
has_period(const Bridge *bridge)
{
    Sum ignored;
    for (guint c = 0; c < OWED_CAUSES; c++)
        if (bridge_period(bridge, c, &ignored) > 0)
            return true;
    return false;
}

static void
fill_contracts(BridgeBook *book)
{
    g_autofree char *title =
        g_strdup_printf("Contract by contract: %s to %s", book->bridge->from, book->bridge->to);
    Table table = {.title = title,
                   .note =
                       "Owed before + all causes = owed after. Contracts that moved come first.",
                   .columns = CONTRACT_COLUMNS,
                   .column_count = has_period(book->bridge) ? G_N_ELEMENTS(CONTRACT_COLUMNS)
                                                            : CONTRACT_FIRST_PERIOD,
                   .frozen = 2,
                   .printed = has_period(book->bridge) ? CONTRACT_FIRST_PERIOD : 0,
                   .pages = book->contracts,
                   .record = row_of,
                   .user = book};
    table_add(book->book, &table);
}

/* The formula that was put together, with its value. */
static void
put_sum(BridgeBook *book, guint column, Sum sum, StyleId style)
{
    cursor_sum(&book->causes, column, book->formula->str, sum, style);
    g_string_truncate(book->formula, 0);
}

/* A cell of the causes, behind a sign. */
static void
append_cell(BridgeBook *book, char sign, guint row, guint column)
{
    g_string_append_c(book->formula, sign);
    range_append(book->formula, row, row, column);
}

static void
put_contracts_sum(BridgeBook *book, guint column, Sum sum, StyleId style)
{
    g_string_append_c(book->formula, '=');
    pages_append_sum(book->formula, "SUM", book->contracts, column);
    put_sum(book, COLUMN_POUNDS, sum, style);
}

/* What one of the runs owes, as it was sealed: a column of the contracts. From the first run's the
 * causes go on; at the second's they have arrived. */
static void
write_owed(BridgeBook *book, const char *run, guint column, Sum owed, Sum reached)
{
    Cursor *causes = &book->causes;
    g_autofree char *name = g_strconcat("Owed in ", run, NULL);
    bool is_first = column == CONTRACT_OWED_BEFORE;
    cursor_text(causes, COLUMN_CAUSE, name, STYLE_TOTAL);
    cursor_text(causes, COLUMN_MEANING, "as it was sealed", STYLE_TOTAL);
    cursor_text(causes, COLUMN_CONTRACTS, "", STYLE_TOTAL);
    put_contracts_sum(book, column, owed, STYLE_TOTAL_MONEY);
    append_cell(book, '=', is_first ? causes->row : causes->row - 1,
                is_first ? COLUMN_POUNDS : COLUMN_REACHED);
    put_sum(book, COLUMN_REACHED, reached, STYLE_TOTAL_MONEY);
    cursor_next(causes);
}

/* How many contracts a column of theirs moves, and by how much. */
static void
put_moved(BridgeBook *book, guint column, guint contracts, Sum sum)
{
    g_string_append_c(book->formula, '=');
    pages_append_if(book->formula, book->contracts, column, "<>0", -1);
    cursor_formula(&book->causes, COLUMN_CONTRACTS, book->formula->str, figure_whole(contracts),
                   STYLE_WHOLE);
    g_string_truncate(book->formula, 0);
    put_contracts_sum(book, column, sum, STYLE_MONEY);
}

/* A cause: how many contracts it moves, by how much, and what is reached with it. */
static void
write_cause(BridgeBook *book, const BridgeStep *step, Sum reached)
{
    Cursor *causes = &book->causes;
    const Field *field = &BRIDGE_FIELDS[BRIDGE_CAUSES + step->cause];
    cursor_text(causes, COLUMN_CAUSE, field->name, STYLE_TEXT);
    cursor_text(causes, COLUMN_MEANING, field->about, STYLE_TEXT);
    put_moved(book, CONTRACT_FIRST_CAUSE + step->cause, step->contracts, step->sum);
    append_cell(book, '=', causes->row - 1, COLUMN_REACHED);
    append_cell(book, '+', causes->row, COLUMN_POUNDS);
    put_sum(book, COLUMN_REACHED, reached, STYLE_MONEY);
    cursor_next(causes);
}

/* Whether what the causes lead to, in the row above, is what was sealed. */
static void
write_check(BridgeBook *book, bool holds)
{
    Cursor *causes = &book->causes;
    cursor_text(causes, COLUMN_CAUSE, "The causes add up", STYLE_TEXT);
    cursor_text(causes, COLUMN_MEANING, "to what was sealed, to the penny", STYLE_TEXT);
    cursor_text(causes, COLUMN_CONTRACTS, "", STYLE_TEXT);
    g_autoptr(GString) pounds = g_string_new(NULL), reached = g_string_new(NULL);
    range_append(pounds, causes->row - 1, causes->row - 1, COLUMN_POUNDS);
    range_append(reached, causes->row - 1, causes->row - 1, COLUMN_REACHED);
    formula_append_check(book->formula, pounds->str, reached->str);
    cursor_formula(causes, COLUMN_POUNDS, book->formula->str, figure_whole(holds), STYLE_CHECK);
    cursor_next(causes);
}

/* What the period is made of: causes of its own, below the others. */
static void
write_period(BridgeBook *book)
{
    Cursor *causes = &book->causes;
    for (guint c = 0; c < OWED_CAUSES; c++) {
        Sum sum;
        guint contracts = bridge_period(book->bridge, c, &sum);
        const Field *field = &BRIDGE_FIELDS[BRIDGE_PERIOD + c];
        g_autofree char *name = g_strconcat("period: ", field->heading, NULL);
        if (contracts == 0)
            continue;
        cursor_text(causes, COLUMN_CAUSE, name, STYLE_TEXT);
        cursor_text(causes, COLUMN_MEANING, field->about, STYLE_TEXT);
        put_moved(book, CONTRACT_FIRST_PERIOD + c, contracts, sum);
        cursor_next(causes);
    }
}

static void
begin_causes(BridgeBook *book, Sheet *sheet)
{
    static const char *const HEADINGS[] = {"Cause", "What it is", "Contracts", "Pounds",
                                           "Owed so far"};
    static const guint WIDTHS[] = {24, 52, 11, 19, 19};
    g_autofree char *title =
        g_strdup_printf("What moved: %s to %s", book->bridge->from, book->bridge->to);
    cursor_title(book->book, sheet, title,
                 "The first run worked out with one part after the other taken from the second: "
                 "each step's pounds are its cause's.");
    book->causes = cursor_new(book->book, sheet, HEADINGS_ROW, WIDTHS, G_N_ELEMENTS(WIDTHS));
    cursor_headings(&book->causes, HEADINGS, G_N_ELEMENTS(HEADINGS), COLUMN_CONTRACTS);
}

static void
fill_causes(BridgeBook *book, Sheet *sheet)
{
    const Bridge *bridge = book->bridge;
    Sum before, after;
    BridgeStep steps[CAUSE_COUNT];
    guint count = 0;
    bridge_totals(bridge, &before, &after);
    begin_causes(book, sheet);
    write_owed(book, bridge->from, CONTRACT_OWED_BEFORE, before, before);
    Sum reached = before;
    for (guint c = 0; c < CAUSE_COUNT; c++) {
        BridgeStep step = {.cause = c, .row = book->causes.row};
        step.contracts = bridge_cause(bridge, c, &step.sum);
        if (step.contracts == 0)
            continue;
        reached.pence += step.sum.pence;
        write_cause(book, &step, reached);
        steps[count++] = step;
    }
    write_owed(book, bridge->to, CONTRACT_OWED_AFTER, after, reached);
    write_check(book, after.pence == reached.pence);
    write_period(book);
    for (guint i = 0; i < bridge->notes->len; i++) {
        cursor_text(&book->causes, COLUMN_CAUSE, g_ptr_array_index(bridge->notes, i), STYLE_NOTE);
        cursor_next(&book->causes);
    }
    BridgePicture picture = {.sheet = sheet,
                             .causes = COLUMN_CAUSE,
                             .pounds = COLUMN_POUNDS,
                             .row = book->causes.row + 1,
                             .steps = steps,
                             .count = count};
    if (count > 0)
        bridge_picture_add(book->book, &picture);
    layout_fit(sheet, 1, 1);
}

/* Those that moved, then the others, each in the order of the reports. */
static GPtrArray *
order_rows(const Bridge *bridge)
{
    GPtrArray *rows = g_ptr_array_new();
    for (guint pass = 0; pass < 2; pass++)
        for (guint i = 0; i < bridge->rows->len; i++)
            if (bridge_row_is_moved(bridge_row(bridge, i)) == (pass == 0))
                g_ptr_array_add(rows, bridge->rows->pdata[i]);
    return rows;
}

bool
bridge_workbook_write(const Bridge *bridge, const Period *period, const char *path, GError **error)
{
    Words subject = words_period(period);
    BookPlan plan = {.path = path,
                     .title = "What moved between two runs",
                     .subject = subject.text,
                     .date = period->date};
    g_autoptr(Book) book = book_new(&plan, error);
    if (book == NULL)
        return false;
    g_autoptr(GPtrArray) rows = order_rows(bridge);
    g_autoptr(GString) formula = g_string_new(NULL);
    book_reserve(book, SHEET_CAUSES);
    book_reserve(book, SHEET_CONTRACTS);
    Sheet *causes = book_add_sheet(book, SHEET_CAUSES, true);
    g_autoptr(Pages) contracts = pages_add(book, SHEET_CONTRACTS, true, rows->len);
    BridgeBook whole = {bridge, book, rows, contracts, {0}, formula};
    if (!book_has_failed(book)) {
        fill_contracts(&whole);
        fill_causes(&whole, causes);
    }
    return book_close(book, error);
}
