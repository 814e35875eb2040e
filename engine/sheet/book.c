#include "sheet/book.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/files.h"
#include "sheet/cell.h"
#include "sheet/package.h"
#include "report/figures/wording.h"

#include "base/poison.h"

#define SECONDS_PER_DAY INT64_C(86400)
#define NOON INT64_C(43200)
#define TITLE_HEIGHT 24
#define NOTE_HEIGHT 20
#define LINE_HEIGHT 13
#define MOST_LINES 8

void
book_note(Book *book, lxw_error outcome)
{
    if (book->failure == LXW_NO_ERROR)
        book->failure = outcome;
}

void
book_count_cell(Book *book, const lxw_worksheet *sheet)
{
    if (sheet->index >= book->cell_counts->len)
        g_array_set_size(book->cell_counts, sheet->index + 1U);
    g_array_index(book->cell_counts, guint64, sheet->index)++;
}

bool
book_has_failed(const Book *book)
{
    return book->failure != LXW_NO_ERROR;
}

/* What the library's failures mean for the caller. */
static SpError
error_code(lxw_error failure)
{
    if (failure == LXW_ERROR_CREATING_XLSX_FILE)
        return SP_ERROR_CANNOT_CREATE;
    return failure <= LXW_ERROR_ZIP_CLOSE ? SP_ERROR_IO : SP_ERROR_BUG;
}

/* system is the errno that came with the failure, or 0. */
static bool
set_failure(const Book *book, int system, GError **error)
{
    SpError code = error_code(book->failure);
    const char *reason = lxw_strerror(book->failure);
    if (code != SP_ERROR_BUG && system != 0)
        g_set_error(error, SP_ERROR, (int)code, "cannot %s %s: %s",
                    code == SP_ERROR_CANNOT_CREATE ? "create" : "write", book->path,
                    g_strerror(system));
    else
        g_set_error(error, SP_ERROR, (int)code, "cannot write %s: %s", book->path, reason);
    return false;
}

/* The properties of the file; its time is noon of the run's date, so that no clock takes part. The
 * version stands in the manifest alone: another one that works out the same writes the same bytes.
 */
static void
set_properties(Book *book, const char *title)
{
    lxw_doc_properties properties = {0};
    g_autoptr(GString) subject = g_string_new(NULL);
    wording_append_period(subject, &book->period);
    properties.title = (char *)title;
    properties.subject = subject->str;
    properties.author = (char *)"schemepay";
    properties.created = (time_t)(book->period.date * SECONDS_PER_DAY + NOON);
    book_note(book, workbook_set_properties(book->workbook, &properties));
}

Book *
book_new(const BookPlan *plan, GError **error)
{
    g_autoptr(Book) book = g_new0(Book, 1);
    g_autofree char *folder = g_path_get_dirname(plan->path);
    lxw_workbook_options options = {.constant_memory = plan->is_long,
                                    .tmpdir =
                                        plan->scratch != NULL ? (char *)plan->scratch : folder,
                                    .use_zip64 = plan->is_long};
    book->path = g_strdup(plan->path);
    book->period = plan->period;
    book->is_long = plan->is_long;
    book->rows_per_sheet = plan->rows_per_sheet > 0 ? plan->rows_per_sheet : LXW_ROW_MAX;
    book->names = sheet_names_new();
    book->cell_counts = g_array_new(FALSE, TRUE, sizeof(guint64));
    book->workbook = workbook_new_opt(plan->path, &options);
    if (book->workbook == NULL || !styles_make(book->workbook, book->styles)) {
        book->failure = LXW_ERROR_MEMORY_MALLOC_FAILED;
        (void)set_failure(book, 0, error);
        return NULL;
    }
    set_properties(book, plan->title);
    return g_steal_pointer(&book);
}

/* The library takes the names of its temporary files away as soon as they are open; one that it
 * could not would be taken for an output. */
static bool
clear_scratch(const Book *book, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(book->path);
    g_autoptr(GPtrArray) names = folder_names(folder, error);
    if (names == NULL)
        return false;
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_str_has_prefix(name, "tmp.") && strchr(name + 4, '.') == NULL &&
            !tree_remove(path, error))
            return false;
    }
    return true;
}

bool
book_write(Book *book, GError **error)
{
    if (book_has_failed(book))
        return set_failure(book, 0, error);
    errno = 0;
    book_note(book, workbook_close(book->workbook));
    int system = errno;
    book->workbook = NULL; /* closing frees it, whatever comes of it */
    if (book_has_failed(book) ? set_failure(book, system, error)
                              : package_verify(book->path, book->cell_counts, error))
        return true;
    (void)unlink(book->path);
    return false;
}

bool
book_close(Book *book, GError **error)
{
    if (!book_write(book, error))
        return false;
    if (clear_scratch(book, error) && file_sync(book->path, error))
        return true;
    (void)unlink(book->path);
    return false;
}

void
book_free(Book *book)
{
    if (book == NULL)
        return;
    if (book->workbook != NULL)
        lxw_workbook_free(book->workbook);
    sheet_names_free(book->names);
    g_array_unref(book->cell_counts);
    g_free(book->path);
    g_free(book);
}

lxw_format *
book_style(const Book *book, StyleId style)
{
    return book->styles[style];
}

static void
lay_out_page(Book *book, lxw_worksheet *sheet)
{
    g_autoptr(GString) header = g_string_new("&L&A&R");
    wording_append_period(header, &book->period);
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, 9); /* A4 */
    worksheet_fit_to_pages(sheet, 1, 0);
    cell_page_margins(sheet);
    worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
    book_note(book, worksheet_set_header(sheet, header->str));
    book_note(book, worksheet_set_footer(sheet, "&Lschemepay&RPage &P of &N"));
    book_note(book,
              worksheet_ignore_errors(sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576"));
}

lxw_worksheet *
book_add_sheet(Book *book, const char *name, bool is_reserved)
{
    g_autofree char *taken = is_reserved ? g_strdup(name) : sheet_names_take(book->names, name);
    lxw_worksheet *sheet = workbook_add_worksheet(book->workbook, taken);
    if (sheet == NULL)
        book_note(book, LXW_ERROR_CREATING_TMPFILE);
    else
        lay_out_page(book, sheet);
    return sheet;
}

void
book_text(Book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *text,
          StyleId style)
{
    book_count_cell(book, sheet);
    book_note(book, cell_text(sheet, row, column, text, book_style(book, style)));
}

void
book_fill(Book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t first, lxw_col_t last,
          StyleId style)
{
    for (lxw_col_t column = first; column <= last; column++)
        book_text(book, sheet, row, column, "", style);
}

guint
book_lines(guint characters, guint width)
{
    /* Letters are narrower than digits, but words do not fill their lines. */
    guint a_line = width + width / 10;
    return CLAMP((characters + a_line - 1) / MAX(a_line, 1), 1, MOST_LINES);
}

void
book_row_lines(Book *book, lxw_worksheet *sheet, lxw_row_t row, guint lines)
{
    if (lines > 1)
        book_note(book, cell_row_height(sheet, row, lines * LINE_HEIGHT + 2));
}

void
book_title(Book *book, lxw_worksheet *sheet, const char *title, const char *note)
{
    book_note(book, cell_row_height(sheet, 0, TITLE_HEIGHT));
    book_text(book, sheet, 0, 0, title, STYLE_TITLE);
    book_note(book, cell_row_height(sheet, 1, NOTE_HEIGHT));
    book_text(book, sheet, 1, 0, note, STYLE_NOTE);
}
