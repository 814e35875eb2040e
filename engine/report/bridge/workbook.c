#include "report/bridge/workbook.h"

#include "report/bridge/picture.h"
#include "sheet/cell.h"
#include "sheet/table.h"

#include "sheet/layout.h"

#include "sheet/cursor.h"

#include "report/figures/wording.h"

#include "base/poison.h"

#define SHEET_CAUSES "Causes"
#define SHEET_CONTRACTS "Contracts"
#define HEADINGS_ROW 3
#define FIRST_ROW 4

typedef struct {
    const Bridge *bridge;
    Book *book;
    GPtrArray *rows; /* of const BridgeRow *: those that moved, then the others */
    Sheet *causes;
    Pages *contracts;
    guint row;        /* of the sheet of causes */
    GString *formula; /* scratch */
} BridgeBook;

/* Columns of the contracts. */
enum {
    CONTRACT_OWED_BEFORE = 9,
    CONTRACT_FIRST_CAUSE,
    CONTRACT_OWED_AFTER = CONTRACT_FIRST_CAUSE + CAUSE_COUNT,
    CONTRACT_DIFFERENCE,
    CONTRACT_UNEXPLAINED
};

/* Columns of the causes. */
enum { COLUMN_CAUSE, COLUMN_MEANING, COLUMN_CONTRACTS, COLUMN_POUNDS, COLUMN_REACHED };

static const char *const MEANINGS[CAUSE_COUNT] = {
    [CAUSE_PERIOD] = "the runs are for different periods",
    [CAUSE_REGISTER] = "providers: names, types, payees, dates",
    [CAUSE_PARTICIPATION] = "who takes part, from when to when, for what value",
    [CAUSE_LISTS] = "list sizes",
    [CAUSE_PAYMENTS] = "paid to date, and adjustments",
    [CAUSE_CLAIMS] = "activity: claims that are new, late or submitted again",
    [CAUSE_ACHIEVEMENT] = "achievement of indicators",
    [CAUSE_RULES] = "schemes, indicators, tariffs",
    [CAUSE_ENGINE] = "what was sealed is not what this version works out",
};

static const BridgeRow *
row_of(const TableRow *row)
{
    const BridgeBook *book = row->user;
    return g_ptr_array_index(book->rows, row->index);
}

static void
set_status(Cell *cell, Status status)
{
    cell->figure = figure_text(status == STATUS_COUNT ? "-" : STATUS_NAMES[status]);
}

static void
cell_moved(const TableRow *row, Cell *cell)
{
    cell->figure = figure_text(bridge_row_is_moved(row_of(row)) ? "moved" : "-");
}

static void
cell_scheme(const TableRow *row, Cell *cell)
{
    cell->figure = figure_text(row_of(row)->scheme);
}

static void
cell_provider(const TableRow *row, Cell *cell)
{
    cell->figure = figure_text(row_of(row)->provider);
}

static void
cell_status_before(const TableRow *row, Cell *cell)
{
    set_status(cell, row_of(row)->before.status);
}

static void
cell_status_after(const TableRow *row, Cell *cell)
{
    set_status(cell, row_of(row)->after.status);
}

/* A cell of one amount of the row. */
#define MONEY_CELL(name, amount)                                                                   \
    static void cell_##name(const TableRow *row, Cell *cell)                                       \
    {                                                                                              \
        cell->figure = figure_money(row_of(row)->amount);                                          \
    }
MONEY_CELL(entitlement_before, before.entitlement)
MONEY_CELL(entitlement_after, after.entitlement)
MONEY_CELL(paid_before, before.paid)
MONEY_CELL(paid_after, after.paid)
MONEY_CELL(owed_before, before.owed)
MONEY_CELL(owed_after, after.owed)
MONEY_CELL(period, causes[CAUSE_PERIOD])
MONEY_CELL(register, causes[CAUSE_REGISTER])
MONEY_CELL(participation, causes[CAUSE_PARTICIPATION])
MONEY_CELL(lists, causes[CAUSE_LISTS])
MONEY_CELL(payments, causes[CAUSE_PAYMENTS])
MONEY_CELL(claims, causes[CAUSE_CLAIMS])
MONEY_CELL(achievement, causes[CAUSE_ACHIEVEMENT])
MONEY_CELL(rules, causes[CAUSE_RULES])
MONEY_CELL(engine, causes[CAUSE_ENGINE])

