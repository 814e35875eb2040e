#include "sheet/book.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/files.h"
#include "sheet/inside.h"
#include "sheet/layout.h"
#include "sheet/package.h"

#include "base/poison.h"

#define SECONDS_PER_DAY INT64_C(86400)
#define NOON INT64_C(43200)

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

/* The properties of the file; its time is noon of the plan's date, so that no clock takes part. The
 * version stands in the manifest alone: another one that works out the same writes the same bytes.
 */
static void
set_properties(Book *book, const BookPlan *plan)
{
    lxw_doc_properties properties = {0};
    properties.title = (char *)plan->title;
    properties.subject = (char *)plan->subject;
    properties.author = (char *)"schemepay";
    properties.created = (time_t)(plan->date * SECONDS_PER_DAY + NOON);
    book_note(book, workbook_set_properties(book->workbook, &properties));
}

const char *
book_library_version(void)
{
    return lxw_version();
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
    book->subject = g_strdup(plan->subject);
    book->is_long = plan->is_long;
    book->rows_per_sheet = plan->rows_per_sheet > 0 ? plan->rows_per_sheet : LXW_ROW_MAX;
    book->names = names_new();
    book->cell_counts = g_array_new(FALSE, TRUE, sizeof(guint64));
    book->workbook = workbook_new_opt(plan->path, &options);
    if (book->workbook == NULL || !styles_make(book->workbook, book->styles)) {
        book->failure = LXW_ERROR_MEMORY_MALLOC_FAILED;
        (void)set_failure(book, 0, error);
        return NULL;
    }
    set_properties(book, plan);
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
        /* A folder of that name is somebody else's, and is not removed so. */
        if (g_str_has_prefix(name, "tmp.") && strchr(name + 4, '.') == NULL && unlink(path) != 0 &&
            errno != EISDIR && errno != EPERM)
            return set_failure(book, errno, error);
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
    g_hash_table_unref(book->names);
    g_array_unref(book->cell_counts);
    g_free(book->path);
    g_free(book->subject);
    g_free(book);
}

void
book_reserve(Book *book, const char *name)
{
    names_take(book->names, name);
}

Sheet *
book_add_sheet(Book *book, const char *name, bool is_reserved)
{
    g_autofree char *taken = is_reserved ? g_strdup(name) : names_take_near(book->names, name);
    Sheet *sheet = workbook_add_worksheet(book->workbook, taken);
    if (sheet == NULL)
        book_note(book, LXW_ERROR_CREATING_TMPFILE);
    else
        layout_begin(book, sheet);
    return sheet;
}

guint32
book_rows_per_sheet(const Book *book)
{
    return book->rows_per_sheet;
}

bool
book_is_long(const Book *book)
{
    return book->is_long;
}
