/* The lines of a scheme on its sheet, and what sheets of lines and contracts share. */
#pragma once

#include "report/workbook/sheets.h"

/* The columns of a scheme's sheet: one set for each way of working a line out. */
typedef struct {
    const TableColumn *columns;
    guint count;
    guint amount; /* the column of amounts; behind it the engine's and the check */
} LineLayout;

/* The layout of a scheme's sheet in a run. */
const LineLayout *scheme_layout(const Scheme *scheme, const Period *period);

/* Lines that share a row. */
typedef struct {
    guint first, count; /* into Result.lines */
} LineGroup;

struct SchemeSheet {
    Workbook *workbook;
    guint32 number;
    const Scheme *scheme;
    const LineLayout *layout;
    guint first_contract, contract_count; /* into Result.contracts */
    guint line_count;
    GArray *rows;   /* of LineGroup */
    bool is_summed; /* by provider and activity */
    Sum amount;
    guint64 checks; /* rows that are worked out again */
    Pages *pages;
    Sheet *pictures; /* of achievement, or NULL */
};

/* Scheme sheets by scheme; decides which lines share a row. */
void workbook_plan_schemes(Workbook *workbook);
/* Adds the sheets of schemes, with their pictures. */
void workbook_add_scheme_sheets(Workbook *workbook);
void scheme_sheet_free(gpointer pointer);
const SchemeSheet *workbook_scheme(const Workbook *workbook, guint scheme);

/* Achievement against thresholds, on a sheet beside the scheme's: whether there is one, making it,
 * and filling it once the scheme's is filled. */
bool scheme_has_pictures(const SchemeSheet *sheet);
void scheme_add_pictures(SchemeSheet *sheet);
void scheme_fill_pictures(const SchemeSheet *sheet);

/* What a row of a scheme's sheet is about. */
const SchemeSheet *row_sheet(const TableRow *row);
const LineGroup *row_group(const TableRow *row);
const Line *row_line(const TableRow *row);
const Contract *row_contract(const TableRow *row);
const Workbook *row_workbook(const TableRow *row);
/* The number of a row's first line in its contract's lines, and how many those are. */
guint row_place_in_contract(const TableRow *row);
Money row_amount(const TableRow *row);
/* The achievement behind an indicator's row. */
const AchievementRow *row_achieved(const TableRow *row);

/* Appends the formula of a row's amount, with the sign of equality in front; false where there is
 * none that a spreadsheet can work out exactly: then nothing is appended. */
bool row_append_amount(const TableRow *row, GString *formula) G_GNUC_WARN_UNUSED_RESULT;

/* Cells of the workings, by layout. */
void show_instalment_value(const TableRow *row, Cell *cell);
void show_instalment_share(const TableRow *row, Cell *cell);
void show_instalment_due(const TableRow *row, Cell *cell);
void show_instalment_all(const TableRow *row, Cell *cell);
void show_instalment_fraction(const TableRow *row, Cell *cell);
void show_price(const TableRow *row, Cell *cell);
void show_indicator_points(const TableRow *row, Cell *cell);
void show_indicator_remainder(const TableRow *row, Cell *cell);
void show_indicator_share(const TableRow *row, Cell *cell);
void show_indicator_numerator(const TableRow *row, Cell *cell);
void show_indicator_denominator(const TableRow *row, Cell *cell);
void show_indicator_exceptions(const TableRow *row, Cell *cell);
void show_indicator_achievement(const TableRow *row, Cell *cell);
void show_indicator_part(const TableRow *row, Cell *cell);
void show_indicator_whole(const TableRow *row, Cell *cell);
void show_indicator_fraction(const TableRow *row, Cell *cell);

/* Formulas of an indicator's amount and of what it rests on; as row_append_amount. */
bool indicator_append_amount(const TableRow *row, GString *formula) G_GNUC_WARN_UNUSED_RESULT;

/* The name of a cell of the same row. */
CellName name_at(const TableRow *row, guint column);
/* Shows a check: TRUE where the amount in a column is that of the column behind it, to the penny;
 * "not proved" where a spreadsheet cannot work it out. */
void row_show_check(const TableRow *row, Cell *cell, guint amount, bool is_proved);
/* Appends "file.csv:12"; cheap for places that follow each other in a file. */
void append_place(GString *text, const Workbook *workbook, RowPlaceId place);

/* Columns of the layouts that their formulas refer to. */
enum {
    INSTALMENT_VALUE = 6,
    INSTALMENT_SHARE,
    INSTALMENT_DUE,
    INSTALMENT_ALL,
    INSTALMENT_FRACTION,
    INSTALMENT_AMOUNT
};
enum {
    INDICATOR_VALUE = 5,
    INDICATOR_POINTS,
    INDICATOR_REMAINDER,
    INDICATOR_SHARE,
    INDICATOR_NUMERATOR,
    INDICATOR_DENOMINATOR,
    INDICATOR_EXCEPTIONS,
    INDICATOR_ACHIEVEMENT,
    INDICATOR_PART,
    INDICATOR_WHOLE,
    INDICATOR_FRACTION,
    INDICATOR_AMOUNT
};
enum { ACTIVITY_COUNT = 6, ACTIVITY_PRICE, ACTIVITY_AMOUNT };
