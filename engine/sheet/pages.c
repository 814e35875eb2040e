#include "sheet/pages.h"

#include "sheet/layout.h"

#include "base/poison.h"

Pages *
pages_add(Book *book, const char *name, bool is_reserved, guint64 rows)
{
    Pages *pages = g_new0(Pages, 1);
    pages->sheets = g_ptr_array_new();
    pages->rows_per_page = book_rows_per_sheet(book) - PAGE_FIRST_ROW;
    pages->rows = rows;
    guint64 count = MAX((rows + pages->rows_per_page - 1) / pages->rows_per_page, 1);
    for (guint64 page = 0; page < count; page++) {
        Sheet *sheet = book_add_sheet(book, name, is_reserved && page == 0);
        if (sheet == NULL)
            break;
        g_ptr_array_add(pages->sheets, sheet);
    }
    return pages;
}

void
pages_free(Pages *pages)
{
    if (pages == NULL)
        return;
    g_ptr_array_unref(pages->sheets);
    g_free(pages);
}

guint
pages_count(const Pages *pages)
{
    return pages->sheets->len;
}

Sheet *
pages_sheet(const Pages *pages, guint page)
{
    return g_ptr_array_index(pages->sheets, page);
}

guint
pages_sheet_row(const Pages *pages, guint64 row)
{
    return (guint)(PAGE_FIRST_ROW + row % pages->rows_per_page);
}

void
pages_append_link(GString *text, const Pages *pages, guint64 row)
{
    guint64 page = row / pages->rows_per_page;
    /* Where sheets could not be made, nothing is kept anyway. */
    range_append_sheet(g_string_append(text, "internal:"),
                       page < pages->sheets->len ? pages_sheet(pages, (guint)page) : NULL);
    g_string_append_printf(text, "A%u", pages_sheet_row(pages, row) + 1);
}

void
pages_append_column(GString *text, const Pages *pages, guint page, guint column)
{
    guint64 here = MIN(pages->rows - page * pages->rows_per_page, pages->rows_per_page);
    range_append_sheet(text, pages_sheet(pages, page));
    range_append(text, PAGE_FIRST_ROW, (guint)(PAGE_FIRST_ROW + here - 1), column);
}

void
pages_append_sum(GString *text, const char *function, const Pages *pages, guint column)
{
    if (pages->rows == 0) {
        g_string_append_c(text, '0');
        return;
    }
    g_string_append(text, function);
    for (guint page = 0; page < pages->sheets->len; page++) {
        g_string_append_c(text, page == 0 ? '(' : ',');
        pages_append_column(text, pages, page, column);
    }
    g_string_append_c(text, ')');
}

void
pages_append_sum_where(GString *text, const Pages *pages, guint column,
                       const PagesCriterion *criteria, guint count)
{
    bool has_rows = pages != NULL && pages->rows > 0;
    bool is_several = has_rows && pages->sheets->len > 1;
    if (!has_rows)
        g_string_append_c(text, '0');
    g_string_append(text, is_several ? "(" : "");
    for (guint page = 0; has_rows && page < pages->sheets->len; page++) {
        g_string_append(text, page > 0 ? "+" : "");
        g_string_append(text, column == PAGES_ROWS ? "COUNTIFS(" : "SUMIFS(");
        if (column != PAGES_ROWS)
            pages_append_column(text, pages, page, column);
        for (guint i = 0; i < count; i++) {
            g_string_append(text, i > 0 || column != PAGES_ROWS ? "," : "");
            pages_append_column(text, pages, page, criteria[i].column);
            g_string_append_printf(text, ",%s", criteria[i].same);
        }
        g_string_append_c(text, ')');
    }
    g_string_append(text, is_several ? ")" : "");
}

void
pages_append_sum_by(GString *text, const Pages *pages, guint column, guint keys, const char *key)
{
    PagesCriterion criterion = {keys, key};
    pages_append_sum_where(text, pages, column, &criterion, 1);
}

void
pages_append_sum_of(GString *text, const Pages *pages, guint column, guint texts, const char *same)
{
    if (pages->rows == 0)
        g_string_append_c(text, '0');
    for (guint page = 0; pages->rows > 0 && page < pages->sheets->len; page++) {
        g_string_append(text, page > 0 ? "+SUMPRODUCT(EXACT(" : "SUMPRODUCT(EXACT(");
        pages_append_column(text, pages, page, texts);
        g_string_append_printf(text, ",%s)*", same);
        pages_append_column(text, pages, page, column);
        g_string_append_c(text, ')');
    }
}

void
pages_append_if(GString *text, const Pages *pages, guint column, const char *criterion, int sum)
{
    if (pages->rows == 0)
        g_string_append_c(text, '0');
    for (guint page = 0; pages->rows > 0 && page < pages->sheets->len; page++) {
        g_string_append(text, page > 0 ? "+" : "");
        g_string_append(text, sum < 0 ? "COUNTIF(" : "SUMIF(");
        pages_append_column(text, pages, page, column);
        g_string_append_printf(text, ",\"%s\"", criterion);
        if (sum >= 0) {
            g_string_append_c(text, ',');
            pages_append_column(text, pages, page, (guint)sum);
        }
        g_string_append_c(text, ')');
    }
}

void
pages_checks(Book *book, const Pages *pages, guint column)
{
    for (guint page = 0; page < pages_count(pages); page++) {
        guint64 here = MIN(pages->rows - page * pages->rows_per_page, pages->rows_per_page);
        if (here > 0)
            layout_checks(book, pages_sheet(pages, page), PAGE_FIRST_ROW,
                          (guint)(PAGE_FIRST_ROW + here - 1), column, false);
    }
}
