/* Inside the statements: the page of one payee, laid out from the top down. Not for other modules.
 *
 * Every part of a statement is rows of the same six columns; cells that need more room take
 * several of them. */
#pragma once

#include "sheet/cell.h"
#include "report/figures/payees.h"
#include "report/figures/totals.h"

/* The columns, and how many characters each holds. */
enum { COLUMN_WHAT, COLUMN_B, COLUMN_C, COLUMN_D, COLUMN_E, COLUMN_F, PAGE_COLUMNS };

typedef struct {
    const Result *result;
    const Payee *payee;
    GArray *contracts;        /* of const Contract *: by provider, the payee's own first */
    const Payees *payees;     /* whose exceptions are the payee's */
    bool has_other_providers; /* some contract is not the payee's own: providers are named */
    bool is_dense;            /* wider columns, which print in smaller letters */
    Book *book;
    Sheet *sheet;
    guint row;
    guint row_lines; /* of the row at hand */
    guint lines;     /* of the rows above it */
} Statement;

const Contract *statement_contract(const Statement *statement, guint i);

/* Begins the page of a payee whose contracts are set: its sheet, widths and formats. scratch is
 * where the library's temporary files go; NULL: beside the statement. */
bool page_open(Statement *statement, const char *path, const char *scratch,
               GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Ends the page and writes its file: see book_write. */
bool page_close(Statement *statement, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether there is more on it than can be read on one printed page; then it prints on several. */
bool page_is_full(const Statement *statement);
/* Frees what page_open made; fine after any of both failed. */
void page_clear(Statement *statement);

/* Puts a text into the row at hand, over some columns. The row gets as high as it needs. */
void page_text(Statement *statement, guint first, guint last, const char *text, StyleId style);
void page_money(const Statement *statement, guint column, Money money, StyleId style);
/* The sum of the rows above from a row on, as a formula. */
void page_sum(const Statement *statement, guint column, guint from, Sum sum);
void page_end_row(Statement *statement);
void page_gap(Statement *statement);
/* The name of a part. */
void page_section(Statement *statement, const char *name);
/* A row of headings: texts by column, those of columns from numbers on to the right. */
void page_headings(Statement *statement, const char *const *headings, guint numbers);
/* Where a statement names providers: a row with the name of contract i's, where it is the first of
 * its provider. */
void page_provider(Statement *statement, guint i);

/* "Apr to Aug 2025", "Sep 2025". */
void append_months(GString *text, Month from, Month to);
/* When what a contract is owed was earned: this run's part, and the earlier one. */
char *current_months(const Period *period);
char *prior_months(const Period *period);

/* The parts. */
void statement_header(Statement *statement);
void statement_paid(Statement *statement);
void statement_year(Statement *statement);
void statement_workings(Statement *statement);
void statement_exceptions(Statement *statement);
