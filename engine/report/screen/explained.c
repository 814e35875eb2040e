#include "report/screen/explained.h"

#include <string.h>

#include "pack/claims/row_lookup.h"
#include "pack/rules/words.h"
#include "pay/asked.h"
#include "pay/exception_text.h"
#include "pay/indicator.h"
#include "pay/trace.h"
#include "pay/unclaimed.h"
#include "pay/value.h"
#include "report/figures/claims.h"
#include "report/figures/clause_words.h"
#include "report/figures/line_words.h"

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
    g_ptr_array_unref(explained->replaced);
    g_free(explained->status);
    g_free(explained);
}

static ExplainedStep *step_add(GPtrArray *steps, Money amount, const char *how, const char *what,
                               ...) G_GNUC_PRINTF(4, 5);

static ExplainedStep *
step_add(GPtrArray *steps, Money amount, const char *how, const char *what, ...)
{
    ExplainedStep *step = g_new0(ExplainedStep, 1);
    va_list arguments;
    va_start(arguments, what);
    step->what = g_strdup_vprintf(what, arguments);
    va_end(arguments);
    step->how = g_strdup(how);
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

/* "; registered as at 1 April 2025"; nothing for no fact. */
static void
append_fact(GString *how, const Pack *pack, const Fact *fact)
{
    if (fact != NULL)
        g_string_append_printf(how, "; %s as at %s", rules_fact_name(pack->rules, fact->fact),
                               words_day(fact->as_at).text);
}

/* The words of a value, with what they leave out: its rounding, and the dates behind it. */
static char *
value_how(const Pack *pack, const Contract *contract)
{
    const ListSize *list = contract_list(pack, contract);
    if (!contract->has_value)
        return g_strdup(contract->touches_year && contract_lacks_list(pack, contract)
                            ? "not known: the list size it needs is missing"
                            : "not known: a factor it needs is not in force");
    if (!contract->touches_year)
        return g_strdup("takes part in none of the year");
    g_autofree char *words = words_value(pack, contract);
    GString *how = g_string_new(words);
    g_string_append_printf(how, "; rounded %s", ROUNDING_WORDS[contract->scheme->rounding]);
    const char *before = "; takes part";
    for (guint i = 0; i < contract->parties->spell_count; i++) {
        const Spell *spell = contracts_spell(pack->contracts, contract->parties, i);
        if (!spell_touches_year(spell, pack->period.year))
            continue;
        g_string_append_printf(how, "%s from %s", before, words_day(spell->from).text);
        if (spell->to != DAY_OPEN)
            g_string_append_printf(how, " to %s", words_day(spell->to).text);
        before = ",";
    }
    if (list != NULL && !contract_has_own_days(pack, contract))
        g_string_append_printf(how, "; list as at %s", words_day(list->as_at).text);
    for (guint i = 0; i < contract->scheme->indicators->len; i++)
        append_fact(
            how, pack,
            contract_factor(pack, contract,
                            rules_indicator(pack->rules, g_array_index(contract->scheme->indicators,
                                                                       guint32, i))));
    return g_string_free(how, FALSE);
}

/* The value of an achievement contract, from its participation and the list size it needs. */
static void
explain_value(const Explaining *explaining)
{
    const Pack *pack = explaining->pack;
    const Contract *contract = explaining->contract;
    const Scheme *scheme = contract->scheme;
    if (scheme->payment != PAYMENT_ACHIEVEMENT)
        return;
    g_autofree char *how = value_how(pack, contract);
    g_autoptr(GArray) places = contract_rows(pack, contract);
    ExplainedStep *step = step_add(explaining->steps, contract->value, how, "contract value");
    step->has_amount = contract->has_value;
    step_rule(step, "schemes.csv", scheme->line, scheme->source);
    for (guint i = 0; i < places->len; i++)
        step_row(explaining, step, g_array_index(places, RowPlaceId, i));
}

/* Why a person decided something about the contract, and who. Free with g_free. */
static char *
decision_how(const GArray *decisions, const Explaining *explaining)
{
    const Decision *decision =
        decisions_in(decisions, explaining->contract->key, explaining->pack->period.month);
    return g_strdup_printf("%s; authorised by %s", decision->reason, decision->authorised_by);
}

/* The words of a line, with the days of the facts behind it. Free with g_free. */
static char *
line_how(const Result *result, const Line *line)
{
    const Pack *pack = result->pack;
    const Contract *contract = result_contract(result, line->contract);
    g_autofree char *words = words_line(result, line);
    GString *how = g_string_new(words);
    if (line->kind == LINE_INSTALMENT)
        append_fact(how, pack, contract_in_year_fact(pack, contract));
    else if (line->kind == LINE_INDICATOR)
        append_fact(how, pack, indicator_reached(pack, contract->key, line->rule).baseline);
    else if (line->kind == LINE_ACTIVITY && line->has_fraction)
        append_fact(how, pack,
                    unclaimed_fact(pack, contract->key, rules_activity(pack->rules, line->rule),
                                   line->month));
    if (line->kind == LINE_LIMIT) {
        g_auto(ClauseAsked) asked = {0};
        clause_asked(result, line, &asked);
        append_fact(how, pack, asked.amount);
        const Fact *before = asked.amount; /* a fact that is asked for twice running is said once */
        for (guint i = 0; i < asked.tests->len; i++) {
            const Fact *fact = g_array_index(asked.tests, Asked, i).fact;
            append_fact(how, pack, fact != before ? fact : NULL);
            before = fact;
        }
    }
    return g_string_free(how, FALSE);
}

static ExplainedStep *
add_line(const Explaining *explaining, const Line *line)
{
    GPtrArray *steps = explaining->steps;
    const Scheme *scheme = explaining->contract->scheme;
    const Indicator *indicator;
    const Clause *clause;
    ExplainedStep *step;
    const Value *values;
    g_autofree char *words = line_how(explaining->result, line), *by = NULL, *how = NULL;
    switch (line->kind) {
    case LINE_BROUGHT_FORWARD:
        how = g_strdup_printf("what run %s carried", line->item);
        return step_add(steps, line->amount, how, "brought forward");
    case LINE_INSTALMENT:
        step = step_add(steps, line->amount, words, "in-year instalments");
        step_rule(step, "schemes.csv", scheme->line, scheme->source);
        return step;
    case LINE_INDICATOR:
        indicator = rules_indicator(explaining->pack->rules, line->rule);
        step = step_add(steps, line->amount, words, "indicator %s, %s", indicator->code,
                        indicator->title);
        step_rule(step, "indicators.csv", indicator->line, indicator->source);
        return step;
    case LINE_ACTIVITY:
        step = step_add(steps, line->amount, words, "%s, %s", line->item,
                        words_month(line->month).text);
        if (line->price != NULL)
            step_rule(step, "tariffs.csv", line->price->line, line->price->source);
        return step;
    case LINE_ADJUSTMENT:
        values = row_lookup_values(explaining->lookup, line->place);
        by = span_copy(values[ADJUSTMENT_AUTHORISED_BY].text);
        how = g_strdup_printf("%s; authorised by %s", words, by);
        return step_add(steps, line->amount, how, "adjustment, %s", words_month(line->month).text);
    case LINE_LIMIT:
        clause = rules_clause(explaining->pack->rules, line->rule);
        step = step_add(steps, line->amount, words, "clause %s, %s, %s", clause->code,
                        clause->title, clause_months(explaining->result, line).text);
        step_rule(step, "limits.csv", clause->line, clause->source);
        return step;
    case LINE_DEFERRED:
        how = decision_how(explaining->pack->decisions->recoveries, explaining);
        return step_add(steps, line->amount, how, "left for later runs");
    case LINE_HELD:
        if (explaining->contract->held == REASON_HELD_BY_PERSON)
            by = decision_how(explaining->pack->decisions->holds, explaining);
        break;
    case LINE_KINDS:
        break;
    }
    if (by != NULL) {
        how = g_strdup_printf("%s: %s; until then what was paid before stands",
                              REASONS[explaining->contract->held].meaning, by);
        step = step_add(steps, line->amount, how, "on hold");
        step_row(explaining, step,
                 decisions_in(explaining->pack->decisions->holds, explaining->contract->key,
                              explaining->pack->period.month)
                     ->place);
        return step;
    }
    how = g_strdup_printf("%s; until then what was paid before stands",
                          REASONS[explaining->contract->held].meaning);
    return step_add(steps, line->amount, how, "on hold");
}

static void
explain_lines(const Explaining *explaining)
{
    const Contract *contract = explaining->contract;
    for (guint i = contract->first_line; i < contract->first_line + contract->line_count; i++) {
        const Line *line = result_line(explaining->result, i);
        ExplainedStep *step = add_line(explaining, line);
        g_autoptr(GArray) places = trace_places(explaining->result, i);
        if (line->kind != LINE_INSTALMENT) /* the rows of its value are named there */
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
        ExplainedStep *step = step_add(explaining->steps, row->amount, row->reason,
                                       "paid before, %s", words_month(row->month).text);
        step_row(explaining, step, row->place);
    }
    for (guint i = 0; i < explaining->paid->len; i++) {
        const PaidByRun *paid = &g_array_index(explaining->paid, PaidByRun, i);
        if (strcmp(paid->scheme, contract->scheme->code) == 0)
            step_add(explaining->steps, paid->amount, "approved", "paid by run %s", paid->run);
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
        return g_strdup_printf(
            "hold: %s; it is worked out when %s", REASONS[contract->held].meaning,
            contract->held == REASON_HELD_BY_PERSON ? "the hold ends" : "what is missing comes in");
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
            ExplainedStep *step = step_add(exceptions, entry->at_risk, text.message, "%s, %s%s%s",
                                           REASONS[entry->reason].name, text.outcome,
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

/* The part of a submission that is in one file. */
static void
explain_part(const Explaining *explaining, GPtrArray *steps, const SubmissionPart *part,
             const char *how)
{
    Money money = {0};
    bool has_amount = part->unpriced < part->rows && sum_money(part->money, &money);
    const char *file = input_file(explaining->pack->inputs, part->file)->name;
    Month month = year_first_month(explaining->pack->period.year) + (Month)part->month;
    ExplainedStep *step =
        step_add(steps, money, how, "%s, submission %u", words_month(month).text, part->submission);
    step->has_amount = has_amount;
    g_ptr_array_add(step->rows, g_strdup_printf("%s: %s", file, words_part(part).text));
}

/* What later submissions replaced, month by month: of ExplainedStep. */
static GPtrArray *
explain_replaced(const Explaining *explaining)
{
    GPtrArray *steps = g_ptr_array_new_with_free_func(step_free);
    const Result *result = explaining->result;
    g_autoptr(GArray) replaced = claims_replaced_of(result, explaining->contract->key);
    for (guint i = 0; i < replaced->len; i++) {
        const Replacement *found = &g_array_index(replaced, Replacement, i);
        g_autofree char *by = g_strdup_printf("replaced by submission %u", found->now.submission);
        for (guint p = found->first_part; p < found->first_part + found->part_count; p++) {
            const SubmissionPart *part = &g_array_index(result->submissions, SubmissionPart, p);
            explain_part(explaining, steps, part, part->is_replaced ? by : "the one that counts");
        }
    }
    return steps;
}

static ExplainedContract *
explain_contract(Explaining *explaining, const Contract *contract)
{
    GPtrArray *steps = g_ptr_array_new_with_free_func(step_free);
    explaining->contract = contract;
    explaining->steps = steps;
    g_autofree char *owed = owed_how(explaining);
    explain_value(explaining);
    explain_lines(explaining);
    step_add(steps, contract->entitlement, "the lines above", "entitlement to date");
    explain_paid(explaining);
    step_add(steps, contract->paid, "the payments above", "paid to date");
    step_add(steps, contract->owed, owed, "owed");
    ExplainedContract *explained = g_new0(ExplainedContract, 1);
    *explained = (ExplainedContract){
        contract, steps, explain_exceptions(explaining->result, contract),
        explain_replaced(explaining), explain_status(explaining->result, contract)};
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
