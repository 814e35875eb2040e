/* Names of cells in formulas; rows and columns count from 0. */
#pragma once

#include "sheet/book.h"

/* A cell's name: "G9". */
typedef struct {
    char text[16];
} CellName;
CellName range_cell(guint row, guint column);

/* Appends "$F$12" or "$F$12:$F$15": a column over some rows, on the sheet itself. */
void range_append(GString *text, guint first, guint last, guint column);
/* Appends "F12:F15", or "F12" where that is all. */
void range_append_plain(GString *text, guint first, guint last, guint column);
/* The same of several columns: "F12:H15". */
void range_append_block(GString *text, guint first, guint last, guint left, guint right);
/* Appends "'QIF'!": what stands before a cell of another sheet; NULL, where sheets could not be
 * made, gives an empty name. */
void range_append_sheet(GString *text, const Sheet *sheet);
/* Appends "'QIF'!$F$12": a cell of another sheet. */
void range_append_cell(GString *text, const Sheet *sheet, guint row, guint column);
/* Names a column over some rows of a sheet, for formulas of the whole workbook: "months". The name
 * is one that spreadsheets take. */
void range_define(Book *book, const char *name, const Sheet *sheet, guint first, guint last,
                  guint column);
