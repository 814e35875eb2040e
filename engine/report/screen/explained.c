#include "report/screen/explained.h"

#include <string.h>

#include "pack/row_lookup.h"
#include "pack/words.h"
#include "pay/exception_text.h"
#include "pay/trace.h"
#include "pay/value.h"
#include "report/figures/words.h"

#include "base/poison.h"

/* What the explanation of one contract shares. */
typedef struct {
    const Result *result;
    const Pack *pack;
    const Contract *contract;
    const GArray *paid; /* of PaidByRun */
    RowLookup *lookup;
    GPtrArray *steps; /* of ExplainedStep */
} Explaining;

static void
step_free(gpointer pointer)
{
    ExplainedStep *step = pointer;
    g_free(step->what);
    g_free(step->how);
    g_free(step->rule);
    g_free(step->source);
    g_ptr_array_unref(step->rows);
    g_free(step);
}

static void
explained_free(gpointer pointer)
{
    ExplainedContract *explained = pointer;
    g_ptr_array_unref(explained->steps);
    g_ptr_array_unref(explained->exceptions);
    g_free(explained->status);
    g_free(explained);
}

/* Adds a step; how is taken over. */
static ExplainedStep *G_GNUC_PRINTF(4, 5)
    step_add(GPtrArray *steps, Money amount, char *how, const char *what, ...)
{
    ExplainedStep *step = g_new0(ExplainedStep, 1);
    va_list arguments;
    va_start(arguments, what);
    step->what = g_strdup_vprintf(what, arguments);
    va_end(arguments);
    step->how = how;
    step->has_amount = true;
    step->amount = amount;
    step->rows = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(steps, step);
    return step;
}

/* Names a rule's table, line and source. */
static void
step_rule(ExplainedStep *step, const char *table, guint64 line, const char *source)
{
    step->rule = g_strdup_printf("%s:%" G_GUINT64_FORMAT, table, line);
    step->source = g_strdup(source);
}

/* Names the rows at some places (of RowPlaceId, in the order of file and line). */
static void
step_rows(const Explaining *explaining, ExplainedStep *step, const GArray *places)
{
    guint i = 0;
    while (i < places->len) {
        guint file = place_file(g_array_index(places, RowPlaceId, i));
        GString *rows = g_string_new(input_file(explaining->pack->inputs, file)->name);
        for (const char *before = ":"; i < places->len; i++, before = ", ") {
            RowPlaceId place = g_array_index(places, RowPlaceId, i);
            if (place_file(place) != file)
                break;
            g_string_append_printf(rows, "%s%" G_GUINT64_FORMAT, before,
                                   row_lookup_line(explaining->lookup, place));
        }
        g_ptr_array_add(step->rows, g_string_free(rows, FALSE));
    }
}

static void
step_row(const Explaining *explaining, ExplainedStep *step, RowPlaceId place)
{
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(RowPlaceId));
    g_array_append_val(places, place);
    step_rows(explaining, step, places);
}

/* "; takes part from 1 October 2025 to 31 March 2026", for each spell that touches the year. */
static void
append_spells(GString *how, const Pack *pack, const Contract *contract)
{
    for (guint i = 0; i < contract->parties->spell_count; i++) {
        const Spell *spell = contracts_spell(pack->contracts, contract->parties, i);
        if (!spell_touches_year(spell, pack->period.year))
            continue;
        g_string_append_printf(how, "; takes part from %s", words_day(spell->from).text);
        if (spell->to != DAY_OPEN)
            g_string_append_printf(how, " to %s", words_day(spell->to).text);
    }
}

static char *
value_how(const Pack *pack, const Contract *contract, const ListSize *list)
{
    if (!contract->has_value)
        return g_strdup("not known: the list size it needs is missing");
    if (!contract->touches_year)
        return g_strdup("takes part in none of the year");
    g_autofree char *words = words_value(pack, contract);
    GString *how = g_string_new(words);
    g_string_append_printf(how, "; rounded %s", ROUNDING_WORDS[contract->scheme->rounding]);
    append_spells(how, pack, contract);
    if (list != NULL)
        g_string_append_printf(how, "; list as at %s", words_day(list->as_at).text);
    return g_string_free(how, FALSE);
}

