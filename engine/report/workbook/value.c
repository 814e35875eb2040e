/* The formula of a contract's value. */
#include "report/workbook/contracts.h"
#include "sheet/formula.h"

#include "base/poison.h"

Micros
scheme_points(const Scheme *scheme)
{
    Fraction points = scheme->points;
    if (!fraction_is_valid(points) || MICROS_PER_UNIT % points.den != 0)
        return 0;
    return (Micros)(points.num * (MICROS_PER_UNIT / points.den));
}

/* A formula of whole numbers that is being put together, and how large its parts are. */
typedef struct {
    const TableRow *row;
    GString *numerator, *denominator;
    Int128 above, below;
    guint decimals; /* that the numerator has been given */
} ValueFormula;

static void
multiply_by(ValueFormula *value, guint column, Micros number)
{
    guint decimals = micros_decimals(number);
    g_string_append_c(value->numerator, '*');
    workings_append_whole(value->numerator, name_at(value->row, column).text, decimals);
    value->above = product(value->above, micros_whole(number, decimals));
    value->decimals += decimals;
}

/* Adds one spell up: its part of the year, or its annual value by that. */
static guint
add_spell(ValueFormula *value, guint number, bool is_annual, guint decimals)
{
    TableRow spell = {.user = value->row->user,
                      .index = value->row->index + number,
                      .scratch = value->row->scratch};
    if (contract_row_spell(&spell) == NULL)
        return decimals;
    Micros annual = contract_row_spell(&spell)->annual_value;
    guint needed = is_annual ? MAX(decimals, micros_decimals(annual)) : 0;
    Int128 whole = is_annual ? micros_whole(annual, 6) : 1;
    value->above += product(whole, (Int128)contract_row_part(&spell));
    return needed;
}

/* The parts of the year, or annual values by part, over the spells of the contract. */
static void
begin_with_spells(ValueFormula *value, bool is_annual)
{
    const TableRow *row = value->row;
    guint last = row->sheet_row + contract_row(row)->rows - 1;
    g_autoptr(GString) annuals = g_string_new(NULL);
    range_append(annuals, row->sheet_row, last, CONTRACTS_ANNUAL);
    value->above = 0;
    for (guint i = 0; i < contract_row(row)->rows; i++)
        value->decimals = add_spell(value, i, is_annual, value->decimals);
    g_string_append(value->numerator, is_annual ? "SUMPRODUCT(" : "SUM(");
    if (is_annual) {
        value->above /= power_of_ten(6 - value->decimals);
        workings_append_whole(value->numerator, annuals->str, value->decimals);
        g_string_append_c(value->numerator, '*');
    }
    range_append(value->numerator, row->sheet_row, last, CONTRACTS_PART);
    g_string_append_c(value->numerator, ')');
}

/* Pence need two decimals more in the numerator: gives them, or takes the others back below. */
static void
settle_decimals(ValueFormula *value, guint below_decimals)
{
    gint extra = (gint)value->decimals - 2 - (gint)below_decimals;
    if (extra > 0) {
        workings_append_scale(value->denominator, (guint)extra);
        value->below = product(value->below, power_of_ten((guint)extra));
    } else if (extra < 0) {
        workings_append_scale(value->numerator, (guint)-extra);
        value->above = product(value->above, power_of_ten((guint)-extra));
    }
}

bool
contract_value_append(const TableRow *row, GString *formula)
{
    const Contract *contract = contract_row_contract(row);
    const Scheme *scheme = contract->scheme;
    const ListSize *list = row_list(row);
    g_autoptr(GString) above = g_string_new(NULL), below = g_string_new(NULL);
    guint below_decimals = 0;
    ValueFormula value = {row, above, below, 1, (Int128)scheme_whole(row->user, scheme), 0};
    g_string_append(below, name_at(row, CONTRACTS_WHOLE).text);
    begin_with_spells(&value, scheme->basis == BASIS_ANNUAL_VALUE);
    if (scheme->basis == BASIS_PER_POINT)
        multiply_by(&value, CONTRACTS_POINTS, scheme_points(scheme));
    if (scheme->basis != BASIS_ANNUAL_VALUE)
        multiply_by(&value, CONTRACTS_RATE, scheme->value);
    if (list != NULL)
        multiply_by(&value, CONTRACTS_LIST, scheme_list_size(scheme, list));
    if (list != NULL && scheme->average_list > 0) {
        below_decimals = micros_decimals(scheme->average_list);
        g_string_append_c(below, '*');
        workings_append_whole(below, name_at(row, CONTRACTS_AVERAGE).text, below_decimals);
        value.below = product(value.below, micros_whole(scheme->average_list, below_decimals));
    }
    settle_decimals(&value, below_decimals);
    g_string_append_c(below, ')');
    g_string_prepend_c(below, '(');
    g_string_append_c(formula, '=');
    workings_append_pounds(formula, above->str, below->str, scheme->rounding);
    const Workbook *workbook = row->user;
    return workings_fit(value.above, value.below) &&
           pages_hold_together(workbook->contracts, row->index, contract_row(row)->rows);
}
