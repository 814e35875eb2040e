/* The sheet Rules: the rules as they were read. A part for each scheme, with its terms, and its
 * indicators or prices under them. Where a number of theirs stands is noted for the formulas of
 * other sheets. */
#include "pack/rules/words.h"
#include "report/figures/words.h"
#include "report/workbook/contracts.h"
#include "sheet/cursor.h"
#include "sheet/layout.h"

#include "base/poison.h"

#define FIRST_ROW 3

/* Behind the source stand columns that few rules use: they are there where one does. */
enum { COLUMN_LABEL, COLUMN_TITLE, COLUMN_FIRST, COLUMNS = 10, ALL_COLUMNS = RULES_AGAINST + 2 };

static const guint WIDTHS[ALL_COLUMNS] = {20, 52, 14, 14, 11, 11, 14, 14,
                                          14, 70, 12, 12, 14, 16, 16, 10};

/* What a cell is about: a scheme, and in the rows under its terms one of its indicators, with a
 * step if it has any, or prices. */
typedef struct {
    const Rules *rules;
    const Scheme *scheme;
    const Indicator *indicator;
    const Step *step;
    const Activity *activity;
    const Price *price;
    const Clause *clause;
    const Test *test;
    GString *scratch; /* for texts of cells that are made */
} Rule;

/* Terms of a scheme in words: each appends its own, or nothing where the rules say nothing. */

static void
say_delivered_by(const Rule *at, GString *text)
{
    const Scheme *scheme = at->scheme;
    for (guint type = 0; type < TYPE_COUNT; type++)
        if ((scheme->delivered_by & (1U << type)) != 0)
            g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", PROVIDER_TYPES[type]);
    g_string_append_printf(text, "; commissioned %s; measured by %s", scheme->commissioned,
                           scheme->measured_by);
}

static bool
has_value(const Scheme *scheme)
{
    return scheme->basis != BASIS_NONE && scheme->basis != BASIS_ANNUAL_VALUE;
}

/* A day that may be missing, with what stands before it. */
static void
append_day(GString *text, const char *before, Day day)
{
    if (day != DAY_NONE)
        g_string_append_printf(text, "%s%s", before, words_day(day).text);
}

static void
say_value(const Rule *at, GString *text)
{
    g_string_append(text, BASIS_WORDS[at->scheme->basis]);
    if (has_value(at->scheme)) {
        g_string_append(text, ", £");
        micros_append_rate(text, at->scheme->value);
    }
    append_day(text, ", list in force on ", at->scheme->list_date);
}

/* Points need no more words: their sum is the number. */
static void
say_points(const Rule *at, GString *text)
{
    if (at->scheme->indicators->len > 0)
        g_string_append_printf(text, "points of %u indicator%s", at->scheme->indicators->len,
                               text_plural(at->scheme->indicators->len));
}

static void
say_in_year(const Rule *at, GString *text)
{
    if (at->scheme->payment != PAYMENT_ACHIEVEMENT)
        return;
    g_string_append(text, "in-year share ");
    micros_append_rate(text, at->scheme->in_year_share);
    if (at->scheme->in_year_of != CODE_NONE)
        g_string_append_printf(text, " of the fact %s",
                               rules_fact_name(at->rules, at->scheme->in_year_of));
    g_string_append_printf(text, ", instalments a year %u, pro rata by %s",
                           at->scheme->instalment_months, PRO_RATA_WORDS[at->scheme->pro_rata]);
}

static void
say_rounding(const Rule *at, GString *text)
{
    g_string_append_printf(text, "rounding %s, recovery by %s",
                           ROUNDING_WORDS[at->scheme->rounding],
                           RECOVERY_WORDS[at->scheme->recovery]);
}

static void
say_claims(const Rule *at, GString *text)
{
    const Scheme *scheme = at->scheme;
    if (scheme->claim_months >= 0)
        g_string_append_printf(text, "received within %d month%s after the month",
                               scheme->claim_months, text_plural((guint64)scheme->claim_months));
    for (guint i = 0; i < scheme->exclusive->len; i++) {
        guint32 other = g_array_index(scheme->exclusive, guint32, i);
        if (i == 0)
            g_string_append(text, text->len > 0 ? "; " : "");
        g_string_append(text, i == 0 ? "not for a patient also under " : ", ");
        g_string_append(text, rules_scheme(at->rules, other)->code);
    }
}

static void
say_review(const Rule *at, GString *text)
{
    append_day(text, "from ", at->scheme->review_from);
    append_day(text, text->len > 0 ? " to " : "to ", at->scheme->review_to);
}

