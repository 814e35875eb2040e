/* Inside the spreadsheets: what a Book is made of. Not for other modules, which do not see the
 * spreadsheet library. */
#pragma once

#include <xlsxwriter.h>

#include "sheet/book.h"
#include "sheet/names.h"
#include "sheet/style.h"

struct Book {
    lxw_workbook *workbook;
    GHashTable *names; /* that are taken: see names.h */
    lxw_format *styles[STYLE_COUNT];
    char *path, *subject;
    guint32 rows_per_sheet;
    bool is_long;
    lxw_error failure;   /* the first that was noted */
    GArray *cell_counts; /* of guint64, by sheet: what the finished file must hold */
};

/* Notes what a call of the library returned. */
static inline void
book_note(Book *book, lxw_error outcome)
{
    if (book->failure == LXW_NO_ERROR)
        book->failure = outcome;
}