/* The value of an achievement contract, from its participation and the list size it needs. */
static void
explain_value(const Explaining *explaining)
{
    const Pack *pack = explaining->pack;
    const Contract *contract = explaining->contract;
    const Scheme *scheme = contract->scheme;
    const ListSize *list = contract_list(pack, contract);
    if (scheme->payment != PAYMENT_ACHIEVEMENT)
        return;
    ExplainedStep *step = step_add(explaining->steps, contract->value,
                                   value_how(pack, contract, list), "contract value");
    step->has_amount = contract->has_value;
    step_rule(step, "schemes.csv", scheme->line, scheme->source);
    for (guint i = 0; i < contract->parties->spell_count; i++)
        step_row(explaining, step, contracts_spell(pack->contracts, contract->parties, i)->place);
    if (list != NULL)
        step_row(explaining, step, list->place);
}

static ExplainedStep *
explain_instalments(const Explaining *explaining, const Line *line)
{
    const Scheme *scheme = explaining->contract->scheme;
    ExplainedStep *step = step_add(explaining->steps, line->amount,
                                   words_line(explaining->result, line), "in-year instalments");
    step_rule(step, "schemes.csv", scheme->line, scheme->source);
    return step;
}

static ExplainedStep *
explain_indicator(const Explaining *explaining, const Line *line)
{
    const Indicator *indicator = rules_indicator(explaining->pack->rules, line->rule);
    ExplainedStep *step =
        step_add(explaining->steps, line->amount, words_line(explaining->result, line),
                 "indicator %s, %s", indicator->code, indicator->title);
    step_rule(step, "indicators.csv", indicator->line, indicator->source);
    return step;
}

static ExplainedStep *
explain_activity(const Explaining *explaining, const Line *line)
{
    ExplainedStep *step =
        step_add(explaining->steps, line->amount, words_line(explaining->result, line), "%s, %s",
                 line->item, words_month(line->month).text);
    if (line->price != NULL)
        step_rule(step, "tariffs.csv", line->price->line, line->price->source);
    return step;
}

static ExplainedStep *
explain_adjustment(const Explaining *explaining, const Line *line)
{
    const Value *values = row_lookup_values(explaining->lookup, line->place);
    g_autofree char *by = span_copy(values[ADJUSTMENT_AUTHORISED_BY].text);
    return step_add(explaining->steps, line->amount,
                    g_strdup_printf("%s; authorised by %s", line->item, by), "adjustment, %s",
                    words_month(line->month).text);
}

static ExplainedStep *
explain_held(const Explaining *explaining, const Line *line)
{
    return step_add(explaining->steps, line->amount,
                    g_strdup_printf("%s; until then what was paid before stands",
                                    REASONS[explaining->contract->held].meaning),
                    "on hold");
}

static void
explain_lines(const Explaining *explaining)
{
    static ExplainedStep *(*const EXPLAIN[LINE_KINDS])(const Explaining *, const Line *) = {
        [LINE_INSTALMENT] = explain_instalments,
        [LINE_INDICATOR] = explain_indicator,
        [LINE_ACTIVITY] = explain_activity,
        [LINE_ADJUSTMENT] = explain_adjustment,
        [LINE_HELD] = explain_held,
    };
    const Contract *contract = explaining->contract;
    for (guint i = contract->first_line; i < contract->first_line + contract->line_count; i++) {
        const Line *line = result_line(explaining->result, i);
        ExplainedStep *step = EXPLAIN[line->kind](explaining, line);
        g_autoptr(GArray) places = trace_places(explaining->result, i);
        if (line->kind != LINE_INSTALMENT) /* its rows stand at the value */
            step_rows(explaining, step, places);
    }
}

/* What was paid when: rows of payments before, then the approved runs. */
static void
explain_paid(const Explaining *explaining)
{
    const Contract *contract = explaining->contract;
    const GArray *before = explaining->pack->payments->before;
    guint first, count;
    payments_of(before, contract->key, &first, &count);
    for (guint i = first; i < first + count; i++) {
        const AmountRow *row = &g_array_index(before, AmountRow, i);
        ExplainedStep *step = step_add(explaining->steps, row->amount, g_strdup(row->reason),
                                       "paid before, %s", words_month(row->month).text);
        step_row(explaining, step, row->place);
    }
    for (guint i = 0; i < explaining->paid->len; i++) {
        const PaidByRun *paid = &g_array_index(explaining->paid, PaidByRun, i);
        if (strcmp(paid->scheme, contract->scheme->code) == 0 &&
            strcmp(paid->provider, contract->provider->code) == 0)
            step_add(explaining->steps, paid->amount, g_strdup("approved"), "paid by run %s",
                     paid->run);
    }
}

static char *
owed_how(const Explaining *explaining)
{
    const Contract *contract = explaining->contract;
    GString *how = g_string_new(NULL);
    g_string_append_printf(how, "%s earned so far − %s paid before",
                           words_money(contract->entitlement).text,
                           words_money(contract->paid).text);
    if (!explaining->pack->period.is_year_end)
        g_string_append_printf(how, "; of which %s for this month, %s for earlier ones",
                               words_money(contract->current).text,
                               words_money(contract->prior).text);
    return g_string_free(how, FALSE);
}

