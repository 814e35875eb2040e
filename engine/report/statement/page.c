#include "report/statement/page.h"

#include <string.h>

#include "base/poison.h"

#define SECTION_HEIGHT 16
#define GAP_HEIGHT 7

/* By provider, the payee's own contracts first; of one provider in the order of the schemes. */
static int
compare_contracts(gconstpointer left, gconstpointer right, gpointer user)
{
    const Contract *a = *(const Contract *const *)left, *b = *(const Contract *const *)right;
    const char *payee = user;
    bool a_is_own = strcmp(a->provider->code, payee) == 0;
    bool b_is_own = strcmp(b->provider->code, payee) == 0;
    if (a_is_own != b_is_own)
        return a_is_own ? -1 : 1;
    int order = strcmp(a->provider->code, b->provider->code);
    return order != 0 ? order : (a->key > b->key) - (a->key < b->key);
}

static void
find_contracts(Page *page)
{
    const Payee *payee = page->payee;
    for (guint i = 0; i < payee->contract_count; i++) {
        const Contract *contract = payee_contract(page->payees, page->result, payee, i);
        g_array_append_val(page->contracts, contract);
        if (strcmp(contract->provider->code, payee->code) != 0)
            page->has_other_providers = true;
    }
    g_array_sort_with_data(page->contracts, compare_contracts, (gpointer)payee->code);
}

Page *
page_new(const Result *result, const char *run, const Payees *payees, const Payee *payee)
{
    Page *page = g_new0(Page, 1);
    page->result = result;
    page->run = run;
    page->payees = payees;
    page->payee = payee;
    page->contracts = g_array_new(FALSE, FALSE, sizeof(const Contract *));
    page->cells = g_array_new(FALSE, FALSE, sizeof(PageCell));
    page->rows = g_array_new(FALSE, FALSE, sizeof(PageRow));
    page->texts = g_string_chunk_new(4096);
    find_contracts(page);
    return page;
}

void
page_free(Page *page)
{
    if (page == NULL)
        return;
    g_array_unref(page->contracts);
    g_array_unref(page->cells);
    g_array_unref(page->rows);
    g_string_chunk_free(page->texts);
    g_free(page);
}

const Contract *
page_contract(const Page *page, guint i)
{
    return g_array_index(page->contracts, const Contract *, i);
}

const PageRow *
page_row(const Page *page, guint row)
{
    return &g_array_index(page->rows, PageRow, row);
}

const PageCell *
page_cell(const Page *page, const PageRow *row, guint i)
{
    return &g_array_index(page->cells, PageCell, row->first_cell + i);
}

char *
page_title(const Page *page)
{
    return g_strconcat("Payment statement ", page->payee->code, NULL);
}

Words
page_subject(const Page *page)
{
    return words_period_of_run(&page->result->pack->period, page->run);
}

Words
page_earlier_months(const Page *page)
{
    const Period *period = &page->result->pack->period;
    Month april = year_first_month(period->year);
    return words_months(april, MAX(april, period->month - 1));
}

guint
page_at(const Page *page)
{
    return page->rows->len;
}

static void
add_cell(Page *page, PageCell cell)
{
    if (cell.figure.kind == FIGURE_TEXT)
        cell.figure.text = g_string_chunk_insert(page->texts, cell.figure.text);
    g_array_append_val(page->cells, cell);
    page->row.cell_count++;
}

void
page_text(Page *page, guint first, guint last, StyleId style, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    add_cell(page, (PageCell){first, last, style, figure_text(text), false, 0});
}

void
page_fill(Page *page, guint first, guint last, StyleId style)
{
    for (guint column = first; column <= last; column++)
        page_figure(page, column, figure_text(""), style);
}

void
page_figure(Page *page, guint column, Figure figure, StyleId style)
{
    add_cell(page, (PageCell){column, column, style, figure, false, 0});
}

void
page_money(Page *page, guint column, Money money, StyleId style)
{
    page_figure(page, column, figure_money(money), style);
}

void
page_total(Page *page, guint column, guint from, Sum sum)
{
    bool has_rows = page_at(page) > from;
    add_cell(page, (PageCell){column, column, STYLE_TOTAL_MONEY, figure_sum(sum), has_rows, from});
}

void
page_next(Page *page)
{
    page_next_high(page, 0);
}

void
page_next_high(Page *page, guint points)
{
    page->row.points = points;
    g_array_append_val(page->rows, page->row);
    page->row = (PageRow){page->cells->len, 0, 0};
}

void
page_section(Page *page, const char *name)
{
    page_next_high(page, GAP_HEIGHT);
    page_text(page, COLUMN_WHAT, COLUMN_F, STYLE_SECTION, "%s", name);
    page_next_high(page, SECTION_HEIGHT);
}

void
page_headings(Page *page, const char *const *headings, guint numbers)
{
    for (guint c = 0, last; c < PAGE_COLUMNS; c = last + 1) {
        last = c;
        while (last + 1 < PAGE_COLUMNS && headings[last + 1] == NULL)
            last++; /* a heading goes on over columns without one */
        page_text(page, c, last, c >= numbers ? STYLE_HEADING_RIGHT : STYLE_HEADING, "%s",
                  headings[c]);
    }
    page_next(page);
}

void
page_provider(Page *page, guint i)
{
    const Provider *provider = page_contract(page, i)->provider;
    if (!page->has_other_providers || (i > 0 && page_contract(page, i - 1)->provider == provider))
        return;
    page_text(page, COLUMN_WHAT, COLUMN_F, STYLE_MUTED, "For %s (%s)", provider->in_force->name,
              provider->code);
    page_next(page);
}
