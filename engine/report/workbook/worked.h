/* A row whose cells are worked out once, when its table asks for the row's record: the formulas
 * that are looked at, counted and shown are then the same. */
#pragma once

#include "report/figures/fields.h"
#include "report/workbook/sheets.h"
#include "sheet/formula.h"

#define WORKED_COLUMNS 40

typedef struct {
    Record record; /* what fields are about: first, so that a table's fields find it */
    Workbook *workbook;
    GStringChunk *room; /* for the texts of its formulas */
    guint sheet_row;
    bool is_proved; /* the engine's amount: worked out again, or nothing but an input */
    struct {
        Figure figure;
        const char *formula; /* NULL: none */
    } cells[WORKED_COLUMNS];
} WorkedRow;

/* A row of nothing yet. Clear with worked_clear. */
void worked_init(WorkedRow *worked, Workbook *workbook);
void worked_clear(WorkedRow *worked);
/* Empties it for a row of some sheets. */
void worked_begin(WorkedRow *worked, const Pages *pages, guint64 row);

/* The sheet of a scheme. */
const SchemeSheet *worked_scheme(const Workbook *workbook, guint scheme);

/* Parts of formulas: a cell of the row, a cell of Rules, or several of a column there. */
const char *worked_cell(const WorkedRow *worked, guint column);
const char *worked_rule(const WorkedRow *worked, guint row, guint column);
const char *worked_rules(const WorkedRow *worked, guint first, guint last, guint column);
/* The sum of a table's column over the rows of a contract, found by its number: the table's column
 * of these, and the row's cell. */
const char *worked_sum_by(const WorkedRow *worked, const Pages *pages, guint column, guint keys,
                          guint key);

/* The sum over the rows that meet several criteria: see pages_append_sum_where. */
const char *worked_sum_where(const WorkedRow *worked, const Pages *pages, guint column,
                             const PagesCriterion *criteria, guint count);

/* The months from the one that a cell's day is in up to that of another: "12*YEAR(H9)+…+1". */
const char *worked_months(const WorkedRow *worked, const char *from, const char *to);

/* Sets a cell. worked_same: to what stands in another. */
void worked_set(WorkedRow *worked, guint column, Figure figure, const char *formula);
void worked_same(WorkedRow *worked, guint column, Figure figure, const char *other);
/* Sets an amount, and beside it the engine's, which must be the same. */
void worked_amount(WorkedRow *worked, guint column, Money amount, const char *formula);

/* Show a cell that was set, and the check of the amount two columns before: TRUE where it is the
 * engine's; "not proved" where a spreadsheet cannot work it out; empty where there is none. */
void worked_show(const TableRow *row, Cell *cell);
void worked_show_check(const TableRow *row, Cell *cell);
