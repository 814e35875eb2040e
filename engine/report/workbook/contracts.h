/* The sheet Contracts: how the value of each contract of an achievement scheme comes about, a row
 * for each spell of participation. Rows are those of a table whose user is the Workbook. */
#pragma once

#include "pay/value.h"
#include "report/workbook/lines.h"

typedef struct {
    guint contract; /* into Result.contracts */
    guint32 spell;  /* of the contract, or CODE_NONE: it has none */
    bool is_first;  /* of the contract: what is not about one spell stands here */
    guint rows;     /* of the contract */
} ContractRow;

/* Notes which row of the sheet is about what, and where contracts begin. */
void workbook_plan_contracts(Workbook *workbook);

const ContractRow *contract_row(const TableRow *row);
const Contract *contract_row_contract(const TableRow *row);
/* The spell of a row, or NULL. */
const Spell *contract_row_spell(const TableRow *row);
/* How much of the year a spell counts for: days, months, or 1 for all of it. */
guint64 contract_row_part(const TableRow *row);
/* How much the whole year is: days, months, or 1. */
guint64 scheme_whole(const Workbook *workbook, const Scheme *scheme);
/* The list a contract's value is worked out from, or NULL; and the size of it that counts. */
const ListSize *row_list(const TableRow *row);
Micros scheme_list_size(const Scheme *scheme, const ListSize *list);
/* All points of a scheme, in millionths; 0 where they do not fit. */
Micros scheme_points(const Scheme *scheme);

/* Appends the formula of a contract's value, for its first row. False where it is beyond what a
 * spreadsheet can work out (see workings.h), or where its spells stand on two sheets. */
bool contract_value_append(const TableRow *row, GString *formula) G_GNUC_WARN_UNUSED_RESULT;
