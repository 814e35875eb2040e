/* The sheet Contracts: how the value of each contract of an achievement scheme comes about, a row
 * for each spell of participation. */
#pragma once

#include "report/workbook/sheets.h"

enum {
    CONTRACTS_SCHEME,
    CONTRACTS_PROVIDER,
    CONTRACTS_NAME,
    CONTRACTS_FROM,
    CONTRACTS_TO,
    CONTRACTS_COUNTED_FROM,
    CONTRACTS_COUNTED_TO,
    CONTRACTS_ANNUAL,
    CONTRACTS_PART,
    CONTRACTS_WHOLE,
    CONTRACTS_LIST_DAY,
    CONTRACTS_LIST,
    CONTRACTS_POINTS,
    CONTRACTS_RATE,
    CONTRACTS_AVERAGE,
    CONTRACTS_VALUE,
    CONTRACTS_ENGINE,
    CONTRACTS_CHECK,
    CONTRACTS_DUE,
    CONTRACTS_ALL,
    CONTRACTS_ROWS,
    CONTRACTS_KEY,
    CONTRACTS_COLUMNS
};

typedef struct {
    guint contract; /* into Result.contracts */
    guint32 spell;  /* of the contract, or CODE_NONE: it has none */
    bool is_first;  /* of the contract: what is not about one spell stands here */
    guint rows;     /* of the contract */
    bool is_proved; /* its value is worked out again; known once the sheet is filled */
} ContractRow;

/* Notes which row of the sheet is about what, and where contracts begin. */
void contracts_plan(Workbook *workbook);
void contracts_fill(Workbook *workbook);

/* All points of a scheme, in millionths; 0 where they do not fit. */
Micros contracts_points(const Scheme *scheme);
