/* indicators.csv: what an achievement scheme measures, and how achievement becomes a fraction. */
#include "pack/rules_indicators.h"

#include <string.h>

#include "base/decimal.h"

#include "pack/words.h"

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
    SOURCE,
    COLUMNS
};

static const Column INDICATOR_COLUMNS[COLUMNS] = {
    [SCHEME] = {"scheme", COLUMN_CODE, true},
    [INDICATOR] = {"indicator", COLUMN_CODE, true},
    [TITLE] = {"title", COLUMN_PROSE, true},
    [POINTS] = {"points", COLUMN_RATE, true},
    [METHOD] = {"method", COLUMN_TEXT, true},
    [FLOOR] = {"floor", COLUMN_SHARE, false},
    [TARGET] = {"target", COLUMN_SHARE, false},
    [STEPS] = {"steps", COLUMN_TEXT, false},
    [IF_NO_PATIENTS] = {"if_no_patients", COLUMN_TEXT, false},
    [SOURCE] = {"source", COLUMN_PROSE, true},
};

#define THRESHOLD_ABOVE_1 "a threshold is from 0 to 1: write 0.40 or 40%"

/* "0.60:0.5" */
static bool
read_step(const char *text, Step *step)
{
    const char *colon = strchr(text, ':');
    if (colon == NULL)
        return false;
    Span reached = span_trim((Span){text, (gsize)(colon - text)});
    Span pays = span_trim((Span){colon + 1, strlen(colon + 1)});
    return decimal_read_share(reached.text, reached.length, &step->reached) &&
           decimal_read_share(pays.text, pays.length, &step->pays);
}

/* "0.60:0.5|0.70:0.75|0.80:1", ascending, none above 1. */
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
        guint count = indicator->steps->len;
        if (count > 0 && step.reached <= g_array_index(indicator->steps, Step, count - 1).reached)
            rules_reader_fault(reader, STEPS, "the steps do not ascend");
        if (step.pays > MICROS_PER_UNIT)
            rules_reader_fault(reader, STEPS, "a step pays more than 1");
        if (step.reached > MICROS_PER_UNIT)
            rules_reader_fault(reader, STEPS, "%s", THRESHOLD_ABOVE_1);
        g_array_append_val(indicator->steps, step);
    }
}

static void
check_threshold(const RulesReader *reader, int column)
{
    if (reader->values[column].number > MICROS_PER_UNIT)
        rules_reader_fault(reader, column, "%s", THRESHOLD_ABOVE_1);
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

static void
read_indicator(RulesReader *reader)
{
    const Value *values = reader->values;
    guint32 scheme_number = rules_reader_scheme(reader, SCHEME);
    int method = rules_reader_choice(reader, METHOD, METHOD_WORDS, 3, -1);
    int no_patients = rules_reader_choice(reader, IF_NO_PATIENTS, IF_NO_PATIENTS_WORDS, 2, 0);
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
    indicator->line = reader->line;
    check_threshold(reader, FLOOR);
    check_threshold(reader, TARGET);
    if (method >= 0)
        check_method(reader, indicator);
    guint32 number = reader->rules->indicators->len;
    g_ptr_array_add(reader->rules->indicators, indicator);
    if (scheme_number == CODE_NONE)
        return;
    Scheme *scheme = g_ptr_array_index(reader->rules->schemes, scheme_number);
    if (scheme->payment != PAYMENT_ACHIEVEMENT) {
        rules_reader_fault(reader, SCHEME, "this scheme is paid by activity and has no indicators");
        return;
    }
    if (!rules_add_item(reader->rules, scheme_number, values[INDICATOR].text, &number)) {
        rules_reader_fault(reader, INDICATOR, "this indicator of the scheme is given twice");
        return;
    }
    g_array_append_val(scheme->indicators, number);
    scheme->points = fraction_add(scheme->points, fraction_micros(indicator->points));
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
