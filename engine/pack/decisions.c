#include "pack/decisions.h"

#include "base/poison.h"

/* The columns that holds and recoveries share, by their own numbers. */
typedef struct {
    guint scheme, provider, from, to, reason, authorised_by;
    int monthly; /* -1: none */
} DecisionColumns;

static const DecisionColumns HOLDS = {HOLD_SCHEME, HOLD_PROVIDER,      HOLD_FROM, HOLD_TO,
                                      HOLD_REASON, HOLD_AUTHORISED_BY, -1};
static const DecisionColumns RECOVERIES = {
    RECOVERY_SCHEME, RECOVERY_PROVIDER,      RECOVERY_FROM,   RECOVERY_TO,
    RECOVERY_REASON, RECOVERY_AUTHORISED_BY, RECOVERY_MONTHLY};

typedef struct {
    const Rules *rules;
    const Register *reg;
    const Contracts *contracts;
    const DecisionColumns *columns;
    GArray *rows; /* of Decision */
} Gathering;

static void
decision_clear(gpointer pointer)
{
    Decision *decision = pointer;
    g_free(decision->reason);
    g_free(decision->authorised_by);
}

void
decisions_free(Decisions *decisions)
{
    if (decisions == NULL)
        return;
    g_array_unref(decisions->holds);
    g_array_unref(decisions->recoveries);
    g_free(decisions);
}

static void
gather_row(const InputRow *row, gpointer user)
{
    Gathering *gathering = user;
    const DecisionColumns *columns = gathering->columns;
    const Value *values = row->values;
    row->file->states[STATE_ACCEPTED]++;
    Month from = (Month)values[columns->from].number;
    Month to = values[columns->to].is_given ? (Month)values[columns->to].number : MONTH_OPEN;
    guint32 contract = contracts_of_row(gathering->contracts, gathering->rules, gathering->reg, row,
                                        columns->scheme, columns->provider);
    if (from > to)
        input_row_fault(row, columns->to, "lies before from");
    if (from > to || contract == CODE_NONE)
        return;
    Decision added = {contract,
                      from,
                      to,
                      {columns->monthly < 0 ? 0 : values[columns->monthly].number},
                      value_text(&values[columns->reason]),
                      value_text(&values[columns->authorised_by]),
                      row->place};
    g_array_append_val(gathering->rows, added);
}

static int
compare_decisions(gconstpointer left, gconstpointer right)
{
    const Decision *a = left, *b = right;
    if (a->contract != b->contract)
        return a->contract < b->contract ? -1 : 1;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

/* Rows of one contract must not overlap; the one that stands later in the files is named. */
static void
check_overlap(const InputFiles *inputs, const Decision *before, const Decision *decision,
              Faults *faults)
{
    if (before->contract != decision->contract || decision->from > before->to)
        return;
    RowPlaceId fault = MAX(before->place, decision->place);
    RowPlaceId other = MIN(before->place, decision->place);
    faults_add(faults, FAULT_INPUT, input_file(inputs, place_file(fault))->name,
               input_place_line(inputs, fault),
               input_place_column(inputs, fault, HOLD_FROM), /* that of a recovery, too */
               "overlaps another row of the contract (%s, line %" G_GUINT64_FORMAT ")",
               input_file(inputs, place_file(other))->name, input_place_line(inputs, other));
}

/* Reads one kind, in order. */
static GArray *
read_kind(InputFiles *inputs, InputKind kind, Gathering *gathering, Faults *faults)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(Decision));
    g_array_set_clear_func(rows, decision_clear);
    gathering->rows = rows;
    input_rows_each(inputs, kind, faults, gather_row, gathering);
    g_array_sort(rows, compare_decisions);
    /* A row that never ends overlaps all that begin later, not the next one alone. */
    guint longest = 0;
    for (guint i = 1; i < rows->len; i++) {
        const Decision *before = &g_array_index(rows, Decision, longest);
        const Decision *decision = &g_array_index(rows, Decision, i);
        check_overlap(inputs, before, decision, faults);
        if (before->contract != decision->contract || decision->to > before->to)
            longest = i;
    }
    return rows;
}

Decisions *
decisions_read(InputFiles *inputs, const Rules *rules, const Register *reg,
               const Contracts *contracts, Faults *faults)
{
    Decisions *decisions = g_new0(Decisions, 1);
    Gathering holds = {rules, reg, contracts, &HOLDS, NULL};
    Gathering recoveries = {rules, reg, contracts, &RECOVERIES, NULL};
    decisions->holds = read_kind(inputs, INPUT_HOLDS, &holds, faults);
    decisions->recoveries = read_kind(inputs, INPUT_RECOVERIES, &recoveries, faults);
    return decisions;
}

const Decision *
decisions_in(const GArray *decisions, guint32 contract, Month month)
{
    guint low = 0, high = decisions->len; /* the first decision beyond (contract, month) */
    while (low < high) {
        guint middle = low + (high - low) / 2;
        const Decision *decision = &g_array_index(decisions, Decision, middle);
        if (decision->contract < contract ||
            (decision->contract == contract && decision->from <= month))
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return NULL;
    const Decision *last = &g_array_index(decisions, Decision, low - 1);
    return last->contract == contract && month <= last->to ? last : NULL;
}
