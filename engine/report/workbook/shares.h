/* The sheet Shares: how the value of a contract is shared over its indicators, where their lines
 * alone do not show it: in schemes with groups or factors, and in a month in which some indicators
 * are due. One row a contract and indicator, a group once. */
#pragma once

#include "report/workbook/worked.h"

enum {
    SHARES_SCHEME,
    SHARES_PROVIDER,
    SHARES_NAME,
    SHARES_INDICATOR,
    SHARES_VALUE,
    SHARES_POINTS,
    SHARES_FACTOR,
    SHARES_WEIGHT,
    SHARES_ALL,
    SHARES_REMAINDER,
    SHARES_LEFT,
    SHARES_BEFORE,
    SHARES_SHARE,
    SHARES_ENGINE,
    SHARES_CHECK,
    SHARES_DUE,
    SHARES_PLACE,
    SHARES_KEY,
    SHARES_COLUMNS
};

/* What a row is about. */
typedef struct {
    guint contract; /* into Result.contracts */
    guint place;    /* of the indicator among those of its scheme, from 0 */
    bool is_proved; /* known once the sheet is filled */
} ShareRow;

/* Whether the values of a scheme's contracts are shared on that sheet. */
bool shares_has_scheme(const Result *result, const Scheme *scheme);
/* Notes which row is about what. */
void shares_plan(Workbook *workbook);
void shares_fill(Workbook *workbook);

/* Parts of formulas on other sheets; key is the cell that has the number of the contract there.
 * The share of an indicator or its group: */
const char *shares_share(const WorkedRow *worked, guint key, guint32 indicator);
/* the sum of the shares of what is due in the year; */
const char *shares_due(const WorkedRow *worked, guint key);
/* points × factor, of all indicators, and with how many decimals. */
const char *shares_weight(const WorkedRow *worked, guint key);
guint shares_decimals(const Pack *pack, const Contract *contract);
/* Whether some indicator of a scheme has a factor. */
bool shares_has_factors(const Rules *rules, const Scheme *scheme);
/* The place of an indicator among those of its scheme, from 1. */
guint shares_place(const Rules *rules, guint32 indicator);
