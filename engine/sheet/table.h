/* Tables of a workbook: a sheet of columns, described by a static table, and rows that are asked
 * for one after the other.
 *
 * A sheet has a title, a note, the totals (formulas that follow the filter), the headings, and the
 * rows; headings stay in sight, are repeated in print, and carry a filter. What does not fit one
 * sheet goes on in the next. */
#pragma once

#include "sheet/cell.h"
#include "sheet/pages.h"

/* Where the rows of a table's sheet begin; rows themselves do at PAGE_FIRST_ROW. */
#define TABLE_TOTALS_ROW (PAGE_FIRST_ROW - 2)
#define TABLE_HEADINGS_ROW (PAGE_FIRST_ROW - 1)
#define TABLE_FIRST_ROW PAGE_FIRST_ROW

/* A row that is asked for its cells. */
typedef struct {
    gconstpointer user;
    gconstpointer record; /* what the fields of the columns are about */
    guint64 index;        /* in the table */
    guint column;         /* of the cell */
    guint sheet_row;      /* where it stands, from 0: for formulas */
    GString *scratch;     /* room for a text or formula of the cell; empty */
} TableRow;

/* A column shows a field of the row's record, or what its function sets, or both: the function
 * then finds the cell with the field's figure and adds a formula, a link or another style. */
typedef struct {
    const Field *field;
    const char *heading; /* NULL: the field's */
    StyleId style;       /* counts choose theirs themselves */
    guint least, most;   /* width in characters: as its cells need, between these */
    bool is_totalled;    /* money or whole numbers that are added up */
    void (*show)(const TableRow *row, Cell *cell);
} TableColumn;

typedef struct {
    const Pages *pages; /* its sheets, made for so many rows */
    const char *title, *note;
    const TableColumn *columns;
    guint column_count;
    guint frozen;  /* columns that stay in sight */
    guint printed; /* columns that are printed; 0: all */
    gpointer user;
    /* The record of a row, for the fields; valid until the next row is asked for. NULL: none. */
    gconstpointer (*record)(gpointer user, guint64 index);
    /* Makes a row ready to be asked for all its cells, in order; NULL: always ready. Totalled
     * columns must not need it. */
    void (*load)(gpointer user, guint64 index);
} Table;

/* Fills the table's sheet or sheets. */
void table_add(Book *book, const Table *table);
