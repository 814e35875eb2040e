/* A workbook being made: its file, its styles, the names of its sheets, and what went wrong.
 *
 * Invariants
 * - The same content gives the same bytes: the time of making that a workbook carries comes from
 *   the period, temporary files and clock leave no trace.
 * - What the spreadsheet library reports is noted and never lost: the first failure makes
 *   book_close fail, whatever was written afterwards.
 * - A file that book_close reports as written has been read back and holds every cell.
 * - Rows of a sheet are written from the top down, each once, so that long workbooks can be
 *   streamed to the disk.
 */
#pragma once

#include <stdbool.h>
#include <xlsxwriter.h>

#include "pack/period.h"
#include "sheet/names.h"
#include "sheet/style.h"

typedef struct {
    lxw_workbook *workbook;
    SheetNames *names;
    lxw_format *styles[STYLE_COUNT];
    char *path;
    Period period;
    guint32 rows_per_sheet; /* no sheet gets more */
    bool is_long;           /* streamed: nothing that needs a second look at the rows */
    lxw_error failure;      /* the first that was noted */
    GArray *cell_counts;    /* of guint64, by sheet: what the finished file must hold */
} Book;

/* What a workbook is like. */
typedef struct {
    const char *path;
    const char *title; /* in its properties */
    Period period;
    bool is_long;
    guint32 rows_per_sheet; /* 0: as many as spreadsheets can hold */
    const char *scratch;    /* where temporary files go; NULL: beside the workbook */
} BookPlan;

/* Begins a workbook; the file appears with book_close. NULL, with SP_ERROR_IO, where the library
 * has no memory. Free with book_free. */
Book *book_new(const BookPlan *plan, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Writes the file, looks it over and waits until it is on the disk. False with
 * SP_ERROR_CANNOT_CREATE, SP_ERROR_IO or, where a cell was refused, SP_ERROR_BUG, naming the file;
 * then there is none. */
bool book_close(Book *book, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same without waiting for the disk: thousands of waits take minutes, and whoever seals many
 * workbooks puts them all there at once. */
bool book_write(Book *book, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void book_free(Book *book);

/* Counts a cell of a sheet that was written; each cell is written once. */
void book_count_cell(Book *book, const lxw_worksheet *sheet);
/* Notes what a call of the library returned. */
void book_note(Book *book, lxw_error outcome);
/* Whether something was noted, so that more work is in vain. */
bool book_has_failed(const Book *book);

/* Adds a sheet with our page layout: landscape A4, one page wide, period and page numbers. The name
 * is made legal and unique, unless is_reserved: then it is one of sheet_names_reserve. NULL where
 * that failed, which is noted. */
lxw_worksheet *book_add_sheet(Book *book, const char *name, bool is_reserved);
lxw_format *book_style(const Book *book, StyleId style);

/* Cells by style; each notes what the library returns. */
void book_text(Book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *text,
               StyleId style);
/* Fills a row with a style from one column up to another. */
void book_fill(Book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t first, lxw_col_t last,
               StyleId style);
/* How many lines a wrapped text of so many characters takes in a column so many characters wide. */
guint book_lines(guint characters, guint width);
/* Makes a row high enough for so many lines: applications do not all measure rows themselves. To
 * be called before the next row is begun. */
void book_row_lines(Book *book, lxw_worksheet *sheet, lxw_row_t row, guint lines);
/* A title in the first row and a note in the second. */
void book_title(Book *book, lxw_worksheet *sheet, const char *title, const char *note);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Book, book_free)
