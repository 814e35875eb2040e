/* tariffs.csv: dated prices of the activities of a scheme. */
#include "pack/rules_tariffs.h"

#include "pack/words.h"

#include "base/poison.h"

enum { SCHEME, ACTIVITY, TITLE, COUNT, PER, PRICE, FROM, TO, CAP, PATIENT_CAP, SOURCE, COLUMNS };

static const Column TARIFF_COLUMNS[COLUMNS] = {
    [SCHEME] = {"scheme", COLUMN_CODE, true},  [ACTIVITY] = {"activity", COLUMN_CODE, true},
    [TITLE] = {"title", COLUMN_PROSE, true},   [COUNT] = {"count", COLUMN_TEXT, true},
    [PER] = {"per", COLUMN_TEXT, false},       [PRICE] = {"price", COLUMN_RATE, true},
    [FROM] = {"from", COLUMN_DATE, true},      [TO] = {"to", COLUMN_DATE, false},
    [CAP] = {"cap", COLUMN_WHOLE, false},      [PATIENT_CAP] = {"patient_cap", COLUMN_WHOLE, false},
    [SOURCE] = {"source", COLUMN_PROSE, true},
};

static int64_t
cap_of(const Value *value)
{
    return value->is_given ? value->number : -1;
}

/* The activity of a row: that of an earlier row, or a new one. */
static Activity *
find_activity(RulesReader *reader, guint32 scheme_number, CountKind count, PatientSpan per)
{
    Rules *rules = reader->rules;
    const Value *values = reader->values;
    guint32 number = rules->activities->len;
    if (!rules_add_item(rules, scheme_number, values[ACTIVITY].text, &number)) {
        Activity *known = g_ptr_array_index(rules->activities, number);
        if (known->count != count || known->per != per || known->cap != cap_of(&values[CAP]) ||
            known->patient_cap != cap_of(&values[PATIENT_CAP]))
            rules_reader_fault(
                reader, ACTIVITY,
                "count, per, cap and patient_cap differ from those of an earlier row of "
                "this activity");
        return known;
    }
    Scheme *scheme = g_ptr_array_index(rules->schemes, scheme_number);
    Activity *activity = g_new0(Activity, 1);
    activity->code = span_copy(values[ACTIVITY].text);
    activity->scheme = scheme_number;
    activity->count = count;
    activity->per = per;
    activity->cap = cap_of(&values[CAP]);
    activity->patient_cap = cap_of(&values[PATIENT_CAP]);
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
    guint32 scheme = rules_reader_scheme(reader, SCHEME);
    int count = rules_reader_choice(reader, COUNT, COUNT_WORDS, 2, -1);
    int per = rules_reader_choice(reader, PER, PER_WORDS + 1, 3, -1);
    bool has_per = reader->values[PER].is_given;
    if (count == COUNT_QUANTITY && has_per)
        rules_reader_fault(reader, PER, "is given beside quantity, which has no span");
    if (count == COUNT_PATIENTS && !has_per)
        rules_reader_fault(reader, PER,
                           "is empty, and patients are counted by month, quarter or year");
    if (scheme == CODE_NONE || count < 0)
        return;
    if (rules_scheme(reader->rules, scheme)->payment != PAYMENT_ACTIVITY) {
        /* The items of such a scheme are indicators, so there is no activity to add a price to. */
        rules_reader_fault(reader, SCHEME, "this scheme is paid by achievement and has no tariff");
        return;
    }
    add_price(reader, find_activity(reader, scheme, (CountKind)count, (PatientSpan)(per + 1)));
}

const RulesTable TARIFFS_TABLE = {"tariffs.csv", TARIFF_COLUMNS, COLUMNS, read_tariff, NULL, false};
