/* indicators.csv: what a scheme measures, and how achievement becomes a fraction. */
#include "pack/rules/indicators.h"

#include <string.h>

#include "base/decimal.h"

#include "pack/rules/words.h"

#include "base/poison.h"

enum {
    SCHEME,
    INDICATOR,
    TITLE,
    POINTS,
    METHOD,
    FLOOR,
    TARGET,
    STEPS,
    IF_NO_PATIENTS,
    MIN_PATIENTS,
    UNIT,
    AGAINST,
    GROUP,
    DUE,
    FACTOR,
    SOURCE,
    COLUMNS
};

static const Column INDICATOR_COLUMNS[COLUMNS] = {
    [SCHEME] = {"scheme", COLUMN_CODE, true},
    [INDICATOR] = {"indicator", COLUMN_CODE, true},
    [TITLE] = {"title", COLUMN_PROSE, true},
    [POINTS] = {"points", COLUMN_RATE, true},
    [METHOD] = {"method", COLUMN_TEXT, true},
    [FLOOR] = {"floor", COLUMN_THRESHOLD, false},
    [TARGET] = {"target", COLUMN_THRESHOLD, false},
    [STEPS] = {"steps", COLUMN_TEXT, false},
    [IF_NO_PATIENTS] = {"if_no_patients", COLUMN_TEXT, false},
    [MIN_PATIENTS] = {"min_patients", COLUMN_WHOLE, false},
    [UNIT] = {"unit", COLUMN_TEXT, false},
    [AGAINST] = {"against", COLUMN_CODE, false},
    [GROUP] = {"group", COLUMN_CODE, false},
    [DUE] = {"due", COLUMN_TEXT, false},
    [FACTOR] = {"factor", COLUMN_CODE, false},
    [SOURCE] = {"source", COLUMN_PROSE, true},
};

#define THRESHOLD_BEYOND_1 "a threshold is from 0 to 1: write 0.40 or 40%"
#define MOST_PAID (9 * MICROS_PER_UNIT) /* a step's fraction, at most */

/* "0.60:0.5" */
static bool
read_step(const char *text, Step *step)
{
    const char *colon = strchr(text, ':');
    if (colon == NULL)
        return false;
    Span reached = span_trim((Span){text, (gsize)(colon - text)});
    Span pays = span_trim((Span){colon + 1, strlen(colon + 1)});
    return decimal_read_signed_share(reached.text, reached.length, &step->reached) &&
           decimal_read_share(pays.text, pays.length, &step->pays);
}

/* Achievement is from 0 to 1, unless it is a rate or counted from a baseline. */
static bool
is_beyond_1(const Indicator *indicator, Micros threshold)
{
    return indicator->unit == UNIT_SHARE && indicator->against == CODE_NONE &&
           (threshold < 0 || threshold > MICROS_PER_UNIT);
}

/* Whether a step goes on in the direction of the first two. */
static bool
step_goes_on(const GArray *steps, Micros reached)
{
    if (steps->len == 0)
        return true;
    Micros first = g_array_index(steps, Step, 0).reached;
    Micros last = g_array_index(steps, Step, steps->len - 1).reached;
    return steps->len == 1 ? reached != last : first < last ? reached > last : reached < last;
}

/* "0.60:0.5|0.70:0.75|0.80:1", ascending or descending. */
static void
read_steps(const RulesReader *reader, Indicator *indicator)
{
    g_autoptr(GPtrArray) parts = rules_reader_split(reader->values[STEPS].text);
    for (guint i = 0; i < parts->len; i++) {
        Step step;
        const char *part = g_ptr_array_index(parts, i);
        if (!read_step(part, &step)) {
            rules_reader_fault_value(reader, STEPS, (Span){part, strlen(part)},
                                     "is not a step, such as 0.60:0.5 (achievement reached, colon, "
                                     "fraction paid)");
            continue;
        }
        if (!step_goes_on(indicator->steps, step.reached))
            rules_reader_fault(reader, STEPS, "the steps neither ascend nor descend");
        if (step.pays > MOST_PAID)
            rules_reader_fault(reader, STEPS, "a step pays more than 9");
        if (is_beyond_1(indicator, step.reached))
            rules_reader_fault(reader, STEPS, "%s", THRESHOLD_BEYOND_1);
        g_array_append_val(indicator->steps, step);
    }
}

