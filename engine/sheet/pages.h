/* The sheets of one table, made before anything is written on them, so that any sheet's formulas
 * can name any other sheet's cells.
 *
 * A table of more rows than a sheet holds goes on in the next: QIF, QIF (2). Rows are called by
 * their number in the table, wherever they stand. */
#pragma once

#include "sheet/range.h"

/* Where the rows of a table's sheet begin. */
#define PAGE_FIRST_ROW 4

typedef struct {
    GPtrArray *sheets; /* of Sheet, owned by the workbook; empty where that failed */
    guint64 rows_per_page, rows;
} Pages;

/* Adds as many sheets as a table of so many rows needs; see book_add_sheet. Free with pages_free.
 */
Pages *pages_add(Book *book, const char *name, bool is_reserved, guint64 rows);
void pages_free(Pages *pages);
guint pages_count(const Pages *pages);
Sheet *pages_sheet(const Pages *pages, guint page);
/* Which row of its sheet a row of the table stands on. */
guint pages_sheet_row(const Pages *pages, guint64 row);

/* Appends "'QIF'!$F$12": a cell of a row. */
void pages_append_cell(GString *text, const Pages *pages, guint64 row, guint column);
/* Appends "internal:'QIF'!A12", for a link to a row. */
void pages_append_link(GString *text, const Pages *pages, guint64 row);
/* Appends "SUM('QIF'!$F$12:$F$15)", a column over some rows, over as many sheets as they stand on;
 * "0" over none. The function must take several ranges. */
void pages_append_sum(GString *text, const char *function, const Pages *pages, guint64 first,
                      guint64 count, guint column);
/* Appends "COUNTIF(range,"pay")" over all rows, or SUMIF of another column where sum is one; "0"
 * over none. Criteria are our own words, never from inputs. */
void pages_append_if(GString *text, const Pages *pages, guint column, const char *criterion,
                     int sum);
/* Whether some rows stand on one sheet. */
bool pages_hold_together(const Pages *pages, guint64 first, guint64 count);

/* Colours the checks of a column that fail: see layout_checks. */
void pages_checks(Book *book, const Pages *pages, guint column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pages, pages_free)
