#include "pack/facts.h"

#include <string.h>

#include "pack/rules/words.h"
#include "pack/strangers.h"

#include "base/poison.h"

typedef struct {
    Facts *facts;
    const Rules *rules;
    const Register *reg;
    const Period *period;
    Codes *unnamed; /* facts that no rule names */
    bool *has_row;  /* of those that rules name: whether any row has it */
    Strangers *strangers;
} Gathering;

void
facts_free(Facts *facts)
{
    if (facts == NULL)
        return;
    g_array_unref(facts->rows);
    g_free(facts);
}

/* Whether points are multiplied by a fact. */
static bool
is_factor(const Rules *rules, guint32 fact)
{
    for (guint i = 0; fact != CODE_NONE && i < rules->indicators->len; i++)
        if (rules_indicator(rules, i)->factor == fact)
            return true;
    return false;
}

static void
gather_row(const InputRow *row, gpointer user)
{
    Gathering *gathering = user;
    const Value *values = row->values;
    Fact added = {.provider = codes_find(gathering->reg->codes, values[FACT_PROVIDER].text),
                  .fact = codes_find(gathering->rules->facts, values[FACT_FACT].text),
                  .as_at = (Day)values[FACT_AS_AT].number,
                  .is_given = true,
                  .number = values[FACT_NUMBER].number,
                  .place = row->place};
    if (added.fact != CODE_NONE)
        gathering->has_row[added.fact] = true;
    row->file->states[added.as_at > gathering->period->date ? STATE_LATER : STATE_ACCEPTED]++;
    if (added.fact == FACT_REGISTERED || added.fact == FACT_WEIGHTED)
        input_row_fault(row, FACT_FACT, "%s comes from list_sizes, and is no fact of its own",
                        rules_fact_name(gathering->rules, added.fact));
    else if (added.provider == CODE_NONE)
        strangers_add(gathering->strangers, row, FACT_PROVIDER);
    else {
        if (values[FACT_NUMBER].number < 0 && is_factor(gathering->rules, added.fact))
            input_row_fault(row, FACT_NUMBER, "is below 0, and points are multiplied by this fact");
        if (added.fact == CODE_NONE)
            added.fact = codes_count(gathering->rules->facts) +
                         codes_add(gathering->unnamed, values[FACT_FACT].text);
        g_array_append_val(gathering->facts->rows, added);
    }
}

/* A fact that rules name and no row has may be another word, misspelt. One warning each. */
static void
warn_without_row(const Gathering *gathering, Faults *faults)
{
    const Rules *rules = gathering->rules;
    g_autoptr(NearCodes) near = near_codes_new();
    for (guint i = 0; i < G_N_ELEMENTS(COUNT_WORDS); i++)
        near_codes_add(near, COUNT_WORDS[i]);
    for (guint fact = FACT_REGISTERED; fact <= FACT_WEIGHTED; fact++)
        near_codes_add(near, rules_fact_name(rules, fact));
    for (guint i = 0; i < codes_count(gathering->unnamed); i++)
        near_codes_add(near, codes_text(gathering->unnamed, i));
    for (guint fact = FACT_WEIGHTED + 1; fact < codes_count(rules->facts); fact++) {
        const char *name = rules_fact_name(rules, fact);
        if (!gathering->has_row[fact])
            faults_add(faults, FAULT_WARNING, NULL, 0, NULL,
                       "the rules name the fact %s, and no row of facts has it%s", name,
                       near_codes_hint(near, (Span){name, strlen(name)}));
    }
}

/* Registered and weighted patients are facts, too. */
static void
add_lists(Facts *facts, const Lists *lists)
{
    for (guint i = 0; i < lists->sizes->len; i++) {
        const ListSize *size = &g_array_index(lists->sizes, ListSize, i);
        Fact registered = {
            size->provider, FACT_REGISTERED, size->as_at, true, size->registered * MICROS_PER_UNIT,
            size->place};
        Fact weighted = {size->provider,     FACT_WEIGHTED,  size->as_at,
                         size->has_weighted, size->weighted, size->place};
        g_array_append_val(facts->rows, registered);
        g_array_append_val(facts->rows, weighted);
    }
}

static int
compare_keys(const Fact *a, const Fact *b)
{
    if (a->provider != b->provider)
        return a->provider < b->provider ? -1 : 1;
    if (a->fact != b->fact)
        return a->fact < b->fact ? -1 : 1;
    return (a->as_at > b->as_at) - (a->as_at < b->as_at);
}

static int
compare_facts(gconstpointer left, gconstpointer right)
{
    const Fact *a = left, *b = right;
    int order = compare_keys(a, b);
    return order != 0 ? order : (a->place > b->place) - (a->place < b->place);
}

static void
check_days(const Facts *facts, const InputFiles *inputs, Faults *faults)
{
    for (guint i = 1; i < facts->rows->len; i++) {
        const Fact *before = &g_array_index(facts->rows, Fact, i - 1);
        const Fact *fact = &g_array_index(facts->rows, Fact, i);
        if (compare_keys(before, fact) == 0)
            faults_add(faults, FAULT_INPUT, input_file(inputs, place_file(fact->place))->name,
                       input_place_line(inputs, fact->place),
                       input_place_column(inputs, fact->place, FACT_AS_AT),
                       "is the second row of this provider, fact and day (%s, line "
                       "%" G_GUINT64_FORMAT ")",
                       input_file(inputs, place_file(before->place))->name,
                       input_place_line(inputs, before->place));
    }
}

Facts *
facts_read(InputFiles *inputs, const Rules *rules, const Register *reg, const Lists *lists,
           const Period *period, Faults *faults)
{
    Facts *facts = g_new0(Facts, 1);
    facts->rows = g_array_new(FALSE, FALSE, sizeof(Fact));
    g_autoptr(Codes) unnamed = codes_new();
    g_autoptr(Strangers) strangers = strangers_new(reg, faults);
    g_autofree bool *has_row = g_new0(bool, codes_count(rules->facts));
    Gathering gathering = {facts, rules, reg, period, unnamed, has_row, strangers};
    input_rows_each(inputs, INPUT_FACTS, faults, gather_row, &gathering);
    strangers_end_file(strangers);
    warn_without_row(&gathering, faults);
    g_array_sort(facts->rows, compare_facts);
    check_days(facts, inputs, faults);
    /* A fact that is not known yet on the run's date must not be used. */
    guint kept = 0;
    for (guint i = 0; i < facts->rows->len; i++) {
        Fact fact = g_array_index(facts->rows, Fact, i);
        if (fact.as_at <= period->date && fact.fact < codes_count(rules->facts))
            g_array_index(facts->rows, Fact, kept++) = fact;
    }
    g_array_set_size(facts->rows, kept);
    add_lists(facts, lists);
    g_array_sort(facts->rows, compare_facts);
    return facts;
}

const Fact *
facts_in_force(const Facts *facts, guint32 provider, guint32 fact, Day day)
{
    const Fact wanted = {.provider = provider, .fact = fact, .as_at = day};
    guint low = 0, high = facts->rows->len; /* the first fact beyond the one that is wanted */
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (compare_keys(&g_array_index(facts->rows, Fact, middle), &wanted) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return NULL;
    const Fact *found = &g_array_index(facts->rows, Fact, low - 1);
    return found->provider == provider && found->fact == fact && found->is_given ? found : NULL;
}
