#include "report/figures/fields.h"

#include <string.h>

#include "report/figures/payees.h"
#include "report/figures/words.h"

#include "base/poison.h"

#define GETTER(name, expression) FIELD_GETTER(Record, name, expression)

/* Contracts, and what is shown of the contract of a line. */

GETTER(contract_scheme, figure_text(at->contract->scheme->code))
GETTER(contract_provider, figure_text(at->contract->provider->code))
GETTER(contract_name, figure_text(at->contract->provider->in_force->name))
GETTER(contract_type, figure_text(PROVIDER_TYPES[at->contract->provider->in_force->type]))
GETTER(contract_network, figure_text(at->contract->provider->in_force->pcn))
GETTER(contract_payee, figure_text(at->contract->provider->in_force->payee))
GETTER(contract_value, at->contract->has_value ? figure_money(at->contract->value) : figure_empty())
GETTER(contract_entitlement, figure_money(at->contract->entitlement))
GETTER(contract_paid, figure_money(at->contract->paid))
GETTER(contract_owed, figure_money(at->contract->owed))
GETTER(contract_current, figure_money(at->contract->current))
GETTER(contract_prior, figure_money(at->contract->prior))
GETTER(contract_status, figure_text(STATUS_NAMES[at->contract->status]))

static Figure
contract_period(gconstpointer record)
{
    const Record *at = record;
    g_string_truncate(at->scratch, 0);
    period_append(at->scratch, &at->result->pack->period);
    return figure_text(at->scratch->str);
}

static Figure
contract_payment_id(gconstpointer record)
{
    const Record *at = record;
    (void)contract_period(at);
    g_string_append_printf(at->scratch, "/%s/%s", at->contract->scheme->code,
                           at->contract->provider->code);
    return figure_text(at->scratch->str);
}

static Figure
contract_payee_name(gconstpointer record)
{
    const Record *at = record;
    const char *payee = at->contract->provider->in_force->payee;
    return figure_text(payees_name(at->result->pack->reg, payee));
}

const Field CONTRACT_FIELDS[CONTRACT_FIELD_COUNT] = {
    [CONTRACT_PAYMENT_ID] = {"payment_id", "Payment id",
                             "names the payment for good: period/scheme/provider; the same "
                             "whenever it is sent again",
                             contract_payment_id},
    [CONTRACT_PERIOD] = {"period", "Period",
                         "the month, or the year-end: `2025-26-YE`, then `2025-26-YE2`",
                         contract_period},
    [CONTRACT_SCHEME] = {"scheme", "Scheme", "code of the scheme", contract_scheme},
    [CONTRACT_PROVIDER] = {"provider", "Provider", "code of the provider", contract_provider},
    [CONTRACT_PAYEE] = {"payee", "Payee", "who gets the money: as the register has it for the run",
                        contract_payee},
    [CONTRACT_VALUE] = {"contract_value", "Contract value",
                        "what it is worth for the year; empty for activity, and when held for want "
                        "of a list size",
                        contract_value},
    [CONTRACT_ENTITLEMENT] = {"entitlement_to_date", "Entitlement\nto date",
                              "what the year so far entitles to, worked out afresh",
                              contract_entitlement},
    [CONTRACT_PAID] = {"paid_to_date", "Paid to date",
                       "what approved runs, and `payments_before`, paid", contract_paid},
    [CONTRACT_OWED] = {"owed", "Owed",
                       "entitlement to date − paid to date; negative: to be recovered",
                       contract_owed},
    [CONTRACT_CURRENT] = {"of_which_current", "Of which\ncurrent",
                          "the part of owed that the run's month brought", contract_current},
    [CONTRACT_PRIOR] = {"of_which_prior", "Of which\nprior",
                        "the part of owed that belongs to earlier months: late and corrected "
                        "claims, changed lists",
                        contract_prior},
    [CONTRACT_STATUS] = {"status", "Status",
                         "`pay`, `nil`, `hold`, `carry` (comes back by itself next time) or "
                         "`invoice` (one is to be raised)",
                         contract_status},
    [CONTRACT_NAME] = {"name", "Name", "name of the provider", contract_name},
    [CONTRACT_PAYEE_NAME] = {"payee_name", "Name of payee", "name of the payee",
                             contract_payee_name},
    [CONTRACT_TYPE] = {"type", "Type of\nprovider", "type of the provider", contract_type},
    [CONTRACT_NETWORK] = {"network", "Network", "the primary care network of the provider",
                          contract_network},
};

/* Lines. */

GETTER(line_kind, figure_text(LINE_KIND_NAMES[at->line->kind]))
GETTER(line_item, figure_text(at->line->item))
GETTER(line_month, figure_month(at->line->month))
GETTER(line_count, at->line->has_count ? figure_count(at->line->count) : figure_empty())
GETTER(line_rate, at->line->has_rate ? figure_rate(at->line->rate) : figure_empty())
GETTER(line_fraction, at->line->has_fraction ? figure_fraction(at->line->fraction) : figure_empty())
GETTER(line_amount, figure_money(at->line->amount))

