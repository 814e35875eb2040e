#include "pay/result.h"

#include "base/poison.h"

const char *const STATUS_NAMES[STATUS_COUNT] = {"pay", "nil", "hold", "carry", "invoice"};
const char *const LINE_KIND_NAMES[LINE_KINDS] = {
    [LINE_BROUGHT_FORWARD] = "brought-forward",
    [LINE_INSTALMENT] = "instalment",
    [LINE_INDICATOR] = "indicator",
    [LINE_ACTIVITY] = "activity",
    [LINE_LIMIT] = "limit",
    [LINE_ADJUSTMENT] = "adjustment",
    [LINE_DEFERRED] = "deferred",
    [LINE_HELD] = "held",
};

bool
status_is_settled(Status status)
{
    return status == STATUS_PAY || status == STATUS_INVOICE;
}

void
result_free(Result *result)
{
    if (result == NULL)
        return;
    g_array_unref(result->contracts);
    g_array_unref(result->lines);
    g_array_unref(result->exceptions);
    g_array_unref(result->activity_sums);
    g_free(result->received);
    g_array_unref(result->submissions);
    g_array_unref(result->steps);
    g_array_unref(result->unusual);
    g_free(result);
}

const Contract *
result_contract(const Result *result, guint contract)
{
    return &g_array_index(result->contracts, Contract, contract);
}

const Line *
result_line(const Result *result, guint line)
{
    return &g_array_index(result->lines, Line, line);
}

Fraction
line_counted(const Line *line)
{
    Fraction count = fraction_micros(line->count);
    return line->has_fraction ? fraction_multiply(count, line->fraction) : count;
}

const ExceptionEntry *
result_exception(const Result *result, guint exception)
{
    return &g_array_index(result->exceptions, ExceptionEntry, exception);
}

const ReceivedMonth *
result_received(const Result *result, guint32 contract, guint month)
{
    return &result->received[contract * MONTHS_OF_YEAR + month];
}

bool
received_is_there(const ReceivedMonth *received)
{
    return received->rows[STATE_ACCEPTED] + received->rows[STATE_REJECTED] +
               received->rows[STATE_HELD] >
           0;
}
