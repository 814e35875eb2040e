#include "pack/rules/rules.h"

#include <string.h>

#include "pack/rules/headings.h"

#include "base/poison.h"

static void
office_free(Office *office)
{
    if (office == NULL)
        return;
    g_free(office->name);
    g_free(office->email);
    g_free(office->telephone);
    g_free(office->reply_by);
    g_free(office);
}

static void
payment_column_clear(gpointer column)
{
    PaymentColumn *cleared = column;
    g_free(cleared->name);
    g_free(cleared->constant);
}

static void
response_column_clear(gpointer column)
{
    ResponseColumn *cleared = column;
    g_free(cleared->name);
    g_ptr_array_unref(cleared->paid);
    g_ptr_array_unref(cleared->rejected);
}

Rules *
rules_new(int year)
{
    Rules *rules = g_new0(Rules, 1);
    rules->year = year;
    rules->unusual = (UnusualLimits){5 * MICROS_PER_UNIT, 500 * MICROS_PER_UNIT};
    rules->documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    rules->schemes = g_ptr_array_new_with_free_func(scheme_free);
    rules->indicators = g_ptr_array_new_with_free_func(indicator_free);
    rules->activities = g_ptr_array_new_with_free_func(activity_free);
    rules->scheme_codes = codes_new();
    rules->item_codes = codes_new();
    for (guint k = 0; k < ITEM_KINDS; k++)
        rules->items[k] = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    rules->clauses = g_ptr_array_new_with_free_func(clause_free);
    rules->facts = codes_new();
    (void)codes_add(rules->facts, (Span){"registered", strlen("registered")});
    (void)codes_add(rules->facts, (Span){"weighted", strlen("weighted")});
    rules->headings = g_ptr_array_new_with_free_func(headings_free);
    rules->budgets = g_array_new(FALSE, FALSE, sizeof(Budget));
    rules->payment_file = g_array_new(FALSE, FALSE, sizeof(PaymentColumn));
    g_array_set_clear_func(rules->payment_file, payment_column_clear);
    rules->response_file = g_array_new(FALSE, FALSE, sizeof(ResponseColumn));
    g_array_set_clear_func(rules->response_file, response_column_clear);
    return rules;
}

void
rules_free(Rules *rules)
{
    if (rules == NULL)
        return;
    g_ptr_array_unref(rules->schemes);
    g_ptr_array_unref(rules->indicators);
    g_ptr_array_unref(rules->activities);
    codes_free(rules->scheme_codes);
    codes_free(rules->item_codes);
    for (guint k = 0; k < ITEM_KINDS; k++)
        g_hash_table_unref(rules->items[k]);
    g_ptr_array_unref(rules->clauses);
    codes_free(rules->facts);
    g_ptr_array_unref(rules->documents);
    g_ptr_array_unref(rules->headings);
    g_array_unref(rules->budgets);
    g_array_unref(rules->payment_file);
    g_array_unref(rules->response_file);
    office_free(rules->office);
    g_free(rules);
}

NearCodes *
rules_near_schemes(const Rules *rules)
{
    NearCodes *near = near_codes_new();
    for (guint i = 0; i < rules_scheme_count(rules); i++)
        near_codes_add(near, rules_scheme(rules, i)->code);
    return near;
}

static gint64
item_key(guint32 scheme, guint32 code)
{
    return (gint64)((guint64)scheme << 32 | code);
}

bool
rules_add_item(Rules *rules, ItemKind kind, guint32 scheme, Span code, guint32 *index)
{
    gint64 key = item_key(scheme, codes_add(rules->item_codes, code));
    gpointer known = g_hash_table_lookup(rules->items[kind], &key);
    if (known != NULL) {
        *index = GPOINTER_TO_UINT(known) - 1;
        return false;
    }
    g_hash_table_insert(rules->items[kind], g_memdup2(&key, sizeof key),
                        GUINT_TO_POINTER(*index + 1));
    return true;
}

guint32
rules_find_item(const Rules *rules, ItemKind kind, guint32 scheme, Span code)
{
    guint32 number = codes_find(rules->item_codes, code);
    if (number == CODE_NONE)
        return CODE_NONE;
    gint64 key = item_key(scheme, number);
    gpointer known = g_hash_table_lookup(rules->items[kind], &key);
    return known == NULL ? CODE_NONE : GPOINTER_TO_UINT(known) - 1;
}

const Document *
rules_document(const Rules *rules, const char *file)
{
    for (guint i = 0; i < rules->documents->len; i++) {
        const Document *document = g_ptr_array_index(rules->documents, i);
        if (g_str_has_suffix(document_name(document), file))
            return document;
    }
    return NULL;
}

guint
rules_scheme_count(const Rules *rules)
{
    return rules->schemes->len;
}

const Scheme *
rules_scheme(const Rules *rules, guint32 scheme)
{
    return g_ptr_array_index(rules->schemes, scheme);
}

const Indicator *
rules_indicator(const Rules *rules, guint32 indicator)
{
    return g_ptr_array_index(rules->indicators, indicator);
}

const Activity *
rules_activity(const Rules *rules, guint32 activity)
{
    return g_ptr_array_index(rules->activities, activity);
}

const Clause *
rules_clause(const Rules *rules, guint32 clause)
{
    return g_ptr_array_index(rules->clauses, clause);
}

const char *
rules_fact_name(const Rules *rules, guint32 fact)
{
    return codes_text(rules->facts, fact);
}
