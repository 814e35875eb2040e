/* tariffs.csv: dated prices of the activities of a scheme. */
#include "pack/rules/tariffs.h"

#include <string.h>

#include "pack/rules/words.h"

#include "base/poison.h"

enum {
    SCHEME,
    ACTIVITY,
    TITLE,
    COUNT,
    PER,
    PAID,
    PRICE,
    FROM,
    TO,
    CAP,
    CAP_OF,
    CAP_PER,
    PATIENT_CAP,
    GROUP,
    AGAIN_AFTER,
    SOURCE,
    COLUMNS
};

static const Column TARIFF_COLUMNS[COLUMNS] = {
    [SCHEME] = {"scheme", COLUMN_CODE, true},
    [ACTIVITY] = {"activity", COLUMN_CODE, true},
    [TITLE] = {"title", COLUMN_PROSE, true},
    [COUNT] = {"count", COLUMN_CODE, true},
    [PER] = {"per", COLUMN_TEXT, false},
    [PAID] = {"paid", COLUMN_TEXT, false},
    [PRICE] = {"price", COLUMN_RATE, true},
    [FROM] = {"from", COLUMN_DATE, true},
    [TO] = {"to", COLUMN_DATE, false},
    [CAP] = {"cap", COLUMN_TEXT, false}, /* a whole number, or a rate beside cap_of */
    [CAP_OF] = {"cap_of", COLUMN_CODE, false},
    [CAP_PER] = {"cap_per", COLUMN_TEXT, false},
    [PATIENT_CAP] = {"patient_cap", COLUMN_WHOLE, false},
    [GROUP] = {"group", COLUMN_CODE, false},
    [AGAIN_AFTER] = {"again_after", COLUMN_WHOLE, false},
    [SOURCE] = {"source", COLUMN_PROSE, true},
};

/* A cap is a whole number; one that follows a fact is a rate. */
static void
read_cap(const RulesReader *reader, Activity *activity)
{
    const Value *cap = &reader->values[CAP];
    const Column column = {"cap", activity->cap_of == CODE_NONE ? COLUMN_WHOLE : COLUMN_RATE,
                           false};
    Value value;
    activity->cap = -1;
    if (!cap->is_given)
        return;
    value_read(&column, cap->text, &value);
    if (value.fault != REASON_NONE) {
        g_autoptr(GString) message = g_string_new(NULL);
        value_describe(message, &column, &value, false);
        rules_reader_fault(reader, CAP, "%s", message->str);
    } else if (activity->cap_of == CODE_NONE) {
        activity->cap = value.number;
    } else {
        activity->cap_share = value.number;
    }
}

/* The word or the fact that says what is counted. */
static void
read_count(const RulesReader *reader, Activity *activity)
{
    Span count = reader->values[COUNT].text;
    activity->count = COUNT_FACT;
    activity->fact = CODE_NONE;
    for (guint i = 0; i < G_N_ELEMENTS(COUNT_WORDS); i++)
        if (span_is(count, COUNT_WORDS[i]))
            activity->count = (CountKind)i;
    if (activity->count == COUNT_FACT)
        activity->fact = rules_reader_fact(reader, COUNT);
}

/* What a row says of its activity; each of its rows says the same. */
static Activity
read_terms(const RulesReader *reader)
{
    const Value *values = reader->values;
    Activity terms = {.cap_of = rules_reader_fact(reader, CAP_OF)};
    int per = rules_reader_choice(reader, PER, PER_WORDS + 1, 5, -1);
    int paid = rules_reader_choice(reader, PAID, PAID_WORDS, 3, PAID_LAST);
    int cap_per = rules_reader_choice(reader, CAP_PER, PER_WORDS + 1, 4, PER_YEAR - 1);
    read_count(reader, &terms);
    read_cap(reader, &terms);
    terms.per = (PatientSpan)(per + 1);
    terms.paid = (PaidWhen)MAX(paid, 0);
    terms.cap_per = (PatientSpan)(cap_per + 1);
    terms.patient_cap = values[PATIENT_CAP].is_given ? values[PATIENT_CAP].number : -1;
    terms.again_after = (guint)values[AGAIN_AFTER].number;
    return terms;
}

static bool
terms_agree(const Activity *a, const Activity *b, Span group)
{
    return a->count == b->count && a->fact == b->fact && a->per == b->per && a->paid == b->paid &&
           a->cap == b->cap && a->cap_of == b->cap_of && a->cap_share == b->cap_share &&
           a->cap_per == b->cap_per && a->patient_cap == b->patient_cap &&
           a->again_after == b->again_after && span_is(group, a->group);
}

