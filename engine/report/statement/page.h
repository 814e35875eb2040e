/* The page of one payee as rows of cells, from the top down: what is printed as a sheet of a
 * workbook (sheetprint.h) and on paper (paperprint.h).
 *
 * - Every part of it is rows of the same six columns; a text that needs more room takes several of
 *   them. What no cell of a row covers is empty.
 * - A page knows what is said and in which style, and nothing of widths, letters or files.
 * - The page owns its texts, so that cells may be made of what does not last. */
#pragma once

#include "base/figure.h"
#include "report/figures/payees.h"
#include "report/figures/words.h"
#include "sheet/style.h"

enum { COLUMN_WHAT, COLUMN_B, COLUMN_C, COLUMN_D, COLUMN_E, COLUMN_F, PAGE_COLUMNS };

typedef struct {
    guint first, last; /* the columns it covers */
    StyleId style;
    Figure figure; /* a text, which the page owns, or money */
    bool is_total; /* the sum of what stands above it in its column, from a row on */
    guint from;    /* that row, of a total */
} PageCell;

typedef struct {
    guint first_cell, cell_count; /* by column */
    guint points; /* how high it is where letters have ten points; 0: as its texts need */
} PageRow;

typedef struct {
    const Result *result;
    const char *run;      /* its name: "2025-09/002" */
    bool is_approved;     /* what it pays is paid: else it is to be paid */
    const Payees *payees; /* whose exceptions are the payee's */
    const Payee *payee;
    GArray *contracts;        /* of const Contract *: by provider, the payee's own first */
    bool has_other_providers; /* some contract is not the payee's own: providers are named */
    GArray *cells;            /* of PageCell, by row */
    GArray *rows;             /* of PageRow */
    PageRow row;              /* the row at hand */
    GStringChunk *texts;
} Page;

/* An empty page of a payee. Free with page_free; result, run and payees must outlive it. */
Page *page_new(const Result *result, const char *run, const Payees *payees, const Payee *payee);
void page_free(Page *page);
const Contract *page_contract(const Page *page, guint i);
const PageRow *page_row(const Page *page, guint row);
/* Cell i of a row, from 0. */
const PageCell *page_cell(const Page *page, const PageRow *row, guint i);
/* "Payment statement ZP075" and "September 2025, run 2025-09/002": what a document of it is called,
 * and what stands above its pages. The first is to be freed with g_free. */
char *page_title(const Page *page) G_GNUC_WARN_UNUSED_RESULT;
Words page_subject(const Page *page);
/* The months before the run's: "Apr to Aug 2025". */
Words page_earlier_months(const Page *page);

/* The number of the row at hand. */
guint page_at(const Page *page);
/* Puts a text into the row at hand, over the columns from first to last. */
void page_text(Page *page, guint first, guint last, StyleId style, const char *format, ...)
    G_GNUC_PRINTF(5, 6);
/* Empty cells from one column up to another. */
void page_fill(Page *page, guint first, guint last, StyleId style);
/* An amount, or a text in place of one; a total of the rows of its column from a row on. */
void page_figure(Page *page, guint column, Figure figure, StyleId style);
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

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Page, page_free)