/* Of activity schemes: what parts of spans and facts go by. */
static void
say_spans(const Rule *at, GString *text)
{
    const Scheme *scheme = at->scheme;
    if (scheme->payment != PAYMENT_ACTIVITY)
        return;
    if (scheme->has_pro_rata)
        g_string_append_printf(text, "pro rata by %s", PRO_RATA_WORDS[scheme->pro_rata]);
    append_day(text, text->len > 0 ? ", facts in force on " : "facts in force on ",
               scheme->list_date);
}

/* Terms of one text. */
#define SAY(name, words)                                                                           \
    static void name(const Rule *at, GString *text)                                                \
    {                                                                                              \
        g_string_append(text, words);                                                              \
    }
SAY(say_payment, PAYMENT_WORDS[at->scheme->payment])
SAY(say_average, at->scheme->average_list > 0 ? "registered patients of an average practice" : "")
SAY(say_achieved_by, at->scheme->achieved_by == ACHIEVED_BY_NETWORK
                         ? "what all providers of the network achieve counts for each"
                         : "")
SAY(say_ledger_code, at->scheme->ledger_code)
SAY(say_paycode, at->scheme->paycode)
SAY(say_source, at->scheme->source)

#define GETTER(name, expression) FIELD_GETTER(Rule, name, expression)

/* A rate, if the rules give one. */
static Figure
rate_if(bool is_given, Micros rate)
{
    return is_given ? figure_rate(rate) : figure_empty();
}

/* Numbers of terms, as they were read. */
GETTER(value, rate_if(has_value(at->scheme), at->scheme->value))
GETTER(average, rate_if(at->scheme->average_list > 0, at->scheme->average_list))
GETTER(points, rate_if(contracts_points(at->scheme) > 0, contracts_points(at->scheme)))
GETTER(share, rate_if(at->scheme->payment == PAYMENT_ACHIEVEMENT, at->scheme->in_year_share))

static const struct {
    const char *label;
    void (*say)(const Rule *rule, GString *text);
    Figure (*number)(gconstpointer rule); /* NULL: it has none */
    StyleId style;
    gsize cell; /* in SchemeCells: where the number stands */
} TERMS[] = {
    {"Delivered by", say_delivered_by, NULL, STYLE_TEXT, 0},
    {"Paid by", say_payment, NULL, STYLE_TEXT, 0},
    {"Contract value", say_value, value, STYLE_RATE, offsetof(SchemeCells, value)},
    {"Average list", say_average, average, STYLE_DECIMAL, offsetof(SchemeCells, average)},
    {"Points", say_points, points, STYLE_DECIMAL, offsetof(SchemeCells, points)},
    {"Paid in the year", say_in_year, share, STYLE_DECIMAL, offsetof(SchemeCells, share)},
    {"Achievement", say_achieved_by, NULL, STYLE_TEXT, 0},
    {"Parts of spans", say_spans, NULL, STYLE_TEXT, 0},
    {"Rounding", say_rounding, NULL, STYLE_TEXT, 0},
    {"Claims", say_claims, NULL, STYLE_TEXT, 0},
    {"Review", say_review, NULL, STYLE_TEXT, 0},
    {"Ledger code", say_ledger_code, NULL, STYLE_TEXT, 0},
    {"Paycode", say_paycode, NULL, STYLE_TEXT, 0},
    {"Source", say_source, NULL, STYLE_TEXT, 0},
};

/* Columns of indicators and of prices. */
typedef struct {
    const char *heading;
    StyleId style; /* counts choose theirs themselves */
    Figure (*get)(gconstpointer rule);
} RuleColumn;

GETTER(code, figure_text(at->indicator->code))
GETTER(title, figure_text(at->indicator->title))
GETTER(indicator_points, figure_count(at->indicator->points))
GETTER(method, figure_text(METHOD_WORDS[at->indicator->method]))
GETTER(threshold_floor, rate_if(at->indicator->has_floor, at->indicator->floor))
GETTER(threshold_target, rate_if(at->indicator->has_target, at->indicator->target))
GETTER(step_reached, at->step != NULL ? figure_rate(at->step->reached) : figure_empty())
GETTER(step_pays, at->step != NULL ? figure_rate(at->step->pays) : figure_empty())
GETTER(nobody, figure_text(IF_NO_PATIENTS_WORDS[at->indicator->pays_without_patients]))
GETTER(indicator_source, figure_text(at->indicator->source))