/* What is counted says which span there is. */
static void
check_span(const RulesReader *reader, const Activity *terms)
{
    const Value *per = &reader->values[PER], *again = &reader->values[AGAIN_AFTER];
    if (terms->count == COUNT_QUANTITY && per->is_given)
        rules_reader_fault(reader, PER, "is given beside quantity, which has no span");
    else if (terms->count == COUNT_PATIENTS && !per->is_given)
        rules_reader_fault(reader, PER,
                           "is empty, and patients are counted by month, quarter, half-year, year "
                           "or episode");
    else if (!activity_is_claimed(terms) && (!per->is_given || terms->per == PER_EPISODE))
        rules_reader_fault(reader, PER,
                           "is not a month, quarter, half-year or year, in which each or a fact is "
                           "paid once");
    if (terms->per == PER_EPISODE && !again->is_given)
        rules_reader_fault(reader, AGAIN_AFTER, "is empty, and an episode needs it");
    else if (terms->per != PER_EPISODE && again->is_given)
        rules_reader_fault(reader, AGAIN_AFTER, "is for the per episode only");
    else if (again->is_given && (terms->again_after < 1 || terms->again_after > 11))
        rules_reader_fault(reader, AGAIN_AFTER, "is from 1 to 11 months");
}

/* What goes only with claims, or only without them. */
static void
check_claimed(const RulesReader *reader, const Activity *terms)
{
    static const int OF_CLAIMS[] = {CAP, CAP_OF, CAP_PER, PATIENT_CAP, GROUP};
    const Value *values = reader->values;
    if (activity_is_claimed(terms)) {
        if (values[PAID].is_given)
            rules_reader_fault(reader, PAID, "is given where claims are paid, each in its month");
        return;
    }
    for (guint i = 0; i < G_N_ELEMENTS(OF_CLAIMS); i++)
        if (values[OF_CLAIMS[i]].is_given)
            rules_reader_fault(reader, OF_CLAIMS[i],
                               "is for claims, and each or a fact is paid without them");
}

static void
check_caps(const RulesReader *reader)
{
    static const int OF_CAP[] = {CAP_OF, CAP_PER};
    for (guint i = 0; i < G_N_ELEMENTS(OF_CAP); i++)
        if (reader->values[OF_CAP[i]].is_given && !reader->values[CAP].is_given)
            rules_reader_fault(reader, OF_CAP[i], "is given without a cap");
}

/* A group is of patients, without caps; an episode needs one. */
static void
check_group(const RulesReader *reader, const Activity *terms)
{
    const Value *values = reader->values;
    if (terms->per == PER_EPISODE && !values[GROUP].is_given)
        rules_reader_fault(reader, GROUP, "is empty, and an episode is one of a group");
    if (!values[GROUP].is_given || !activity_is_claimed(terms))
        return;
    if (terms->count != COUNT_PATIENTS)
        rules_reader_fault(reader, GROUP, "is for patients only");
    if (values[CAP].is_given)
        rules_reader_fault(reader, CAP, "is given in a group, which has no caps");
    if (values[PATIENT_CAP].is_given)
        rules_reader_fault(reader, PATIENT_CAP, "is given in a group, which has no caps");
}

/* The activity of a row: that of an earlier row, or a new one. */
static Activity *
find_activity(RulesReader *reader, guint32 scheme_number, const Activity *terms)
{
    Rules *rules = reader->rules;
    const Value *values = reader->values;
    guint32 number = rules->activities->len;
    if (!rules_add_item(rules, ITEM_ACTIVITY, scheme_number, values[ACTIVITY].text, &number)) {
        Activity *known = g_ptr_array_index(rules->activities, number);
        if (!terms_agree(known, terms, values[GROUP].text))
            rules_reader_fault(reader, ACTIVITY,
                               "what the row says beside title, price, dates and source differs "
                               "from an earlier row of this activity");
        return known;
    }
    Scheme *scheme = g_ptr_array_index(rules->schemes, scheme_number);
    Activity *activity = g_memdup2(terms, sizeof *terms);
    activity->code = span_copy(values[ACTIVITY].text);
    activity->scheme = scheme_number;
    activity->group = span_copy(values[GROUP].text);
    activity->group_head = number;
    activity->group_per = activity->per;
    activity->prices = g_array_new(FALSE, FALSE, sizeof(Price));
    g_ptr_array_add(rules->activities, activity);
    g_array_append_val(scheme->activities, number);
    return activity;
}

