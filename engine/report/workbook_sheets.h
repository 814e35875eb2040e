/* The sheets of the workbook, one function each, in their order. */
#pragma once

#include "report/book.h"
#include "report/totals.h"

/* Each adds its sheet, or sheets; failures are noted in the book. */
void workbook_add_summary(Book *book, const Result *result, const Totals *totals);
void workbook_add_payments(Book *book, const Result *result);
void workbook_add_schemes(Book *book, const Result *result);
void workbook_add_exceptions(Book *book, const Result *result);
void workbook_add_controls(Book *book, const Result *result);
void workbook_add_rules(Book *book, const Result *result);

/* Names of the sheets that are our own. */
#define SHEET_SUMMARY "Summary"
#define SHEET_PAYMENTS "Payments"
#define SHEET_EXCEPTIONS "Exceptions"
#define SHEET_CONTROLS "Controls"
#define SHEET_RULES "Rules"

/* "Payments: September 2025", for titles. Free with g_free. */
char *workbook_title(const char *what, const Period *period) G_GNUC_WARN_UNUSED_RESULT;
