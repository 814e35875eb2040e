#include "report/screen/explanation.h"

#include "report/figures/json.h"
#include "report/figures/words.h"

#include "base/poison.h"

#define PAGE_WIDTH 100
#define INDENT 4

/* Appends words, broken into lines that begin with blanks. */
static void append_wrapped(GString *text, guint indent, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

static void
append_wrapped(GString *text, guint indent, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *words = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autofree char *shown = text_shown(words); /* names and sources may hold line ends */
    g_auto(GStrv) parts = g_strsplit(shown, " ", -1);
    glong at = 0;
    for (guint i = 0; parts[i] != NULL; i++) {
        glong width = g_utf8_strlen(parts[i], -1);
        if (i == 0 || at + 1 + width > PAGE_WIDTH) {
            g_string_append_printf(text, "%s%*s", i == 0 ? "" : "\n", (int)indent, "");
            at = (glong)indent;
        } else {
            g_string_append_c(text, ' ');
            at++;
        }
        g_string_append(text, parts[i]);
        at += width;
    }
    g_string_append_c(text, '\n');
}

/* "  contract value .................... £1,234.50" */
static void
append_title(GString *text, const ExplainedStep *step)
{
    g_autofree char *what = text_shown(step->what);
    g_string_append_printf(text, "  %s", what);
    if (step->has_amount) {
        Words amount = words_money(step->amount);
        g_string_append_c(text, ' ');
        for (glong used = 4 + g_utf8_strlen(what, -1) + g_utf8_strlen(amount.text, -1);
             used < PAGE_WIDTH; used++)
            g_string_append_c(text, '.');
        g_string_append_printf(text, " %s", amount.text);
    }
    g_string_append_c(text, '\n');
}

/* before: the step printed before this one, or NULL; a rule is not said twice running. */
static void
append_step(GString *text, const ExplainedStep *step, const ExplainedStep *before)
{
    bool is_same_rule = before != NULL && g_strcmp0(before->rule, step->rule) == 0;
    append_title(text, step);
    if (step->how[0] != '\0')
        append_wrapped(text, INDENT, "%s", step->how);
    if (step->rule != NULL && !is_same_rule)
        append_wrapped(text, INDENT, "rule: %s, %s", step->rule, step->source);
    for (guint i = 0; i < step->rows->len; i++)
        append_wrapped(text, INDENT, "rows: %s", (const char *)g_ptr_array_index(step->rows, i));
}

static void
append_steps(GString *text, const GPtrArray *steps)
{
    for (guint i = 0; i < steps->len; i++)
        append_step(text, g_ptr_array_index(steps, i),
                    i == 0 ? NULL : g_ptr_array_index(steps, i - 1));
}

static void
append_contract(GString *text, const ExplainedContract *explained)
{
    const Scheme *scheme = explained->contract->scheme;
    g_string_append_printf(text, "\n%s, %s\n", scheme->code, scheme->title);
    append_steps(text, explained->steps);
    append_wrapped(text, 2, "marked %s", explained->status);
    if (explained->exceptions->len > 0) {
        g_string_append(text, "\n  not paid, or not yet:\n");
        append_steps(text, explained->exceptions);
    }
    if (explained->replaced->len > 0) {
        g_string_append(text, "\n  replaced by later submissions, before duplicates and caps:\n");
        append_steps(text, explained->replaced);
    }
}

void
explanation_text(const Result *result, const GPtrArray *contracts, const char *run, GString *text)
{
    const ExplainedContract *first = g_ptr_array_index(contracts, 0);
    const Provider *provider = first->contract->provider;
    const ProviderRow *row = provider->in_force;
    g_autofree char *name = text_shown(row->name);
    g_string_append_printf(text, "%s, %s (%s%s%s)\n", provider->code, name,
                           PROVIDER_TYPES[row->type], row->pcn[0] == '\0' ? "" : ", network ",
                           row->pcn);
    g_string_append_printf(text, "run %s, %s; the money goes to %s\n", run,
                           words_period(&result->pack->period).text, row->payee);
    for (guint i = 0; i < contracts->len; i++)
        append_contract(text, g_ptr_array_index(contracts, i));
}

static void
append_steps_json(Json *json, const char *key, const GPtrArray *steps)
{
    json_open_array(json, key);
    for (guint i = 0; i < steps->len; i++) {
        const ExplainedStep *step = g_ptr_array_index(steps, i);
        json_open_object(json, NULL);
        json_text(json, "what", step->what);
        json_text(json, "how", step->how);
        if (step->has_amount)
            json_money(json, "amount", step->amount);
        if (step->rule != NULL) {
            json_text(json, "rule", step->rule);
            json_text(json, "source", step->source);
        }
        json_open_array(json, "rows");
        for (guint r = 0; r < step->rows->len; r++)
            json_text(json, NULL, g_ptr_array_index(step->rows, r));
        json_close_array(json);
        json_close_object(json);
    }
    json_close_array(json);
}

void
explanation_json(const Result *result, const GPtrArray *contracts, const char *run, GString *text)
{
    Json json = {text, 0, false};
    g_autofree char *period = period_text(&result->pack->period);
    json_begin(&json);
    json_text(&json, "run", run);
    json_text(&json, "period", period);
    json_open_array(&json, "contracts");
    for (guint i = 0; i < contracts->len; i++) {
        const ExplainedContract *explained = g_ptr_array_index(contracts, i);
        const Contract *contract = explained->contract;
        json_open_object(&json, NULL);
        json_text(&json, "scheme", contract->scheme->code);
        json_text(&json, "provider", contract->provider->code);
        json_text(&json, "name", contract->provider->in_force->name);
        json_text(&json, "payee", contract->provider->in_force->payee);
        json_money(&json, "entitlement_to_date", contract->entitlement);
        json_money(&json, "paid_to_date", contract->paid);
        json_money(&json, "owed", contract->owed);
        json_text(&json, "status", STATUS_NAMES[contract->status]);
        json_text(&json, "why", explained->status);
        append_steps_json(&json, "steps", explained->steps);
        append_steps_json(&json, "exceptions", explained->exceptions);
        append_steps_json(&json, "replaced", explained->replaced);
        json_close_object(&json);
    }
    json_close_array(&json);
    json_close_object(&json);
}