/* Adds a dated price, in order of its first day; prices must not overlap. */
static void
add_price(const RulesReader *reader, Activity *activity)
{
    const Value *values = reader->values;
    Price price = {.price = values[PRICE].number,
                   .from = (Day)values[FROM].number,
                   .to = values[TO].is_given ? (Day)values[TO].number : DAY_OPEN,
                   .line = reader->line};
    if (price.from > price.to) {
        rules_reader_fault(reader, TO, "lies before from");
        return;
    }
    guint at = 0;
    for (guint i = 0; i < activity->prices->len; i++) {
        const Price *other = &g_array_index(activity->prices, Price, i);
        if (other->from <= price.to && price.from <= other->to)
            rules_reader_fault(reader, FROM,
                               "overlaps the price of this activity on line %" G_GUINT64_FORMAT,
                               other->line);
        if (other->from <= price.from)
            at = i + 1;
    }
    price.title = value_text(&values[TITLE]);
    price.source = value_text(&values[SOURCE]);
    g_array_insert_val(activity->prices, at, price);
}

static void
read_tariff(RulesReader *reader)
{
    guint32 number = rules_reader_scheme(reader, SCHEME);
    Activity terms = read_terms(reader);
    check_span(reader, &terms);
    check_claimed(reader, &terms);
    check_caps(reader);
    check_group(reader, &terms);
    if (number == CODE_NONE)
        return;
    const Scheme *scheme = rules_scheme(reader->rules, number);
    if (scheme->payment != PAYMENT_ACTIVITY) {
        rules_reader_fault(reader, SCHEME, "this scheme is paid by achievement and has no tariff");
        return;
    }
    if (!activity_is_claimed(&terms) && !scheme->has_pro_rata)
        rules_reader_fault(reader, COUNT,
                           "counts each or a fact, and schemes.csv gives the scheme no pro_rata");
    add_price(reader, find_activity(reader, number, &terms));
}

/* Finds the span of a group: that of all its activities but episodes. */
static PatientSpan
group_span(const Rules *rules, const Scheme *scheme, const char *group)
{
    for (guint i = 0; i < scheme->activities->len; i++) {
        const Activity *activity =
            rules_activity(rules, g_array_index(scheme->activities, guint32, i));
        if (strcmp(activity->group, group) == 0 && activity->per != PER_EPISODE)
            return activity->per;
    }
    return PER_NONE;
}

/* The first activity of a group. */
static guint32
find_head(const Rules *rules, const Scheme *scheme, const char *group)
{
    guint i = 0;
    while (strcmp(rules_activity(rules, g_array_index(scheme->activities, guint32, i))->group,
                  group) != 0)
        i++;
    return g_array_index(scheme->activities, guint32, i);
}

static void
form_groups(RulesReader *reader, const Scheme *scheme)
{
    for (guint i = 0; i < scheme->activities->len; i++) {
        Activity *activity = g_ptr_array_index(reader->rules->activities,
                                               g_array_index(scheme->activities, guint32, i));
        if (activity->group[0] == '\0' || activity->prices->len == 0)
            continue;
        reader->line = g_array_index(activity->prices, Price, 0).line;
        activity->group_head = find_head(reader->rules, scheme, activity->group);
        activity->group_per = group_span(reader->rules, scheme, activity->group);
        if (activity->group_per == PER_NONE)
            rules_reader_fault(
                reader, GROUP,
                "the group has episodes alone, and needs an activity of another per");
        else if (activity->per != PER_EPISODE && activity->per != activity->group_per)
            rules_reader_fault(reader, PER, "is %s, and that of the group is %s",
                               PER_WORDS[activity->per], PER_WORDS[activity->group_per]);
    }
}

static void
form_all_groups(RulesReader *reader)
{
    for (guint s = 0; s < reader->rules->schemes->len; s++) {
        const Scheme *scheme = rules_scheme(reader->rules, s);
        Span code = {scheme->code, strlen(scheme->code)};
        if (codes_find(reader->lost_items, code) == CODE_NONE)
            form_groups(reader, scheme);
    }
}

const RulesTable TARIFFS_TABLE = {"tariffs.csv", TARIFF_COLUMNS,  COLUMNS,
                                  read_tariff,   form_all_groups, false};