static void
check_threshold(const RulesReader *reader, const Indicator *indicator, int column)
{
    if (is_beyond_1(indicator, reader->values[column].number))
        rules_reader_fault(reader, column, "%s", THRESHOLD_BEYOND_1);
}

/* What each method needs. */
static void
check_method(const RulesReader *reader, Indicator *indicator)
{
    const Value *values = reader->values;
    if (indicator->method == METHOD_SLIDING && !(indicator->has_floor && indicator->has_target))
        rules_reader_fault(reader, indicator->has_floor ? TARGET : FLOOR,
                           "is empty, and a sliding scale needs floor and target");
    else if (indicator->method == METHOD_SLIDING && indicator->floor == indicator->target)
        rules_reader_fault(reader, TARGET,
                           "is equal to floor, and a sliding scale needs two thresholds");
    else if (indicator->method == METHOD_ALL_OR_NOTHING && !indicator->has_target)
        rules_reader_fault(reader, TARGET, "is empty, and all-or-nothing needs it");
    else if (indicator->method == METHOD_STEPS && !values[STEPS].is_given)
        rules_reader_fault(reader, STEPS, "is empty, and the method steps needs it");
    else if (indicator->method == METHOD_STEPS)
        read_steps(reader, indicator);
}

/* Empty, a month of the year, or when-met. */
static void
read_due(const RulesReader *reader, Indicator *indicator)
{
    Span due = reader->values[DUE].text;
    indicator->due_month = MONTH_NONE;
    if (!reader->values[DUE].is_given)
        return;
    if (span_is(due, DUE_WORDS[DUE_WHEN_MET])) {
        indicator->due = DUE_WHEN_MET;
        return;
    }
    indicator->due = DUE_MONTH;
    indicator->due_month = month_read(due.text, due.length);
    if (indicator->due_month == MONTH_NONE ||
        month_financial_year(indicator->due_month) != reader->rules->year)
        rules_reader_fault_value(reader, DUE, due,
                                 "is not a month of the financial year, or when-met");
}

/* What an indicator may not have, by its scheme. */
static void
check_scheme(const RulesReader *reader, const Indicator *indicator, const Scheme *scheme)
{
    static const int OF_ACHIEVEMENT[] = {GROUP, DUE, FACTOR};
    if (scheme->payment == PAYMENT_ACTIVITY) {
        if (indicator->points != 0)
            rules_reader_fault(reader, POINTS,
                               "this scheme is paid by activity: its indicators, which limits.csv "
                               "asks for, have 0 points");
        for (guint i = 0; i < G_N_ELEMENTS(OF_ACHIEVEMENT); i++)
            if (reader->values[OF_ACHIEVEMENT[i]].is_given)
                rules_reader_fault(reader, OF_ACHIEVEMENT[i],
                                   "is for achievement schemes, and this one is paid by activity");
        return;
    }
    if (indicator->due != DUE_YEAR_END && scheme->in_year_of != CODE_NONE)
        rules_reader_fault(reader, DUE, "is given in a scheme with in_year_of");
    if (indicator->factor != CODE_NONE && scheme->basis != BASIS_PER_POINT)
        rules_reader_fault(reader, FACTOR,
                           "a factor is for schemes with the value_basis per-point");
}

/* The indicators of a group are one when the value is shared, so they have the same weight. */
static void
join_group(const RulesReader *reader, Scheme *scheme, guint32 number)
{
    Indicator *indicator = g_ptr_array_index(reader->rules->indicators, number);
    indicator->group_head = number;
    for (guint i = 0; indicator->group[0] != '\0' && i < scheme->indicators->len; i++) {
        guint32 other = g_array_index(scheme->indicators, guint32, i);
        const Indicator *head = rules_indicator(reader->rules, other);
        if (strcmp(head->group, indicator->group) != 0)
            continue;
        indicator->group_head = other;
        if (head->points != indicator->points || head->due != indicator->due ||
            head->due_month != indicator->due_month || head->factor != indicator->factor)
            rules_reader_fault(reader, GROUP,
                               "points, due and factor differ from those of the group's indicator "
                               "on line %" G_GUINT64_FORMAT,
                               head->line);
        break;
    }
    g_array_append_val(scheme->indicators, number);
    if (indicator->group_head == number)
        scheme->points = fraction_add(scheme->points, fraction_micros(indicator->points));
}