/* Why a contract is marked as it is. */
static char *
explain_status(const Result *result, const Contract *contract)
{
    const char *payee = contract->provider->in_force->payee;
    Sum total = {0};
    for (guint i = 0; i < result->contracts->len; i++) {
        const Contract *other = result_contract(result, i);
        if (strcmp(other->provider->in_force->payee, payee) == 0)
            sum_add(&total, other->owed);
    }
    switch (contract->status) {
    case STATUS_NIL:
        return g_strdup("nil: nothing is owed");
    case STATUS_HOLD:
        return g_strdup_printf("hold: %s; it is worked out when what is missing comes in",
                               REASONS[contract->held].meaning);
    case STATUS_CARRY:
        return g_strdup_printf("carry: the contracts of the payee %s add up to %s in this run; "
                               "unpaid, it comes back by itself next time",
                               payee, words_sum(total).text);
    case STATUS_INVOICE:
        return g_strdup_printf("invoice: the contracts of the payee %s add up to %s in this run, "
                               "and the scheme recovers by invoice",
                               payee, words_sum(total).text);
    case STATUS_PAY:
    case STATUS_COUNT:
        break;
    }
    return g_strdup_printf(contract->owed.pence < 0 ? "pay: it reduces what the payee %s gets"
                                                    : "pay: to the payee %s",
                           payee);
}

/* The exceptions of a contract, in words: of ExplainedStep. */
static GPtrArray *
explain_exceptions(const Result *result, const Contract *contract)
{
    GPtrArray *exceptions = g_ptr_array_new_with_free_func(step_free);
    g_autoptr(ExceptionReader) reader = exception_reader_new(result);
    for (guint i = 0; i < result->exceptions->len; i++) {
        const ExceptionEntry *entry = result_exception(result, i);
        ExceptionText text;
        exception_reader_read(reader, entry, &text);
        if (strcmp(text.scheme, contract->scheme->code) == 0 &&
            strcmp(text.provider, contract->provider->code) == 0) {
            ExplainedStep *step = step_add(exceptions, entry->at_risk, g_strdup(text.message),
                                           "%s, %s%s%s", REASONS[entry->reason].name, text.outcome,
                                           text.item[0] == '\0' ? "" : ", ", text.item);
            step->has_amount = entry->has_risk;
            if (text.line > 0)
                g_ptr_array_add(step->rows,
                                g_strdup_printf("%s:%" G_GUINT64_FORMAT, text.file, text.line));
        }
        exception_text_clear(&text);
    }
    return exceptions;
}

static ExplainedContract *
explain_contract(Explaining *explaining, const Contract *contract)
{
    GPtrArray *steps = g_ptr_array_new_with_free_func(step_free);
    explaining->contract = contract;
    explaining->steps = steps;
    explain_value(explaining);
    explain_lines(explaining);
    step_add(steps, contract->entitlement, g_strdup("the lines above"), "entitlement to date");
    explain_paid(explaining);
    step_add(steps, contract->paid, g_strdup("the payments above"), "paid to date");
    step_add(steps, contract->owed, owed_how(explaining), "owed");
    ExplainedContract *explained = g_new0(ExplainedContract, 1);
    *explained =
        (ExplainedContract){contract, steps, explain_exceptions(explaining->result, contract),
                            explain_status(explaining->result, contract)};
    return explained;
}

GPtrArray *
explained_new(const Result *result, const char *provider, const char *scheme, const GArray *paid,
              GError **error)
{
    g_autoptr(GPtrArray) contracts = g_ptr_array_new_with_free_func(explained_free);
    g_autoptr(RowLookup) lookup = row_lookup_new(result->pack->inputs);
    Explaining explaining = {
        .result = result, .pack = result->pack, .paid = paid, .lookup = lookup};
    for (guint i = 0; i < result->contracts->len; i++) {
        const Contract *contract = result_contract(result, i);
        if (strcmp(contract->provider->code, provider) == 0 &&
            (scheme == NULL || strcmp(contract->scheme->code, scheme) == 0))
            g_ptr_array_add(contracts, explain_contract(&explaining, contract));
    }
    if (contracts->len > 0)
        return g_steal_pointer(&contracts);
    g_set_error(error, SP_ERROR, SP_ERROR_NO_INPUT,
                "the run has no contract of the provider %s%s%s", provider,
                scheme == NULL ? "" : " in the scheme ", scheme == NULL ? "" : scheme);
    return NULL;
}
