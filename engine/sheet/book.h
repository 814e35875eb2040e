/* A workbook being made: its file, its styles, the names of its sheets, and what went wrong.
 *
 * Invariants
 * - The same content gives the same bytes: the time of making that a workbook carries comes from
 *   its plan, temporary files and clock leave no trace.
 * - What the spreadsheet library reports is noted and never lost: the first failure makes
 *   book_close fail, whatever was written afterwards.
 * - A file that book_close reports as written has been read back and holds every cell.
 * - Rows of a sheet are written from the top down, each once, so that long workbooks can be
 *   streamed to the disk. Rows and columns count from 0.
 */
#pragma once

#include <stdbool.h>

#include "base/date.h"

typedef struct Book Book;
/* A sheet of a workbook, which owns it. */
typedef struct lxw_worksheet Sheet;

/* What a workbook is like. */
typedef struct {
    const char *path;
    const char *title;      /* in its properties */
    const char *subject;    /* in its properties and above each printed page: "September 2025" */
    Day date;               /* when it says it was made: noon of that day */
    bool is_long;           /* streamed: nothing that needs a second look at the rows */
    guint32 rows_per_sheet; /* no sheet gets more; 0: as many as spreadsheets can hold */
    const char *scratch;    /* where temporary files go; NULL: beside the workbook */
} BookPlan;

/* The version of the spreadsheet library: "1.1.4". */
const char *book_library_version(void);

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

/* Whether something was noted, so that more work is in vain. */
bool book_has_failed(const Book *book);

/* Keeps the name of a sheet of our own, so that no other sheet is given it. */
void book_reserve(Book *book, const char *name);
/* Adds a sheet with our page layout: landscape A4, one page wide, subject and page numbers. The
 * name is made legal and unique, unless is_reserved: then it is one of book_reserve. NULL where
 * that failed, which is noted. */
Sheet *book_add_sheet(Book *book, const char *name, bool is_reserved);
/* No sheet has more columns. */
#define SHEET_MOST_COLUMNS 16384
guint32 book_rows_per_sheet(const Book *book);
bool book_is_long(const Book *book);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Book, book_free)