static void
read_indicator(RulesReader *reader)
{
    const Value *values = reader->values;
    guint32 scheme_number = rules_reader_scheme(reader, SCHEME);
    int method = rules_reader_choice(reader, METHOD, METHOD_WORDS, 3, -1);
    int no_patients = rules_reader_choice(reader, IF_NO_PATIENTS, IF_NO_PATIENTS_WORDS, 2, 0);
    int unit = rules_reader_choice(reader, UNIT, UNIT_WORDS, 2, 0);
    Indicator *indicator = g_new0(Indicator, 1);
    indicator->code = span_copy(values[INDICATOR].text);
    indicator->title = value_text(&values[TITLE]);
    indicator->source = value_text(&values[SOURCE]);
    indicator->scheme = scheme_number;
    indicator->points = values[POINTS].number;
    indicator->method = (Method)MAX(method, 0);
    indicator->has_floor = values[FLOOR].is_given;
    indicator->has_target = values[TARGET].is_given;
    indicator->floor = values[FLOOR].number;
    indicator->target = values[TARGET].number;
    indicator->steps = g_array_new(FALSE, FALSE, sizeof(Step));
    indicator->pays_without_patients = no_patients == 1;
    indicator->min_patients = values[MIN_PATIENTS].number;
    indicator->unit = (Unit)MAX(unit, 0);
    indicator->against = rules_reader_fact(reader, AGAINST);
    indicator->group = span_copy(values[GROUP].text);
    indicator->factor = rules_reader_fact(reader, FACTOR);
    indicator->line = reader->line;
    read_due(reader, indicator);
    check_threshold(reader, indicator, FLOOR);
    check_threshold(reader, indicator, TARGET);
    if (method >= 0)
        check_method(reader, indicator);
    guint32 number = reader->rules->indicators->len;
    g_ptr_array_add(reader->rules->indicators, indicator);
    if (scheme_number == CODE_NONE)
        return;
    Scheme *scheme = g_ptr_array_index(reader->rules->schemes, scheme_number);
    check_scheme(reader, indicator, scheme);
    if (!rules_add_item(reader->rules, ITEM_INDICATOR, scheme_number, values[INDICATOR].text,
                        &number)) {
        rules_reader_fault(reader, INDICATOR, "this indicator of the scheme is given twice");
        return;
    }
    join_group(reader, scheme, number);
}

/* An achievement scheme shares its value by points, so it needs some. */
static void
check_points(RulesReader *reader)
{
    const char *file = document_name(csv_table_document(reader->csv));
    for (guint s = 0; s < reader->rules->schemes->len; s++) {
        const Scheme *scheme = g_ptr_array_index(reader->rules->schemes, s);
        Span code = {scheme->code, strlen(scheme->code)};
        if (scheme->payment != PAYMENT_ACHIEVEMENT ||
            codes_find(reader->lost_items, code) != CODE_NONE)
            continue;
        if (scheme->indicators->len == 0)
            faults_add(reader->faults, FAULT_RULES, file, 0, NULL,
                       "the achievement scheme %s has no indicators", scheme->code);
        else if (!fraction_is_valid(scheme->points))
            faults_add(reader->faults, FAULT_RULES, file, 0, NULL,
                       "the points of the scheme %s are out of range", scheme->code);
        else if (scheme->points.num == 0)
            faults_add(reader->faults, FAULT_RULES, file, 0, NULL,
                       "the indicators of the scheme %s have no points", scheme->code);
    }
}

const RulesTable INDICATORS_TABLE = {"indicators.csv", INDICATOR_COLUMNS, COLUMNS,
                                     read_indicator,   check_points,      false};