static const RuleColumn INDICATOR_COLUMNS[COLUMNS] = {
    {"Indicator", STYLE_TEXT, code},
    {"Title", STYLE_WRAP, title},
    [RULES_NUMBER] = {"Points", STYLE_WHOLE, indicator_points},
    {"Method", STYLE_TEXT, method},
    [RULES_FLOOR] = {"Floor", STYLE_DECIMAL, threshold_floor},
    [RULES_TARGET] = {"Target", STYLE_DECIMAL, threshold_target},
    [RULES_STEP] = {"Steps: from", STYLE_DECIMAL, step_reached},
    [RULES_STEP_PAYS] = {"Steps: pay", STYLE_DECIMAL, step_pays},
    {"If no patients", STYLE_TEXT, nobody},
    {"Source", STYLE_WRAP, indicator_source},
};

/* What few indicators say. */

static Figure
due(gconstpointer record)
{
    const Rule *at = record;
    return at->indicator->due == DUE_MONTH ? figure_month(at->indicator->due_month)
                                           : figure_text(DUE_WORDS[at->indicator->due]);
}

/* The name of a fact, or nothing. */
static Figure
fact_name(const Rule *at, guint32 fact)
{
    return fact == CODE_NONE ? figure_empty() : figure_text(rules_fact_name(at->rules, fact));
}

GETTER(least, at->indicator->min_patients > 0 ? figure_whole((guint64)at->indicator->min_patients)
                                              : figure_empty())
GETTER(group, figure_text(at->indicator->group))
GETTER(factor, fact_name(at, at->indicator->factor))
GETTER(against, fact_name(at, at->indicator->against))
GETTER(unit, figure_text(UNIT_WORDS[at->indicator->unit]))

static const RuleColumn MORE_INDICATOR_COLUMNS[ALL_COLUMNS - COLUMNS] = {
    {"Least people", STYLE_WHOLE, least},   {"Due", STYLE_MONTH, due},
    {"Best of group", STYLE_TEXT, group},   {"Points × fact", STYLE_TEXT, factor},
    {"Less the fact", STYLE_TEXT, against}, {"Unit", STYLE_TEXT, unit},
};

/* Whether an indicator says any of it. */
static bool
says_more(const Indicator *indicator)
{
    return indicator->min_patients > 0 || indicator->due != DUE_YEAR_END ||
           indicator->group[0] != '\0' || indicator->factor != CODE_NONE ||
           indicator->against != CODE_NONE || indicator->unit != UNIT_SHARE;
}

static bool
scheme_says_more(const Rules *rules, const Scheme *scheme)
{
    for (guint i = 0; i < scheme->indicators->len; i++)
        if (says_more(rules_indicator(rules, g_array_index(scheme->indicators, guint32, i))))
            return true;
    return false;
}

static Figure
cap(int64_t most)
{
    return most >= 0 ? figure_whole((guint64)most) : figure_empty();
}

GETTER(activity_code, figure_text(at->activity->code))
GETTER(price_title, figure_text(at->price->title))
GETTER(price, figure_rate(at->price->price))
GETTER(counted, figure_text(at->activity->count == COUNT_FACT
                                ? rules_fact_name(at->rules, at->activity->fact)
                                : COUNT_WORDS[at->activity->count]))
GETTER(price_from, figure_day(at->price->from))
GETTER(price_to, figure_day(at->price->to))

/* "quarter, paid monthly", "episode, again after 2 months, dearest of FEES" */
static Figure
per(gconstpointer record)
{
    const Rule *at = record;
    const Activity *activity = at->activity;
    g_string_assign(at->scratch, PER_WORDS[activity->per]);
    if (!activity_is_claimed(activity))
        g_string_append_printf(at->scratch, ", paid %s", PAID_WORDS[activity->paid]);
    if (activity->per == PER_EPISODE)
        g_string_append_printf(at->scratch, ", again after %u months", activity->again_after);
    if (activity->group[0] != '\0')
        g_string_append_printf(at->scratch, ", dearest of %s", activity->group);
    return figure_text(at->scratch->str);
}

/* "0.12 × obesity a quarter"; the number alone where it is fixed and for a year. */
static Figure
year_cap(gconstpointer record)
{
    const Rule *at = record;
    const Activity *activity = at->activity;
    if (activity->cap_of == CODE_NONE && activity->cap_per == PER_YEAR)
        return cap(activity->cap);
    g_string_truncate(at->scratch, 0);
    words_append_cap(at->scratch, at->rules, activity);
    return figure_text(at->scratch->str);
}

