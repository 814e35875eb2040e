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

/* Appends "internal:'QIF'!A12", for a link to where a row was written. */
void pages_append_link(GString *text, const Pages *pages, guint64 row);
/* People sort tables, and a formula that names some of the rows is wrong from then on. So formulas
 * of other rows and sheets name whole columns, and find rows by what stands in them.
 *
 * Appends "'QIF'!$F$5:$F$149": a column on one of the sheets, which must have rows. */
void pages_append_column(GString *text, const Pages *pages, guint page, guint column);
/* Appends "SUM('QIF'!$F$5:$F$149)", a column over all sheets; "0" over no rows. The function must
 * take several ranges. */
void pages_append_sum(GString *text, const char *function, const Pages *pages, guint column);
/* Appends "SUMIFS('QIF'!$F$5:$F$149,'QIF'!$P$5:$P$149,P9)": the sum of a column over the rows that
 * have the same number as a cell in the column of keys; "0" over no rows. Keys are numbers: as
 * criteria, texts are patterns and know no letter case, and "007" is 7. */
void pages_append_sum_by(GString *text, const Pages *pages, guint column, guint keys,
                         const char *key);
/* The same by several columns: rows count where each has what its criterion says, which is a cell,
 * a number, or such as "">"&J9". With PAGES_ROWS as the column they are counted: "COUNTIFS(…)". "0"
 * over no rows, or where there are no pages (NULL). */
typedef struct {
    guint column;
    const char *same;
} PagesCriterion;
#define PAGES_ROWS G_MAXUINT
void pages_append_sum_where(GString *text, const Pages *pages, guint column,
                            const PagesCriterion *criteria, guint count);
/* Appends "SUMPRODUCT(EXACT('Payments'!$A$5:$A$149,A9)*'Payments'!$G$5:$G$149)": the sum of a
 * column of numbers over the rows that have a text, that of a cell or in quotation marks, in the
 * column of texts; for few formulas, since it looks at every row. "0" over no rows. */
void pages_append_sum_of(GString *text, const Pages *pages, guint column, guint texts,
                         const char *same);
/* Appends "COUNTIF(range,"pay")" over all rows, or SUMIF of another column where sum is one; "0"
 * over none. Criteria are our own words, never from inputs. */
void pages_append_if(GString *text, const Pages *pages, guint column, const char *criterion,
                     int sum);
/* Colours the checks of a column that fail: see layout_checks. */
void pages_checks(Book *book, const Pages *pages, guint column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pages, pages_free)