static void
cell_difference(const TableRow *row, Cell *cell)
{
    const BridgeRow *contract = row_of(row);
    g_string_append(row->scratch, "=ROUND(");
    range_append(row->scratch, row->sheet_row, row->sheet_row, CONTRACT_OWED_AFTER);
    g_string_append_c(row->scratch, '-');
    range_append(row->scratch, row->sheet_row, row->sheet_row, CONTRACT_OWED_BEFORE);
    g_string_append(row->scratch, ",2)");
    cell->formula = row->scratch->str;
    cell->figure = figure_money((Money){contract->after.owed.pence - contract->before.owed.pence});
}

/* What no cause accounts for: nothing, ever. */
static void
cell_unexplained(const TableRow *row, Cell *cell)
{
    const BridgeRow *contract = row_of(row);
    Money left = {contract->after.owed.pence - contract->before.owed.pence};
    for (guint c = 0; c < CAUSE_COUNT; c++)
        left.pence -= contract->causes[c].pence;
    g_string_append(row->scratch, "=ROUND(");
    range_append(row->scratch, row->sheet_row, row->sheet_row, CONTRACT_DIFFERENCE);
    g_string_append(row->scratch, "-SUM(");
    range_append(row->scratch, row->sheet_row, row->sheet_row, CONTRACT_FIRST_CAUSE);
    g_string_append_c(row->scratch, ':');
    range_append(row->scratch, row->sheet_row, row->sheet_row, CONTRACT_OWED_AFTER - 1);
    g_string_append(row->scratch, "),2)");
    cell->formula = row->scratch->str;
    cell->figure = figure_money(left);
}

static const TableColumn CONTRACT_COLUMNS[] = {
    {NULL, "Scheme", STYLE_TEXT, 10, 20, false, cell_scheme},
    {NULL, "Provider", STYLE_TEXT, 10, 20, false, cell_provider},
    {NULL, "Moved", STYLE_TEXT, 9, 9, false, cell_moved},
    {NULL, "Status\nbefore", STYLE_TEXT, 9, 9, false, cell_status_before},
    {NULL, "Status\nafter", STYLE_TEXT, 9, 9, false, cell_status_after},
    {NULL, "Entitlement\nbefore", STYLE_MONEY, 14, 22, true, cell_entitlement_before},
    {NULL, "Entitlement\nafter", STYLE_MONEY, 14, 22, true, cell_entitlement_after},
    {NULL, "Paid to date\nbefore", STYLE_MONEY, 14, 22, true, cell_paid_before},
    {NULL, "Paid to date\nafter", STYLE_MONEY, 14, 22, true, cell_paid_after},
    {NULL, "Owed\nbefore", STYLE_MONEY, 14, 22, true, cell_owed_before},
    {NULL, "Period", STYLE_MONEY, 12, 22, true, cell_period},
    {NULL, "Register", STYLE_MONEY, 12, 22, true, cell_register},
    {NULL, "Participation", STYLE_MONEY, 13, 22, true, cell_participation},
    {NULL, "Lists", STYLE_MONEY, 12, 22, true, cell_lists},
    {NULL, "Payments", STYLE_MONEY, 12, 22, true, cell_payments},
    {NULL, "Claims", STYLE_MONEY, 12, 22, true, cell_claims},
    {NULL, "Achievement", STYLE_MONEY, 12, 22, true, cell_achievement},
    {NULL, "Rules", STYLE_MONEY, 12, 22, true, cell_rules},
    {NULL, "Engine", STYLE_MONEY, 12, 22, true, cell_engine},
    {NULL, "Owed\nafter", STYLE_MONEY, 14, 22, true, cell_owed_after},
    {NULL, "Difference", STYLE_MONEY, 14, 22, true, cell_difference},
    {NULL, "Unexplained", STYLE_MONEY, 13, 22, true, cell_unexplained},
};
G_STATIC_ASSERT(G_N_ELEMENTS(CONTRACT_COLUMNS) == CONTRACT_UNEXPLAINED + 1);