GETTER(patient_cap, cap(at->activity->patient_cap))
GETTER(price_source, figure_text(at->price->source))

static const RuleColumn PRICE_COLUMNS[COLUMNS] = {
    {"Activity", STYLE_TEXT, activity_code},
    {"Title", STYLE_WRAP, price_title},
    [RULES_NUMBER] = {"Price", STYLE_RATE, price},
    {"Counted", STYLE_TEXT, counted},
    {"From", STYLE_DAY, price_from},
    {"To", STYLE_DAY, price_to},
    {"Once a patient and …", STYLE_TEXT, per},
    {"Cap a year", STYLE_WHOLE, year_cap},
    {"Cap a patient", STYLE_WHOLE, patient_cap},
    {"Source", STYLE_WRAP, price_source},
};

GETTER(clause_code, figure_text(at->clause->code))
GETTER(clause_title, figure_text(at->clause->title))
GETTER(pounds, rate_if(at->clause->test == NULL && at->clause->indicator == CODE_NONE &&
                           at->clause->other_scheme == CODE_NONE,
                       at->clause->amount.pounds))
GETTER(limit, figure_text(LIMIT_WORDS[at->clause->limit]))
GETTER(clause_per, figure_text(PER_WORDS[at->clause->per]))
GETTER(clause_source, figure_text(at->clause->source))
GETTER(clause_is, figure_text(at->clause->is))

/* What a clause is about beside pounds: the fact that they are for each of, an indicator, or
 * another scheme. */
static Figure
clause_of(gconstpointer record)
{
    const Rule *at = record;
    const Clause *clause = at->clause;
    if (clause->indicator != CODE_NONE)
        return figure_text(rules_indicator(at->rules, clause->indicator)->code);
    if (clause->other_scheme != CODE_NONE)
        return figure_text(rules_scheme(at->rules, clause->other_scheme)->code);
    return fact_name(at, clause->amount.fact);
}

static Figure
tests_needed(gconstpointer record)
{
    const Rule *at = record;
    if (at->clause->test == NULL)
        return figure_empty();
    return figure_whole(at->clause->test->kind == TEST_SOME ? at->clause->test->least : 1);
}

/* "FLU >=", "scheme QIF". */
static Figure
test_asks(gconstpointer record)
{
    const Rule *at = record;
    const Test *test = at->test;
    if (test == NULL)
        return figure_empty();
    const char *subject =
        test->kind == TEST_INDICATOR  ? rules_indicator(at->rules, test->subject)->code
        : test->kind == TEST_ACTIVITY ? rules_activity(at->rules, test->subject)->code
        : test->kind == TEST_FACT     ? rules_fact_name(at->rules, test->subject)
                                      : rules_scheme(at->rules, test->subject)->code;
    if (test->kind == TEST_SCHEME)
        g_string_printf(at->scratch, "scheme %s", subject);
    else
        g_string_printf(at->scratch, "%s %s", subject, COMPARISON_WORDS[test->comparison]);
    return figure_text(at->scratch->str);
}

static Figure
test_number(gconstpointer record)
{
    const Rule *at = record;
    bool has_number = at->test != NULL && at->test->kind != TEST_SCHEME;
    return has_number ? figure_rate(at->test->number) : figure_empty();
}

static const RuleColumn CLAUSE_COLUMNS[COLUMNS] = {
    {"Clause", STYLE_TEXT, clause_code},
    {"Title", STYLE_WRAP, clause_title},
    [RULES_NUMBER] = {"Pounds", STYLE_RATE, pounds},
    {"Limit", STYLE_TEXT, limit},
    {"Of", STYLE_TEXT, clause_of},
    {"Per", STYLE_TEXT, clause_per},
    [RULES_TESTS] = {"Tests to meet", STYLE_WHOLE, tests_needed},
    {"Test", STYLE_TEXT, test_asks},
    [RULES_TEST_NUMBER] = {"Number", STYLE_DECIMAL, test_number},
    {"Source", STYLE_WRAP, clause_source},
};
static const RuleColumn MORE_CLAUSE_COLUMNS[1] = {{"As written", STYLE_TEXT, clause_is}};

/* Headings from a column of the sheet on. */
static void
put_headings(Cursor *cursor, guint at, const RuleColumn *columns, guint count)
{
    for (guint c = 0; c < count; c++)
        cursor_text(cursor, at + c, columns[c].heading, style_heading(columns[c].style));
}

