/* limits.csv: clauses on what the contracts of a scheme earn. */
#include "pack/rules/limits.h"

#include <string.h>

#include "pack/rules/clause_read.h"
#include "pack/rules/words.h"

#include "base/poison.h"

enum { SCHEME, CLAUSE, TITLE, LIMIT, IS, PER, SOURCE, COLUMNS };

static const Column LIMIT_COLUMNS[COLUMNS] = {
    [SCHEME] = {"scheme", COLUMN_CODE, true},  [CLAUSE] = {"clause", COLUMN_CODE, true},
    [TITLE] = {"title", COLUMN_PROSE, true},   [LIMIT] = {"limit", COLUMN_TEXT, true},
    [IS] = {"is", COLUMN_TEXT, true},          [PER] = {"per", COLUMN_TEXT, false},
    [SOURCE] = {"source", COLUMN_PROSE, true},
};

/* Reads the column `is` of a clause; what is wrong with it goes into *fault. */
typedef void (*IsFunc)(const RulesReader *reader, Clause *clause, GString *fault);

static Span
is_of(const RulesReader *reader)
{
    return reader->values[IS].text;
}

static void
read_test(const RulesReader *reader, Clause *clause, GString *fault)
{
    clause->test = clause_read_test(reader, clause->scheme, is_of(reader), fault);
}

static void
read_amount(const RulesReader *reader, Clause *clause, GString *fault)
{
    (void)clause_read_amount(reader, is_of(reader), &clause->amount, fault);
}

/* A pot is one for all contracts, so it cannot follow a fact of one. */
static void
read_pot(const RulesReader *reader, Clause *clause, GString *fault)
{
    if (clause_read_amount(reader, is_of(reader), &clause->amount, fault) &&
        clause->amount.fact != CODE_NONE)
        g_string_append(fault, "a pot is pounds alone, and follows no fact");
}

static void
read_indicator(const RulesReader *reader, Clause *clause, GString *fault)
{
    const Scheme *scheme = rules_scheme(reader->rules, clause->scheme);
    Span code = {scheme->code, strlen(scheme->code)};
    clause->indicator =
        rules_find_item(reader->rules, ITEM_INDICATOR, clause->scheme, is_of(reader));
    if (clause->indicator != CODE_NONE || codes_find(reader->lost_items, code) != CODE_NONE)
        return;
    text_append_quoted(fault, is_of(reader));
    g_string_append(fault, " is not an indicator of the scheme");
}

/* Less an amount, or what an earlier scheme has earned. */
static void
read_less(const RulesReader *reader, Clause *clause, GString *fault)
{
    if (!clause_names_scheme(is_of(reader))) {
        read_amount(reader, clause, fault);
        return;
    }
    clause->other_scheme = clause_read_scheme(reader, is_of(reader), fault);
    if (clause->other_scheme == CODE_NONE)
        return;
    if (clause->other_scheme >= clause->scheme)
        g_string_append_printf(fault, "%s does not stand before this scheme in schemes.csv",
                               rules_scheme(reader->rules, clause->other_scheme)->code);
    else if (clause->per != PER_YEAR)
        rules_reader_fault(reader, PER, "is not year, and what another scheme has earned is");
}

static const IsFunc READERS[LIMIT_COUNT] = {
    [LIMIT_ONLY_IF] = read_test,   [LIMIT_TIMES] = read_indicator,
    [LIMIT_LESS] = read_less,      [LIMIT_ON_ACCOUNT] = read_amount,
    [LIMIT_AT_MOST] = read_amount, [LIMIT_AT_LEAST] = read_amount,
    [LIMIT_KEEP_IF] = read_test,   [LIMIT_POT] = read_pot,
    [LIMIT_WHOLE_POT] = read_pot,
};

/* The code is the clause's alone: lines and exceptions name it where they name other items. */
static void
check_code(const RulesReader *reader, guint32 scheme, guint32 number)
{
    static const struct {
        ItemKind kind;
        const char *what;
    } OTHERS[] = {{ITEM_INDICATOR, "an indicator"}, {ITEM_ACTIVITY, "an activity"}};
    Span code = reader->values[CLAUSE].text;
    for (guint i = 0; i < G_N_ELEMENTS(OTHERS); i++)
        if (rules_find_item(reader->rules, OTHERS[i].kind, scheme, code) != CODE_NONE)
            rules_reader_fault(reader, CLAUSE, "is the code of %s of the scheme, too",
                               OTHERS[i].what);
    if (!rules_add_item(reader->rules, ITEM_CLAUSE, scheme, code, &number))
        rules_reader_fault(reader, CLAUSE, "this clause of the scheme is given twice");
}

