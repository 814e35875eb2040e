/* What stands on which row, decided before any sheet is made. */
#include "report/workbook/contracts.h"

#include "base/poison.h"

/* A scheme of more lines is summed by provider and activity. */
#define MOST_LINES 50000

void
workbook_plan_contracts(Workbook *workbook)
{
    const Result *result = workbook->result;
    for (guint i = 0; i < result->contracts->len; i++) {
        const Contract *contract = result_contract(result, i);
        if (contract->scheme->payment != PAYMENT_ACHIEVEMENT)
            continue;
        const ContractKey *key = contract->parties;
        ContractRow row = {i, key->spell_count > 0 ? 0 : CODE_NONE, true, MAX(key->spell_count, 1)};
        g_array_index(workbook->places, ContractPlace, i).value_row = workbook->contract_rows->len;
        g_array_append_val(workbook->contract_rows, row);
        for (row.spell = 1, row.is_first = false; row.spell < key->spell_count; row.spell++)
            g_array_append_val(workbook->contract_rows, row);
    }
}

/* Whether a line goes on the row of the one before it. */
static bool
is_joined(const SchemeSheet *sheet, const Line *line, const Line *before)
{
    return sheet->is_summed && line->kind == LINE_ACTIVITY && before->kind == LINE_ACTIVITY &&
           line->contract == before->contract && line->rule == before->rule &&
           line->rate == before->rate;
}

/* Decides which lines of a contract share a row. */
static void
plan_contract(SchemeSheet *sheet, guint number)
{
    const Result *result = sheet->workbook->result;
    const Contract *contract = result_contract(result, number);
    ContractPlace *place = &g_array_index(sheet->workbook->places, ContractPlace, number);
    place->first_row = sheet->rows->len;
    for (guint i = contract->first_line; i < contract->first_line + contract->line_count; i++) {
        const Line *line = result_line(result, i);
        sum_add(&sheet->amount, line->amount);
        LineGroup group = {i, 1};
        if (i > contract->first_line && is_joined(sheet, line, result_line(result, i - 1)))
            g_array_index(sheet->rows, LineGroup, sheet->rows->len - 1).count++;
        else
            g_array_append_val(sheet->rows, group);
    }
    place->row_count = sheet->rows->len - place->first_row;
}

/* The contracts of a scheme are neighbours: those from first on. */
static SchemeSheet *
plan_scheme(Workbook *workbook, guint32 number, guint first)
{
    const Result *result = workbook->result;
    SchemeSheet *sheet = g_new0(SchemeSheet, 1);
    sheet->workbook = workbook;
    sheet->number = number;
    sheet->scheme = rules_scheme(result->pack->rules, number);
    sheet->layout = scheme_layout(sheet->scheme, &result->pack->period);
    sheet->rows = g_array_new(FALSE, FALSE, sizeof(LineGroup));
    sheet->first_contract = first;
    guint i = first;
    for (; i < result->contracts->len; i++) {
        if (result_contract(result, i)->parties->scheme != number)
            break;
        sheet->line_count += result_contract(result, i)->line_count;
    }
    sheet->contract_count = i - first;
    sheet->is_summed = sheet->line_count > MOST_LINES;
    for (i = first; i < first + sheet->contract_count; i++)
        plan_contract(sheet, i);
    return sheet;
}

void
workbook_plan_schemes(Workbook *workbook)
{
    guint first = 0;
    for (guint s = 0; s < rules_scheme_count(workbook->result->pack->rules); s++) {
        SchemeSheet *sheet = plan_scheme(workbook, s, first);
        first += sheet->contract_count;
        g_ptr_array_add(workbook->schemes, sheet);
    }
}

void
workbook_add_scheme_sheets(Workbook *workbook)
{
    for (guint s = 0; s < workbook->schemes->len; s++) {
        SchemeSheet *sheet = g_ptr_array_index(workbook->schemes, s);
        sheet->pages = pages_add(workbook->book, sheet->scheme->code, false, sheet->rows->len);
        if (scheme_has_pictures(sheet))
            scheme_add_pictures(sheet);
    }
}

void
scheme_sheet_free(gpointer pointer)
{
    SchemeSheet *sheet = pointer;
    g_array_unref(sheet->rows);
    pages_free(sheet->pages);
    g_free(sheet);
}

const SchemeSheet *
workbook_scheme(const Workbook *workbook, guint scheme)
{
    return g_ptr_array_index(workbook->schemes, scheme);
}
