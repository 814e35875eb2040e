/* Tables of a workbook: a sheet of columns, described by a static table, and rows that are asked
 * for one after the other.
 *
 * A sheet has a title, a note, the totals (formulas that follow the filter), the headings, and the
 * rows; headings stay in sight, are repeated in print, and carry a filter. What does not fit one
 * sheet goes on in the next. */
#pragma once

#include "sheet/book.h"

#include "sheet/pages.h"
#include "report/figures/totals.h"

/* Where the rows of a table's sheet begin; rows themselves do at PAGE_FIRST_ROW. */
#define TABLE_TOTALS_ROW (PAGE_FIRST_ROW - 2)
#define TABLE_HEADINGS_ROW (PAGE_FIRST_ROW - 1)
#define TABLE_FIRST_ROW PAGE_FIRST_ROW

typedef enum {
    CELL_EMPTY,
    CELL_TEXT,
    CELL_MONEY,
    CELL_MICROS,
    CELL_WHOLE,
    CELL_DAY,
    CELL_FRACTION
} CellKind;

/* What stands in a cell; only what its kind says is looked at. */
typedef struct {
    CellKind kind;
    const char *text;
    Money money;
    Micros micros;
    guint64 whole;
    Day day;
    Fraction fraction;
    const char *formula; /* what gives the value ("=A1-B1"), or NULL */
    const char *link;    /* of a text: where it leads ("internal:'QIF'!A5"), or NULL */
    StyleId style;       /* the column's, unless the row has a reason for another */
} CellValue;

/* A row that is asked for its cells. */
typedef struct {
    gconstpointer user;
    guint64 index;       /* in the table */
    lxw_row_t sheet_row; /* where it stands, from 0: for formulas */
    GString *scratch;    /* room for a text or formula of the cell */
} TableRow;

/* Sets the cell; it comes as CELL_EMPTY with the column's style. */
typedef void (*TableCellFunc)(const TableRow *row, CellValue *cell);

typedef struct {
    const char *heading;
    StyleId style;
    guint least, most; /* width in characters: as its cells need, between these */
    bool is_totalled;  /* money or whole numbers that are added up */
    TableCellFunc cell;
} TableColumn;

typedef struct {
    const char *name; /* of the sheet */
    bool is_reserved; /* see book_add_sheet */
    const char *title, *note;
    const TableColumn *columns;
    guint column_count;
    guint frozen; /* columns that stay in sight */
    guint64 row_count;
    const Pages *pages; /* the sheets made for it; NULL: it adds its own */
    guint printed;      /* columns that are printed; 0: all */
    gpointer user;
    /* Makes a row ready to be asked for all its cells, in order; NULL: always ready. Totalled
     * columns must not need it. */
    void (*load)(gpointer user, guint64 index);
} Table;

/* Adds the table's sheet or sheets. */
void table_add(Book *book, const Table *table);

/* Rows that ask for links beyond what a sheet may have are plain texts.
 * Writes one cell outside a table, and notes what the library returns. */
void book_cell(Book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
               const CellValue *cell);

/* Shorthands for cell functions. */
void cell_set_text(CellValue *cell, const char *text);
void cell_set_money(CellValue *cell, Money money);
void cell_set_whole(CellValue *cell, guint64 number);
void cell_set_month(CellValue *cell, Month month); /* MONTH_NONE: empty */
/* A total, in the style of one: money, or a whole number. */
void cell_set_sum(CellValue *cell, Sum sum, bool is_money);
/* A count: without decimals where it has none. */
void cell_set_count(CellValue *cell, Micros micros);