static void
fill_contracts(BridgeBook *book)
{
    g_autofree char *title =
        g_strdup_printf("Contract by contract: %s to %s", book->bridge->from, book->bridge->to);
    Table table = {.name = SHEET_CONTRACTS,
                   .is_reserved = true,
                   .title = title,
                   .note =
                       "Owed before + all causes = owed after. Contracts that moved come first.",
                   .columns = CONTRACT_COLUMNS,
                   .column_count = G_N_ELEMENTS(CONTRACT_COLUMNS),
                   .frozen = 2,
                   .row_count = book->rows->len,
                   .pages = book->contracts,
                   .user = book};
    table_add(book->book, &table);
}

static void
put_text(BridgeBook *book, guint column, const char *text, StyleId style)
{
    cell_text(book->book, book->causes, book->row, column, text, style);
}

/* The formula that was put together, with its value. */
static void
put_sum(BridgeBook *book, guint column, Sum sum, StyleId style)
{
    Cell cell = cell_total(sum, style != STYLE_WHOLE);
    cell.style = style;
    cell.formula = cell.figure.kind == FIGURE_TEXT ? NULL : book->formula->str;
    cell_write(book->book, book->causes, book->row, column, &cell);
    g_string_truncate(book->formula, 0);
}

static void
append_contracts_sum(BridgeBook *book, guint column)
{
    g_string_append_c(book->formula, '=');
    pages_append_sum(book->formula, "SUM", book->contracts, 0, book->rows->len, column);
}

/* What one of the runs owes, as it was sealed: a column of the contracts. */
static void
write_owed(BridgeBook *book, const char *run, guint column, Sum owed, bool is_first)
{
    g_autofree char *name = g_strconcat("Owed in ", run, NULL);
    put_text(book, COLUMN_CAUSE, name, STYLE_TOTAL);
    put_text(book, COLUMN_MEANING, "as it was sealed", STYLE_TOTAL);
    put_text(book, COLUMN_CONTRACTS, "", STYLE_TOTAL);
    append_contracts_sum(book, column);
    put_sum(book, COLUMN_POUNDS, owed, STYLE_TOTAL_MONEY);
    if (is_first) {
        g_string_append_c(book->formula, '=');
        range_append(book->formula, book->row, book->row, COLUMN_POUNDS);
        put_sum(book, COLUMN_REACHED, owed, STYLE_TOTAL_MONEY);
    }
    book->row += is_first;
}

/* A cause: how many contracts it moves, by how much, and what is reached with it. */
static void
write_cause(BridgeBook *book, const BridgeStep *step, Sum reached)
{
    guint column = CONTRACT_FIRST_CAUSE + step->cause;
    put_text(book, COLUMN_CAUSE, CAUSE_NAMES[step->cause], STYLE_TEXT);
    put_text(book, COLUMN_MEANING, MEANINGS[step->cause], STYLE_TEXT);
    g_string_append_c(book->formula, '=');
    pages_append_if(book->formula, book->contracts, column, "<>0", -1);
    put_sum(book, COLUMN_CONTRACTS, (Sum){step->contracts}, STYLE_WHOLE);
    append_contracts_sum(book, column);
    put_sum(book, COLUMN_POUNDS, step->sum, STYLE_MONEY);
    g_string_append_c(book->formula, '=');
    range_append(book->formula, book->row - 1, book->row - 1, COLUMN_REACHED);
    g_string_append_c(book->formula, '+');
    range_append(book->formula, book->row, book->row, COLUMN_POUNDS);
    put_sum(book, COLUMN_REACHED, reached, STYLE_MONEY);
    book->row++;
}

