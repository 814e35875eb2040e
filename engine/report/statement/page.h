/* The page of one payee, laid out from the top down.
 *
 * Every part of it is rows of the same six columns; a text that needs more room takes several of
 * them. Rows get as high as their texts need by the widths of Arial's letters, since the page must
 * not be cut where it prints. */
#pragma once

#include "report/figures/payees.h"
#include "report/figures/words.h"
#include "sheet/cursor.h"

enum { COLUMN_WHAT, COLUMN_B, COLUMN_C, COLUMN_D, COLUMN_E, COLUMN_F, PAGE_COLUMNS };

typedef struct {
    const Result *result;
    const char *run;      /* its name: "2025-09/002" */
    const Payees *payees; /* whose exceptions are the payee's */
    const Payee *payee;
    GArray *contracts;        /* of const Contract *: by provider, the payee's own first */
    bool has_other_providers; /* some contract is not the payee's own: providers are named */
    bool is_dense;            /* wider columns, which print in smaller letters */
    Book *book;
    Cursor at;
    guint lines; /* of the rows above the one at hand */
} Page;

const Contract *page_contract(const Page *page, guint i);
/* The months before the run's: "Apr to Aug 2025". */
Words page_earlier_months(const Page *page);

/* Begins the page of a payee whose contracts are set: its sheet, widths and formats. scratch is
 * where the library's temporary files go; NULL: beside the statement. */
bool page_open(Page *page, const char *path, const char *scratch,
               GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Ends the page and writes its file: see book_write. */
bool page_close(Page *page, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether it holds more than can be read on one printed page; then it prints on several. */
bool page_is_full(const Page *page);
/* Frees what page_open made, also where that or page_close failed. */
void page_clear(Page *page);

/* Puts a text into the row at hand, over the columns from first to last. */
void page_text(Page *page, guint first, guint last, StyleId style, const char *format, ...)
    G_GNUC_PRINTF(5, 6);
/* An amount; a total is the formula over the rows above from a row on. */
void page_money(Page *page, guint column, Money money, StyleId style);
void page_total(Page *page, guint column, guint from, Sum sum);
/* Ends the row, which gets as high as it needs, or so many points. */
void page_next(Page *page);
void page_next_high(Page *page, guint points);

/* The name of a part, with a gap above. */
void page_section(Page *page, const char *name);
/* A row of headings: texts by column, those of columns from numbers on to the right. */
void page_headings(Page *page, const char *const *headings, guint numbers);
/* Where providers are named: a row with the name of contract i's, if it is the first of its
 * provider. */
void page_provider(Page *page, guint i);