/* The cells of some columns that stand from a column of the sheet on: those from first to last;
 * those before and after are empty. */
static void
put_cells(Cursor *cursor, guint at, const RuleColumn *columns, guint count, const Rule *rule,
          guint first, guint last)
{
    for (guint c = 0; c < count; c++) {
        Cell cell = cell_of(figure_text(""), STYLE_TEXT);
        if (c >= first && c <= last)
            cell = cell_of(columns[c].get(rule), columns[c].style);
        if (cell.figure.kind == FIGURE_COUNT)
            cell = cell_count(cell.figure.micros);
        cursor_cell(cursor, at + c, &cell);
    }
}

static SchemeCells
write_terms(Cursor *cursor, const Rule *rule)
{
    SchemeCells cells = {.first = cursor->row};
    g_autofree char *name = g_strdup_printf("%s: %s", rule->scheme->code, rule->scheme->title);
    cursor_text(cursor, COLUMN_LABEL, name, STYLE_SECTION);
    cursor_next(cursor);
    for (guint i = 0; i < G_N_ELEMENTS(TERMS); i++) {
        g_autoptr(GString) words = g_string_new(NULL);
        TERMS[i].say(rule, words);
        if (words->len == 0)
            continue;
        cursor_text(cursor, COLUMN_LABEL, TERMS[i].label, STYLE_MUTED);
        cursor_text(cursor, COLUMN_TITLE, words->str, STYLE_TEXT);
        Figure number = TERMS[i].number != NULL ? TERMS[i].number(rule) : figure_empty();
        if (number.kind != FIGURE_EMPTY) {
            G_STRUCT_MEMBER(guint, &cells, TERMS[i].cell) = cursor->row;
            cursor_figure(cursor, COLUMN_FIRST, number, TERMS[i].style);
            cursor_fill(cursor, COLUMN_FIRST + 1, COLUMNS - 1, STYLE_TEXT);
        }
        cursor_next(cursor);
    }
    return cells;
}

/* An indicator, its first step beside it, and other steps on rows of their own. */
static void
write_indicator(Workbook *workbook, Cursor *cursor, Rule *rule, guint32 number)
{
    rule->indicator = rules_indicator(rule->rules, number);
    const GArray *steps = rule->indicator->steps;
    rule->step = steps->len > 0 ? &g_array_index(steps, Step, 0) : NULL;
    g_array_index(workbook->indicator_row, guint, number) = cursor->row;
    put_cells(cursor, 0, INDICATOR_COLUMNS, COLUMNS, rule, 0, COLUMNS - 1);
    if (scheme_says_more(rule->rules, rule->scheme))
        put_cells(cursor, COLUMNS, MORE_INDICATOR_COLUMNS, G_N_ELEMENTS(MORE_INDICATOR_COLUMNS),
                  rule, 0, COLUMNS);
    cursor_next(cursor);
    for (guint i = 1; i < steps->len; i++) {
        rule->step = &g_array_index(steps, Step, i);
        put_cells(cursor, 0, INDICATOR_COLUMNS, COLUMNS, rule, RULES_STEP, RULES_STEP_PAYS);
        cursor_next(cursor);
    }
}

static void
write_activity(Workbook *workbook, Cursor *cursor, Rule *rule, guint32 number)
{
    rule->activity = rules_activity(rule->rules, number);
    for (guint p = 0; p < rule->activity->prices->len; p++) {
        rule->price = &g_array_index(rule->activity->prices, Price, p);
        g_hash_table_insert(workbook->rule_row, (gpointer)rule->price,
                            GUINT_TO_POINTER(cursor->row));
        put_cells(cursor, 0, PRICE_COLUMNS, COLUMNS, rule, 0, COLUMNS - 1);
        cursor_next(cursor);
    }
}

/* A clause, its first test beside it, and other tests on rows of their own. */
static void
write_clause(Workbook *workbook, Cursor *cursor, Rule *rule, guint32 number)
{
    rule->clause = rules_clause(rule->rules, number);
    const Test *test = rule->clause->test;
    bool is_some = test != NULL && test->kind == TEST_SOME;
    guint count = is_some ? test->tests->len : test != NULL ? 1 : 0;
    g_hash_table_insert(workbook->rule_row, (gpointer)rule->clause, GUINT_TO_POINTER(cursor->row));
    for (guint i = 0; i < MAX(count, 1); i++) {
        rule->test = is_some ? g_ptr_array_index(test->tests, i) : test;
        if (rule->test != NULL)
            g_hash_table_insert(workbook->rule_row, (gpointer)rule->test,
                                GUINT_TO_POINTER(cursor->row));
        put_cells(cursor, 0, CLAUSE_COLUMNS, COLUMNS, rule, i == 0 ? 0 : RULES_TESTS + 1,
                  i == 0 ? COLUMNS - 1 : RULES_TEST_NUMBER);
        if (i == 0)
            put_cells(cursor, COLUMNS, MORE_CLAUSE_COLUMNS, G_N_ELEMENTS(MORE_CLAUSE_COLUMNS), rule,
                      0, 0);
        cursor_next(cursor);
    }
}

