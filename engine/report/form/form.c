#include "report/form/form.h"

#include "base/poison.h"

/* Rows of a form: a year of a large practice's patients, or a month. */
#define ROWS_OF_YEAR 400
#define ROWS_OF_MONTH 100

static void
form_free(gpointer pointer)
{
    Form *form = pointer;
    g_array_unref(form->months);
    g_array_unref(form->activities);
    g_array_unref(form->prices);
    g_free(form->name);
    g_free(form);
}

const Form *
form_at(const GPtrArray *forms, guint number)
{
    return g_ptr_array_index(forms, number);
}

const FormMonth *
form_month(const Form *form, guint number)
{
    return &g_array_index(form->months, FormMonth, number);
}

const Activity *
form_activity(const Form *form, guint number)
{
    return g_array_index(form->activities, const Activity *, number);
}

const FormPrice *
form_price(const Form *form, guint number)
{
    return &g_array_index(form->prices, FormPrice, number);
}

bool
form_counts_patients(const Activity *activity)
{
    return activity->count == COUNT_PATIENTS;
}

/* Adds the prices that an activity has in a month, on days of which one at least is the
 * contract's. */
static void
add_prices(Form *form, guint32 contract, Month month, const Activity *activity)
{
    for (guint i = 0; i < activity->prices->len; i++) {
        const Price *price = &g_array_index(activity->prices, Price, i);
        FormPrice added = {month,
                           activity,
                           activity->group_head + 1,
                           price,
                           MAX(price->from, month_first_day(month)),
                           MIN(price->to, month_last_day(month))};
        if (added.from <= added.to &&
            contract_touches(form->pack->contracts, contract, added.from, added.to))
            g_array_append_val(form->prices, added);
    }
}

static void
add_month(Form *form, guint32 contract, Month month)
{
    guint before = form->prices->len;
    for (guint i = 0; i < form->scheme->activities->len; i++) {
        const Activity *activity =
            rules_activity(form->pack->rules, g_array_index(form->scheme->activities, guint32, i));
        if (activity_is_claimed(activity))
            add_prices(form, contract, month, activity);
    }
    FormMonth open = {month, form->scheme->claim_months < 0
                                 ? DAY_OPEN
                                 : month_last_day(month + form->scheme->claim_months)};
    if (form->prices->len > before)
        g_array_append_val(form->months, open);
}

static bool
has_price(const Form *form, const Activity *activity)
{
    for (guint i = 0; i < form->prices->len; i++)
        if (form_price(form, i)->activity == activity)
            return true;
    return false;
}

static void
add_activities(Form *form)
{
    for (guint i = 0; i < form->scheme->activities->len; i++) {
        const Activity *activity =
            rules_activity(form->pack->rules, g_array_index(form->scheme->activities, guint32, i));
        if (has_price(form, activity))
            g_array_append_val(form->activities, activity);
    }
}

/* "2025-26 claim SPIRO ZP075"; codes may hold blanks and differ in letter case alone, so that a
 * name can be taken already: then a number goes behind it. */
static char *
name_form(const Form *form, GHashTable *names)
{
    g_autofree char *wanted =
        g_strdup_printf("%s claim %s %s", form->period, form->scheme->code, form->provider->code);
    char *name = g_strdup(wanted);
    for (guint number = 2; !g_hash_table_add(names, g_ascii_strdown(name, -1)); number++) {
        g_free(name);
        name = g_strdup_printf("%s (%u)", wanted, number);
    }
    return name;
}

/* The form of a contract, or NULL where it has no open month. */
static Form *
form_of(const Pack *pack, guint32 contract, const char *period, GHashTable *names)
{
    bool is_year = pack->period.is_year_end;
    Form *form = g_new0(Form, 1);
    form->pack = pack;
    form->key = contracts_key(pack->contracts, contract);
    form->scheme = rules_scheme(pack->rules, form->key->scheme);
    form->provider = register_provider(pack->reg, form->key->provider);
    form->period = period;
    form->rows = is_year ? ROWS_OF_YEAR : ROWS_OF_MONTH;
    form->months = g_array_new(FALSE, FALSE, sizeof(FormMonth));
    form->activities = g_array_new(FALSE, FALSE, sizeof(const Activity *));
    form->prices = g_array_new(FALSE, FALSE, sizeof(FormPrice));
    Month month = is_year ? year_first_month(pack->period.year) : pack->period.month;
    for (; month <= pack->period.month; month++)
        add_month(form, contract, month);
    add_activities(form);
    if (form->months->len == 0) {
        form_free(form);
        return NULL;
    }
    form->name = name_form(form, names);
    return form;
}

GPtrArray *
forms_of(const Pack *pack, const char *period)
{
    GPtrArray *forms = g_ptr_array_new_with_free_func(form_free);
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint32 c = 0; c < contracts_count(pack->contracts); c++) {
        Form *form = form_of(pack, c, period, names);
        if (form != NULL)
            g_ptr_array_add(forms, form);
    }
    return forms;
}