/* What the causes lead to, and whether it is what was sealed. */
static void
write_end(BridgeBook *book, Sum after, Sum reached)
{
    write_owed(book, book->bridge->to, CONTRACT_OWED_AFTER, after, false);
    g_string_append_c(book->formula, '=');
    range_append(book->formula, book->row - 1, book->row - 1, COLUMN_REACHED);
    put_sum(book, COLUMN_REACHED, reached, STYLE_TOTAL_MONEY);
    book->row++;
    put_text(book, COLUMN_CAUSE, "The causes add up", STYLE_TEXT);
    put_text(book, COLUMN_MEANING, "to what was sealed, to the penny", STYLE_TEXT);
    put_text(book, COLUMN_CONTRACTS, "", STYLE_TEXT);
    g_string_append(book->formula, "=IF(ROUND(");
    range_append(book->formula, book->row - 1, book->row - 1, COLUMN_POUNDS);
    g_string_append_c(book->formula, '-');
    range_append(book->formula, book->row - 1, book->row - 1, COLUMN_REACHED);
    g_string_append(book->formula, ",2)=0,1,0)");
    Cell check = {.figure = figure_whole(after.pence == reached.pence),
                  .formula = book->formula->str,
                  .style = STYLE_CHECK};
    cell_write(book->book, book->causes, book->row, COLUMN_POUNDS, &check);
    g_string_truncate(book->formula, 0);
    book->row++;
}

static void
write_notes(BridgeBook *book)
{
    for (guint i = 0; i < book->bridge->notes->len; i++) {
        put_text(book, COLUMN_CAUSE, g_ptr_array_index(book->bridge->notes, i), STYLE_NOTE);
        book->row++;
    }
}

static void
begin_causes(BridgeBook *book)
{
    static const char *const HEADINGS[] = {"Cause", "What it is", "Contracts", "Pounds",
                                           "Owed so far"};
    static const guint WIDTHS[] = {24, 52, 11, 19, 19};
    g_autofree char *title =
        g_strdup_printf("What moved: %s to %s", book->bridge->from, book->bridge->to);
    cursor_title(book->book, book->causes, title,
                 "The first run worked out with one part after the other taken from the second: "
                 "each step's pounds are its cause's.");
    book->row = HEADINGS_ROW;
    for (guint c = 0; c < G_N_ELEMENTS(HEADINGS); c++) {
        layout_width(book->book, book->causes, c, WIDTHS[c]);
        put_text(book, c, HEADINGS[c], c < COLUMN_CONTRACTS ? STYLE_HEADING : STYLE_HEADING_RIGHT);
    }
    book->row = FIRST_ROW;
}

static void
fill_causes(BridgeBook *book)
{
    Sum before, after;
    BridgeStep steps[CAUSE_COUNT];
    guint count = 0;
    bridge_totals(book->bridge, &before, &after);
    begin_causes(book);
    write_owed(book, book->bridge->from, CONTRACT_OWED_BEFORE, before, true);
    Sum reached = before;
    for (guint c = 0; c < CAUSE_COUNT; c++) {
        BridgeStep step = {.cause = c, .row = book->row};
        step.contracts = bridge_cause(book->bridge, c, &step.sum);
        if (step.contracts == 0)
            continue;
        reached.pence += step.sum.pence;
        write_cause(book, &step, reached);
        steps[count++] = step;
    }
    write_end(book, after, reached);
    write_notes(book);
    BridgePicture picture = {.sheet = book->causes,
                             .causes = COLUMN_CAUSE,
                             .pounds = COLUMN_POUNDS,
                             .row = book->row + 1,
                             .steps = steps,
                             .count = count};
    if (count > 0)
        bridge_picture_add(book->book, &picture);
    layout_fit(book->causes, 1, 1);
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
    g_autoptr(GString) subject = g_string_new(NULL);
    wording_append_period(subject, period);
    BookPlan plan = {.path = path,
                     .title = "What moved between two runs",
                     .subject = subject->str,
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
    BridgeBook whole = {bridge, book, rows, causes, contracts, 0, formula};
    if (!book_has_failed(book)) {
        fill_contracts(&whole);
        fill_causes(&whole);
    }
    return book_close(book, error);
}