/* Who authorised the adjustment of a line, or "". */
static const char *
authorised_by(const Record *record)
{
    const GArray *adjustments = record->result->pack->payments->adjustments;
    guint first, count;
    payments_of(adjustments, record->contract->key, &first, &count);
    for (guint i = first; i < first + count; i++) {
        const AmountRow *adjustment = &g_array_index(adjustments, AmountRow, i);
        if (adjustment->place == record->line->place && adjustment->authorised_by != NULL)
            return adjustment->authorised_by;
    }
    return "";
}

/* The recovery that a deferred line is about. */
static const Decision *
recovery_of(const Record *record)
{
    const Pack *pack = record->result->pack;
    return decisions_in(pack->decisions->recoveries, record->contract->key, pack->period.month);
}

/* Why a contract is held; where a person did it, who, and why. */
static void
held_meaning(const Record *record)
{
    const Pack *pack = record->result->pack;
    g_string_printf(record->scratch, "Held at what was paid: %s",
                    REASONS[record->contract->held].meaning);
    if (record->contract->held != REASON_HELD_BY_PERSON)
        return;
    const Decision *hold =
        decisions_in(pack->decisions->holds, record->contract->key, pack->period.month);
    g_string_append_printf(record->scratch, " (%s, authorised by %s)", hold->reason,
                           hold->authorised_by);
}

static Figure
line_meaning(gconstpointer record)
{
    const Record *at = record;
    const Line *line = at->line;
    g_string_truncate(at->scratch, 0);
    switch (line->kind) {
    case LINE_BROUGHT_FORWARD:
        return figure_text("Carried by the last year-end");
    case LINE_INSTALMENT:
        return figure_text("Instalments due by the month");
    case LINE_INDICATOR:
        return figure_text(rules_indicator(at->result->pack->rules, line->rule)->title);
    case LINE_ACTIVITY:
        return figure_text(line->price->title);
    case LINE_ADJUSTMENT:
        g_string_printf(at->scratch, "%s, authorised by %s", words_month(line->month).text,
                        authorised_by(at));
        return figure_text(at->scratch->str);
    case LINE_LIMIT:
        return figure_text(rules_clause(at->result->pack->rules, line->rule)->title);
    case LINE_DEFERRED:
        g_string_printf(at->scratch, "Left for later runs, authorised by %s",
                        recovery_of(at)->authorised_by);
        return figure_text(at->scratch->str);
    case LINE_HELD:
        held_meaning(at);
        return figure_text(at->scratch->str);
    case LINE_KINDS:
        break;
    }
    return figure_empty();
}

static Figure
line_source(gconstpointer record)
{
    const Record *at = record;
    const Line *line = at->line;
    if (line->kind == LINE_INDICATOR)
        return figure_text(rules_indicator(at->result->pack->rules, line->rule)->source);
    if (line->kind == LINE_ACTIVITY && line->price != NULL)
        return figure_text(line->price->source);
    if (line->kind == LINE_LIMIT)
        return figure_text(rules_clause(at->result->pack->rules, line->rule)->source);
    return line->kind == LINE_INSTALMENT ? figure_text(at->contract->scheme->source)
                                         : figure_empty();
}

const Field LINE_FIELDS[LINE_FIELD_COUNT] = {
    [LINE_SCHEME] = {"scheme", "Scheme", "code of the scheme", contract_scheme},
    [LINE_PROVIDER] = {"provider", "Provider", "code of the provider", contract_provider},
    [LINE_KIND] = {"kind", "Kind", "what it is, in one of the words below", line_kind},
    [LINE_ITEM] = {"item", "Item",
                   "`in-year`, indicator, activity or clause, a decision's reason, the run "
                   "brought forward, or why it is held",
                   line_item},
    [LINE_MONTH] = {"month", "Month",
                    "the month it is for; empty for indicators and held contracts", line_month},
    [LINE_COUNT] = {"count", "Count",
                    "instalments due, the numerator, or how many are paid; else empty", line_count},
    [LINE_RATE] =
        {"rate", "Rate",
         "what the instalments are of, the indicator's share, the price, or the clause's amount",
         line_rate},
    [LINE_FRACTION] = {"fraction", "Fraction", "the part of the rate that is due, exactly, as n/d",
                       line_fraction},
    [LINE_AMOUNT] = {"amount", "Amount", "what it adds to the entitlement of its contract",
                     line_amount},
    [LINE_NAME] = {"name", "Name", "name of the provider", contract_name},
    [LINE_MEANING] = {"meaning", "What it is", "what the item is, in words", line_meaning},
    [LINE_SOURCE] = {"source", "Source of the rule", "where the rule was published", line_source},
};

/* Exceptions. */

