/* The sheets of schemes: lines, each worked out again and traced to its rule and input. */
#pragma once

#include "report/workbook/sheets.h"

/* The columns of a scheme's sheet: one set for each way of working a line out. */
typedef struct {
    const TableColumn *columns;
    guint count;
    guint amount; /* the column of amounts; behind it the engine's and the check */
    guint key;    /* the column of the contract's number, the last */
    guint beyond; /* how far behind INSTALMENT_… its columns of instalments stand */
    guint screen; /* how many of the last columns are not printed */
    guint first;  /* the column of the numerator; that of the share stands before it */
    guint place;  /* the column of the indicator's number; 0: none */
} LineLayout;

/* Lines that share a row. */
typedef struct {
    guint first, count; /* into Result.lines */
    bool is_proved;     /* worked out again; known once the sheet is filled */
} LineGroup;

struct SchemeSheet {
    Workbook *workbook;
    guint32 number;
    const Scheme *scheme;
    const LineLayout *layout;
    guint first_contract, contract_count; /* into Result.contracts */
    GArray *rows;                         /* of LineGroup */
    bool is_summed;                       /* by provider and activity */
    Sum amount;
    guint64 checks; /* rows that are worked out again; known once it is filled */
    Pages *pages;
    Sheet *pictures; /* of achievement, or NULL */
};

/* Decides which lines share a row: scheme sheets by scheme. */
void schemes_plan(Workbook *workbook);
/* Adds the sheets, with those of pictures. */
void schemes_add_sheets(Workbook *workbook);
void schemes_fill(Workbook *workbook);
/* Frees a SchemeSheet. */
void schemes_free_sheet(gpointer sheet);
