#include "report/workbook/steps.h"

#include "base/poison.h"

const ClauseStep *
steps_at(const Workbook *workbook, guint row)
{
    return &g_array_index(workbook->result->steps, ClauseStep,
                          g_array_index(workbook->step_rows, guint, row));
}

void
steps_plan(Workbook *workbook)
{
    const Result *result = workbook->result;
    for (guint i = 0; i < result->steps->len; i++) {
        const ClauseStep *step = &g_array_index(result->steps, ClauseStep, i);
        if (result_contract(result, step->contract)->held == REASON_NONE)
            g_array_append_val(workbook->step_rows, i);
    }
}

/* The first row whose contract is that one or a later one. */
static guint
first_row(const Workbook *workbook, guint contract)
{
    guint first = 0, end = workbook->step_rows->len;
    while (first < end) {
        guint middle = first + (end - first) / 2;
        if (steps_at(workbook, middle)->contract < contract)
            first = middle + 1;
        else
            end = middle;
    }
    return first;
}

guint
steps_row(const Workbook *workbook, const Line *line)
{
    guint row = first_row(workbook, line->contract);
    while (steps_at(workbook, row)->rule != line->rule ||
           steps_at(workbook, row)->month != line->month)
        row++;
    return row;
}