GETTER(exception_file, figure_text(at->text->file))
GETTER(exception_line, at->text->line > 0 ? figure_whole(at->text->line) : figure_empty())
GETTER(exception_column, figure_text(at->text->column))
GETTER(exception_reason, figure_text(REASONS[at->exception->reason].name))
GETTER(exception_outcome_name, figure_text(at->text->outcome))
GETTER(exception_scheme, figure_text(at->text->scheme))
GETTER(exception_provider, figure_text(at->text->provider))
GETTER(exception_month, figure_month(at->text->month))
GETTER(exception_item, figure_text(at->text->item))
GETTER(exception_at_risk,
       at->exception->has_risk ? figure_money(at->exception->at_risk) : figure_empty())

static Figure
exception_since(gconstpointer record)
{
    const Record *at = record;
    const Period *since = at->exception->since;
    g_string_truncate(at->scratch, 0);
    period_append(at->scratch, since != NULL ? since : &at->result->pack->period);
    return figure_text(at->scratch->str);
}

GETTER(exception_message, figure_text(at->text->message))

static Figure
exception_name(gconstpointer record)
{
    const Record *at = record;
    const Register *reg = at->result->pack->reg;
    const char *code = at->text->provider;
    guint32 provider = codes_find(reg->codes, (Span){code, strlen(code)});
    return provider == CODE_NONE ? figure_empty()
                                 : figure_text(register_provider(reg, provider)->in_force->name);
}

const Field EXCEPTION_FIELDS[EXCEPTION_FIELD_COUNT] = {
    [EXCEPTION_FILE] = {"file", "File", "path under the input folder; empty for a contract",
                        exception_file},
    [EXCEPTION_LINE] = {"line", "Line",
                        "the line at which the row starts, as an editor counts; empty for a "
                        "contract",
                        exception_line},
    [EXCEPTION_COLUMN] = {"column", "Column", "the field at fault, or the one that decided",
                          exception_column},
    [EXCEPTION_REASON] = {"reason", "Reason", "one of the list of reasons", exception_reason},
    [EXCEPTION_OUTCOME] = {"outcome", "Outcome",
                           "`rejected`, `held`, or `part`: accepted for the part that fits",
                           exception_outcome_name},
    [EXCEPTION_SCHEME] = {"scheme", "Scheme", "as claimed", exception_scheme},
    [EXCEPTION_PROVIDER] = {"provider", "Provider", "as claimed", exception_provider},
    [EXCEPTION_MONTH] = {"month", "Month", "as claimed, where it can be read", exception_month},
    [EXCEPTION_ITEM] = {"item", "Activity or indicator",
                        "the activity or indicator, as claimed; of a contract also the clause",
                        exception_item},
    [EXCEPTION_AT_RISK] = {"at_risk", "Money at risk",
                           "the money that is not paid for it; empty where no price is known",
                           exception_at_risk},
    [EXCEPTION_SINCE] = {"since", "Since",
                         "the first period whose approved run lists it, without a gap to the last; "
                         "the run's own where it is new",
                         exception_since},
    [EXCEPTION_MESSAGE] = {"message", "What it is about",
                           "in words; never with a patient reference", exception_message},
    [EXCEPTION_NAME] = {"name", "Name", "name of the provider, where the register knows the code",
                        exception_name},
};

/* Control totals. */

GETTER(control_file, figure_text(at->file->name))
GETTER(control_digest, figure_text(document_digest(at->file->document)))
GETTER(control_rows, figure_whole(at->file->rows))
GETTER(control_accepted, figure_whole(at->file->states[STATE_ACCEPTED]))
GETTER(control_superseded, figure_whole(at->file->states[STATE_SUPERSEDED]))
GETTER(control_later, figure_whole(at->file->states[STATE_LATER]))
GETTER(control_rejected, figure_whole(at->file->states[STATE_REJECTED]))
GETTER(control_held, figure_whole(at->file->states[STATE_HELD]))

static Figure
control_unaccounted(gconstpointer record)
{
    const Record *at = record;
    guint64 accounted = 0;
    for (guint state = 0; state < STATE_COUNT; state++)
        accounted += at->file->states[state];
    return figure_whole(at->file->rows - accounted);
}

const Field CONTROL_FIELDS[CONTROL_FIELD_COUNT] = {
    [CONTROL_FILE] = {"file", "File", "path under the input folder", control_file},
    [CONTROL_DIGEST] = {"sha256", "SHA-256", "SHA-256 of the file as it was read", control_digest},
    [CONTROL_ROWS] = {"rows", "Rows read", "rows read: the sum of the next five", control_rows},
    [CONTROL_ACCEPTED] = {"accepted", "Accepted", "rows that count", control_accepted},
    [CONTROL_SUPERSEDED] = {"superseded", "Superseded",
                            "rows replaced by a later submission, or a later date",
                            control_superseded},
    [CONTROL_LATER] = {"later", "Later", "rows of the year that lie after the run", control_later},
    [CONTROL_REJECTED] = {"rejected", "Rejected", "rows not paid; each stands in `exceptions.csv`",
                          control_rejected},
    [CONTROL_HELD] = {"held", "Held",
                      "rows that need a person's decision; each stands in `exceptions.csv`",
                      control_held},
    [CONTROL_UNACCOUNTED] = {"not_accounted_for", "Not accounted for",
                             "rows that no state accounts for: none, ever", control_unaccounted},
};