/* What a span may be, by scheme, limit and the scheme's tariffs. */
static void
check_span(const RulesReader *reader, const Clause *clause, const Scheme *scheme)
{
    if (clause->per != PER_YEAR && scheme->payment == PAYMENT_ACHIEVEMENT)
        rules_reader_fault(reader, PER, "is not year, the only one in an achievement scheme");
    else if (clause->per != PER_YEAR && clause_is_pot(clause))
        rules_reader_fault(reader, PER, "is not year, the only one for a pot");
    for (guint i = 0; i < scheme->activities->len; i++) {
        const Activity *activity =
            rules_activity(reader->rules, g_array_index(scheme->activities, guint32, i));
        if (activity_is_claimed(activity) || activity->per == PER_EPISODE ||
            activity->per <= clause->per)
            continue;
        rules_reader_fault(reader, PER, "%s is finer than the %s in which %s is paid once",
                           PER_WORDS[clause->per], PER_WORDS[activity->per], activity->code);
        return;
    }
}

/* What a clause may be, after those before it. */
static void
check_order(const RulesReader *reader, const Clause *clause, const Scheme *scheme)
{
    if (scheme->clauses->len == 0)
        return;
    const Clause *before = rules_clause(
        reader->rules, g_array_index(scheme->clauses, guint32, scheme->clauses->len - 1));
    if (clause->per < before->per)
        rules_reader_fault(reader, PER, "%s is finer than the %s of the clause before it",
                           PER_WORDS[clause->per], PER_WORDS[before->per]);
    if (clause_is_pot(before))
        rules_reader_fault(reader, LIMIT, "comes after a pot, which is a scheme's last clause");
}

static Clause *
new_clause(const RulesReader *reader, guint32 scheme, int limit, int per)
{
    const Value *values = reader->values;
    Clause *clause = g_new0(Clause, 1);
    clause->code = span_copy(values[CLAUSE].text);
    clause->title = value_text(&values[TITLE]);
    clause->source = value_text(&values[SOURCE]);
    clause->is = value_text(&values[IS]);
    clause->scheme = scheme;
    clause->limit = (Limit)limit;
    clause->per = (PatientSpan)(per + 1);
    clause->indicator = CODE_NONE;
    clause->other_scheme = CODE_NONE;
    clause->amount.fact = CODE_NONE;
    clause->line = reader->line;
    return clause;
}

static void
read_clause(RulesReader *reader)
{
    guint32 number = rules_reader_scheme(reader, SCHEME);
    int limit = rules_reader_choice(reader, LIMIT, LIMIT_WORDS, LIMIT_COUNT, -1);
    int per = rules_reader_choice(reader, PER, PER_WORDS + 1, 4, PER_YEAR - 1);
    if (number == CODE_NONE || limit < 0 || per < 0)
        return;
    Scheme *scheme = g_ptr_array_index(reader->rules->schemes, number);
    Clause *clause = new_clause(reader, number, limit, per);
    g_autoptr(GString) fault = g_string_new(NULL);
    guint32 added = reader->rules->clauses->len;
    g_ptr_array_add(reader->rules->clauses, clause);
    check_code(reader, number, added);
    check_span(reader, clause, scheme);
    check_order(reader, clause, scheme);
    if (clause->limit == LIMIT_KEEP_IF && scheme->payment != PAYMENT_ACHIEVEMENT)
        rules_reader_fault(reader, LIMIT,
                           "keep-if is for achievement schemes, and this one is paid by activity");
    READERS[limit](reader, clause, fault);
    if (fault->len > 0)
        rules_reader_fault(reader, IS, "%s", fault->str);
    g_array_append_val(scheme->clauses, added);
}

const RulesTable LIMITS_TABLE = {"limits.csv", LIMIT_COLUMNS, COLUMNS, read_clause, NULL, true};