static void
write_scheme(Workbook *workbook, Cursor *cursor, Rule *rule)
{
    const Scheme *scheme = rule->scheme;
    SchemeCells cells = write_terms(cursor, rule);
    g_array_append_val(workbook->scheme_cells, cells);
    if (scheme->indicators->len > 0) {
        put_headings(cursor, 0, INDICATOR_COLUMNS, COLUMNS);
        if (scheme_says_more(rule->rules, scheme))
            put_headings(cursor, COLUMNS, MORE_INDICATOR_COLUMNS,
                         G_N_ELEMENTS(MORE_INDICATOR_COLUMNS));
        cursor_next(cursor);
    }
    for (guint i = 0; i < scheme->indicators->len; i++)
        write_indicator(workbook, cursor, rule, g_array_index(scheme->indicators, guint32, i));
    if (scheme->activities->len > 0) {
        put_headings(cursor, 0, PRICE_COLUMNS, COLUMNS);
        cursor_next(cursor);
    }
    for (guint i = 0; i < scheme->activities->len; i++)
        write_activity(workbook, cursor, rule, g_array_index(scheme->activities, guint32, i));
    if (scheme->clauses->len > 0) {
        put_headings(cursor, 0, CLAUSE_COLUMNS, COLUMNS);
        put_headings(cursor, COLUMNS, MORE_CLAUSE_COLUMNS, G_N_ELEMENTS(MORE_CLAUSE_COLUMNS));
        cursor_next(cursor);
    }
    for (guint i = 0; i < scheme->clauses->len; i++)
        write_clause(workbook, cursor, rule, g_array_index(scheme->clauses, guint32, i));
}

/* How many columns the sheet has: some of few rules, and what clauses say as it is written. */
static guint
columns_used(const Rules *rules)
{
    guint used = COLUMNS;
    for (guint s = 0; s < rules_scheme_count(rules); s++) {
        const Scheme *scheme = rules_scheme(rules, s);
        if (scheme->clauses->len > 0)
            used = MAX(used, COLUMNS + (guint)G_N_ELEMENTS(MORE_CLAUSE_COLUMNS));
        if (scheme_says_more(rules, scheme))
            used = ALL_COLUMNS;
    }
    return used;
}

static void
write_documents(Cursor *cursor, const Rules *rules)
{
    cursor_text(cursor, COLUMN_LABEL, "Files of the rules", STYLE_SECTION);
    cursor_next(cursor);
    for (guint i = 0; i < rules->documents->len; i++) {
        const Document *document = g_ptr_array_index(rules->documents, i);
        /* Where the folder lies is nobody's business: the same rules give the same bytes. */
        g_autofree char *name = g_path_get_basename(document_name(document));
        cursor_text(cursor, COLUMN_LABEL, name, STYLE_TEXT);
        cursor_text(cursor, COLUMN_TITLE, document_digest(document), STYLE_MONO);
        cursor_next(cursor);
    }
}

void
workbook_fill_rules(Workbook *workbook)
{
    const Rules *rules = workbook->result->pack->rules;
    g_autoptr(GString) heading = g_string_new("Rules: ");
    year_append(heading, rules->year);
    cursor_title(workbook->book, workbook->rules, heading->str,
                 "The rules this run was worked out by, as read, each with the paper and clause it "
                 "comes from. The formulas of the other sheets read these cells.");
    g_autoptr(GString) scratch = g_string_new(NULL);
    Cursor cursor =
        cursor_new(workbook->book, workbook->rules, FIRST_ROW, WIDTHS, columns_used(rules));
    for (guint s = 0; s < rules_scheme_count(rules); s++) {
        Rule rule = {.rules = rules, .scheme = rules_scheme(rules, s), .scratch = scratch};
        write_scheme(workbook, &cursor, &rule);
        cursor.row++;
    }
    write_documents(&cursor, rules);
    layout_zoom(workbook->rules, 90);
}
