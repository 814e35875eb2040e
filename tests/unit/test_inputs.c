/* The input folder: kinds of files, the register and its history, participation, lists, payments,
 * and all that refuses a run, at its place. */
#include "support.h"

#include <glib/gstdio.h>
#include <string.h>

#include "pack/value.h"

#define ACTIVITY_ALL                                                                               \
    "month,scheme,provider,activity,patient_ref,activity_date,quantity,submission,received\n"

static Case *
good_case(void)
{
    return case_of_activity("S,T,T,quantity,,10,2025-04-01,,,,x\n");
}

static void
files_are_told_apart_by_the_beginning_of_their_paths(void)
{
    static const struct {
        const char *file, *text;
        bool is_known;
    } CASES[] = {
        {"activity.csv", ACTIVITY, true},       {"activity-2025-09.csv", ACTIVITY, true},
        {"activity.2025.csv", ACTIVITY, true},  {"activity/2025-09.csv", ACTIVITY, true},
        {"activity/a/b/c.CSV", ACTIVITY, true}, {"activity-x/providers.csv", ACTIVITY, true},
        {"activity.Csv", ACTIVITY, true},       {"claims.csv", ACTIVITY, false},
        {"Activity.csv", ACTIVITY, false},      {"activity_2025.csv", ACTIVITY, false},
        {"activity 2025.csv", ACTIVITY, false}, {"2025-09/activity.csv", ACTIVITY, false},
        {"activities.csv", ACTIVITY, false},    {"-activity.csv", ACTIVITY, false},
        {".activity.csv", ACTIVITY, false},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(Case) c = good_case();
        case_input(c, CASES[i].file, CASES[i].text);
        g_test_message("%s", CASES[i].file);
        g_assert_cmpint(case_run(c, "2025-09"), ==, CASES[i].is_known);
        if (!CASES[i].is_known)
            g_assert_cmpstr(case_fault_places(c), ==,
                            strchr(CASES[i].file, '/') == NULL ? CASES[i].file : "activity.csv");
    }
}

static void
other_files_are_named_in_a_warning(void)
{
    g_autoptr(Case) c = good_case();
    case_input(c, "notes.txt", "x");
    case_input(c, "activity/readme.md", "x");
    g_assert_true(case_run(c, "2025-09"));
    g_assert_nonnull(strstr(case_warnings(c), "notes.txt: "));
    g_assert_nonnull(strstr(case_warnings(c), "activity/readme.md: "));
}

static void
folders_that_cannot_be_used(void)
{
    g_autoptr(Case) c = good_case();
    g_autofree char *inputs = g_build_filename(c->folder, "inputs", NULL);
    g_autofree char *aside = g_build_filename(c->folder, "aside", NULL);
    g_assert_cmpint(g_rename(inputs, aside), ==, 0);
    g_assert_false(case_run(c, "2025-09"));
    g_assert_error(c->error, SP_ERROR, SP_ERROR_NO_INPUT);
    g_assert_true(g_file_set_contents(inputs, "x", 1, NULL));
    g_assert_false(case_run(c, "2025-09"));
    g_assert_error(c->error, SP_ERROR, SP_ERROR_NO_INPUT);
    g_assert_cmpint(g_unlink(inputs), ==, 0);
    g_assert_cmpint(g_mkdir(inputs, 0700), ==, 0);
    g_assert_false(case_run(c, "2025-09"));
    g_assert_error(c->error, SP_ERROR, SP_ERROR_INPUT);
}

typedef struct {
    const char *what, *file, *text, *places;
} Refusal;

#define P PARTICIPATION "S,A,2025-04-01,,\n"
#define R "provider,name,type,pcn,payee,from,to\n"
#define REGISTER R "A,A,practice,,,,\nB,B,practice,,,,\nC,C,practice,,,,\n"

static void
faults_refuse_the_run_at_their_place(void)
{
    static const Refusal CASES[] = {
        {"type in capitals", "providers.csv", PROVIDERS "D,D,Practice\n", "providers.csv:5:type"},
        {"no name", "providers.csv", PROVIDERS "D,,practice\n", "providers.csv:5:name"},
        {"provider not a code", "providers.csv", PROVIDERS "D/1,D,practice\n",
         "providers.csv:5:provider"},
        {"payee and pcn not codes", "providers.csv", REGISTER "D,D,practice,U1.,a:b,,\n",
         "providers.csv:5:payee providers.csv:5:pcn"},
        {"from after to", "providers.csv", REGISTER "D,D,practice,,,2025-04-02,2025-04-01\n",
         "providers.csv:5:to"},
        {"history overlaps on a day", "providers.csv",
         REGISTER "D,D,practice,,,,2025-04-02\nD,D,pcn,,,2025-04-02,\n", "providers.csv:6:from"},
        {"two rows of one provider", "providers.csv", PROVIDERS "A,A,practice\n",
         "providers.csv:5:from"},
        {"no from", "participation.csv", P "S,B,,,\n", "participation.csv:3:from"},
        {"a date that is none", "participation.csv", P "S,B,2025-02-30,,\n",
         "participation.csv:3:from"},
        {"unknown scheme", "participation.csv", P "Z,B,2025-04-01,,\n",
         "participation.csv:3:scheme"},
        {"unknown provider", "participation.csv", P "S,Z,2025-04-01,,\n",
         "participation.csv:3:provider"},
        {"spells overlap on a day", "participation.csv",
         P "S,B,2025-04-01,2025-05-01,\nS,B,2025-05-01,,\n", "participation.csv:4:from"},
        {"open spells overlap", "participation.csv", P "S,B,2025-04-01,,\nS,B,2025-03-01,,\n",
         "participation.csv:4:from"},
        {"spell backwards", "participation.csv", P "S,B,2025-04-02,2025-04-01,\n",
         "participation.csv:3:to"},
        {"annual value below 0", "participation.csv", P "S,B,2025-04-01,,-1\n",
         "participation.csv:3:annual_value"},
        {"list of words", "list_sizes.csv", LISTS "A,2025-04-01,many,\n",
         "list_sizes.csv:2:registered"},
        {"list with commas where they do not belong", "list_sizes.csv",
         LISTS "A,2025-04-01,\"88,27\",\n", "list_sizes.csv:2:registered"},
        {"list of halves", "list_sizes.csv", LISTS "A,2025-04-01,8827.5,\n",
         "list_sizes.csv:2:registered"},
        {"no list", "list_sizes.csv", LISTS "A,2025-04-01,,5\n", "list_sizes.csv:2:registered"},
        {"two lists for a day", "list_sizes.csv", LISTS "A,2025-04-01,1,\nA,01/04/2025,1,\n",
         "list_sizes.csv:3:as_at"},
        {"payment of three decimals", "payments_before.csv", BEFORE "S,A,2025-04,1.001\n",
         "payments_before.csv:2:amount"},
        {"payment outside the year", "payments_before.csv", BEFORE "S,A,2025-03,1\n",
         "payments_before.csv:2:month"},
        {"payment of no contract", "payments_before.csv", BEFORE "S,Z,2025-04,1\n",
         "payments_before.csv:2:provider"},
        {"adjustment without reason", "adjustments.csv", ADJUSTMENTS "S,A,2025-04,1,,me\n",
         "adjustments.csv:2:reason"},
        {"adjustment without authority", "adjustments.csv", ADJUSTMENTS "S,A,2025-04,1,why,\n",
         "adjustments.csv:2:authorised_by"},
        {"adjustment outside the year", "adjustments.csv", ADJUSTMENTS "S,A,2026-04,1,why,me\n",
         "adjustments.csv:2:month"},
        {"every one of them", "adjustments.csv",
         ADJUSTMENTS "S,A,2026-04,x,why,me\nS,Z,2025-04,1,why,\nS,A,2025-04,+1,w,m\n",
         "adjustments.csv:2:amount adjustments.csv:3:authorised_by adjustments.csv:4:amount"},
        {"activity without a column", "activity.csv", "month,scheme,provider,activity\n",
         "activity.csv:1:quantity"},
        {"a quote never closed", "activity.csv", ACTIVITY "2025-04,S,A,T,\"p,,1\n",
         "activity.csv:2:patient_ref"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(Case) c = good_case();
        case_input(c, CASES[i].file, CASES[i].text);
        g_test_message("%s", CASES[i].what);
        g_assert_cmpint(case_run(c, "2025-09"), ==, CASES[i].places[0] == '\0');
        g_assert_cmpstr(case_fault_places(c), ==, CASES[i].places);
        if (c->error != NULL)
            g_assert_error(c->error, SP_ERROR, SP_ERROR_INPUT);
    }
}

/* Which row of the history holds: on the last day of the month; else the last that began before
 * it; else the first. */
static void
the_register_of_a_run(void)
{
    static const struct {
        const char *period, *payee;
    } CASES[] = {{"2025-04", "FIRST"},   {"2025-05", "FIRST"},  {"2025-06", "FIRST"},
                 {"2025-07", "SECOND"},  {"2025-08", "SECOND"}, {"2025-12", "THIRD"},
                 {"2025-26-YE", "THIRD"}};
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(Case) c = good_case();
        case_input(c, "participation.csv", PARTICIPATION "S,A,2025-04-01,,\n");
        case_input(c, "providers.csv",
                   R
                   "A,A,practice,,SECOND,2025-07-31,2025-08-30\n"
                   "A,A,practice,,THIRD,2025-10-01,\nA,A,practice,,FIRST,2025-05-01,2025-05-31\n");
        g_assert_true(case_run(c, CASES[i].period));
        g_assert_cmpstr(register_provider(c->pack->reg, 0)->in_force->payee, ==, CASES[i].payee);
    }
}

static void
the_payee_is_the_provider_where_none_is_given(void)
{
    g_autoptr(Case) c = good_case();
    g_assert_true(case_run(c, "2025-09"));
    g_assert_cmpstr(register_provider(c->pack->reg, 1)->in_force->payee, ==, "B");
}

static void
payees_do_not_differ_in_case_alone(void)
{
    g_autoptr(Case) c = good_case();
    case_input(c, "providers.csv", PROVIDERS "a,Small,practice\n");
    g_assert_false(case_run(c, "2025-09"));
    g_assert_cmpuint(faults_count(c->faults, FAULT_INPUT), ==, 1);
    case_input(c, "providers.csv", R "A,A,practice,,X,,\nB,B,practice,,X,,\nC,C,practice,,Y,,\n");
    g_assert_true(case_run(c, "2025-09"));
}

/* The type is that of the run: a provider that becomes a network later does not refuse earlier
 * runs. */
static void
a_scheme_is_delivered_by_the_type_of_the_run(void)
{
    g_autoptr(Case) c = good_case();
    case_input(c, "participation.csv", PARTICIPATION "S,A,2025-04-01,,\n");
    case_input(c, "providers.csv", R "A,A,practice,,,,2025-09-29\nA,A,pcn,,,2025-09-30,\n");
    g_assert_true(case_run(c, "2025-08"));
    g_assert_false(case_run(c, "2025-09"));
    g_assert_cmpstr(case_fault_places(c), ==, "participation.csv:2:provider");
}

static void
lists_of_others_are_accepted_and_unused(void)
{
    g_autoptr(Case) c = good_case();
    case_input(c, "list_sizes.csv",
               LISTS "A,2025-04-01,1,\nZ,2025-04-01,1,\nZ,2025-05-01,1,\nY/,2025-10-01,2,\n");
    g_assert_true(case_run(c, "2025-09"));
    g_assert_nonnull(strstr(case_controls(c), "list_sizes.csv 4: 3 0 1 0 0\n"));
    g_assert_nonnull(strstr(case_warnings(c), "list_sizes.csv"));
}

static void
rows_after_the_run_are_later(void)
{
    g_autoptr(Case) c = good_case();
    case_input(c, "list_sizes.csv", LISTS "A,2025-09-30,1,\nA,2025-10-01,2,\n");
    case_input(c, "payments_before.csv", BEFORE "S,A,2025-09,1\nS,A,2025-10,2\n");
    case_input(c, "adjustments.csv", ADJUSTMENTS "S,A,Sep-25,1,a,m\nS,A,01/10/2025,2,b,m\n");
    case_input(c, "activity.csv", ACTIVITY "2025-09,S,A,T,,,1\n2025-10,S,A,T,,,1\n");
    g_assert_true(case_run(c, "2025-09"));
    g_assert_cmpstr(case_controls(c), ==,
                    "activity.csv 2: 1 0 1 0 0\nadjustments.csv 2: 1 0 1 0 0\n"
                    "list_sizes.csv 2: 1 0 1 0 0\nparticipation.csv 3: 3 0 0 0 0\n"
                    "payments_before.csv 2: 1 0 1 0 0\nproviders.csv 3: 3 0 0 0 0\n");
    g_assert_true(case_run(c, "2025-26-YE"));
    g_assert_null(strstr(case_controls(c), "1 0 1 0 0"));
}

/* They count, with a warning that refuses the run where --strict is given. */
static void
rows_that_hardly_mean_what_they_say_are_doubted(void)
{
    static const struct {
        const char *what, *file, *text, *place; /* NULL: none */
    } CASES[] = {
        {"a submission above 99", "activity.csv",
         ACTIVITY_ALL "2025-06,S,A,T,,,1,99,\n2025-06,S,A,T,,,1,100,\n2025-06,S,A,T,,,1,101,\n",
         "activity.csv:3:submission: a submission of three digits"},
        {"a submission of 99", "activity.csv", ACTIVITY_ALL "2025-06,S,A,T,,,1,99,\n", NULL},
        {"a thousands comma without quotes", "activity.csv",
         ACTIVITY_ALL "2025-06,S,A,T,,,1,200,,\n",
         "activity.csv:2:submission: a submission of three digits"},
        {"one that begins with a nought", "activity.csv", ACTIVITY_ALL "2025-06,S,A,T,,,1,050,,\n",
         "activity.csv:2:submission: a submission of three digits"},
        {"two digits that do", "activity.csv", ACTIVITY_ALL "2025-06,S,A,T,,,1,05,,\n", NULL},
        {"one of achievement", "achievement.csv",
         "scheme,provider,indicator,as_at,numerator,denominator,submission\n"
         "S,A,I,2025-06-01,1,2,200\n",
         "achievement.csv:2:submission: a submission of three digits"},
        {"a short row", "activity.csv", ACTIVITY_ALL "2025-06,S,A,T,,,1\n",
         "activity.csv:2: this row has fewer fields"},
        {"a reference that is not ASCII", "activity.csv",
         ACTIVITY "2025-06,S,A,T,a,,1\n2025-06,S,A,T,é,,1\n",
         "activity.csv:3:patient_ref: is a reference with other than printable"},
        {"a weighted list above five times", "list_sizes.csv",
         LISTS "A,2025-04-01,100,500.000001\n", "list_sizes.csv:2:weighted: "},
        {"one of five times", "list_sizes.csv", LISTS "A,2025-04-01,100,500\n", NULL},
        {"one below a fifth", "list_sizes.csv", LISTS "A,2025-04-01,100,19.999999\n",
         "list_sizes.csv:2:weighted: "},
        {"one that begins with a nought", "list_sizes.csv", LISTS "A,2025-04-01,5,020\n",
         "list_sizes.csv:2:weighted: a list of three digits"},
        {"one with decimals that does", "list_sizes.csv", LISTS "A,2025-04-01,5,020.5\n",
         "list_sizes.csv:2:weighted: a list of three digits"},
        {"one below 1", "list_sizes.csv", LISTS "A,2025-04-01,1,0.50\n", NULL},
        {"one of a fifth", "list_sizes.csv", LISTS "A,2025-04-01,100,20\n", NULL},
        {"none of no provider", "list_sizes.csv", LISTS "Z,2025-04-01,100,1\n", NULL},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(Case) c = good_case();
        case_input(c, CASES[i].file, CASES[i].text);
        g_test_message("%s", CASES[i].what);
        g_assert_true(case_run(c, "2025-09"));
        g_assert_cmpint(faults_count(c->faults, FAULT_DOUBT) > 0, ==, CASES[i].place != NULL);
        g_assert_cmpint(faults_count(c->faults, FAULT_INPUT), ==, 0);
        if (CASES[i].place != NULL)
            g_assert_nonnull(strstr(case_warnings(c), CASES[i].place));
    }
}

/* The words that spreadsheets and people write where there is no patient. */
static void
references_that_say_none_are_none(void)
{
    static const char *const NONE[] = {"-",    "?",    "0",   "na",      "N/A", "#N/A",
                                       "NULL", "None", "nil", "Unknown", "TBC", " - "};
    static const char *const SOME[] = {"--", "00", "n.a.", "nobody", "unknown1", "tb"};
    const Column reference = {"patient_ref", COLUMN_REFERENCE, false};
    const Column other = {"provider", COLUMN_KEY, false};
    for (gsize i = 0; i < G_N_ELEMENTS(NONE) + G_N_ELEMENTS(SOME); i++) {
        bool is_none = i < G_N_ELEMENTS(NONE);
        const char *text = is_none ? NONE[i] : SOME[i - G_N_ELEMENTS(NONE)];
        Value value;
        value_read(&reference, span_trim(span_of(text)), &value);
        g_test_message("%s", text);
        g_assert_cmpint(value.is_given, ==, !is_none);
        value_read(&other, span_trim(span_of(text)), &value);
        g_assert_true(value.is_given);
    }
}

/* Vectors: 9434765919 and 4010232137 are valid NHS numbers; 1 in 11 random numbers passes, too. */
static void
files_of_nhs_numbers_refuse_the_run(void)
{
    static const struct {
        const char *what, *references[5];
        guint line; /* of the fault; 0: none */
    } CASES[] = {
        {"one", {"9434765919"}, 2},
        {"spaced", {"943 476 5919"}, 2},
        {"hyphened", {"401-023-2137"}, 2},
        {"half of the distinct ones", {"9434765918", "9434765919"}, 3},
        {"repeated ones count once", {"9434765918", "9434765919", "9434765918", "9434765918"}, 3},
        {"fewer than half", {"9434765918", "9434765919", "9434765917"}, 0},
        {"the same number in other spelling counts once",
         {"9434765918", "943 476 5918", "9434765919"},
         4},
        {"none valid", {"9434765918", "1234567890"}, 0},
        {"spelled otherwise", {"NHS 943.476.5919"}, 2},
        {"with what a spreadsheet adds", {"9434765919.0"}, 2},
        {"with a name", {"9434765919 Smith"}, 2},
        {"not ten digits", {"94347659190", "943476591", "P94347659190"}, 0},
        {"other references do not count", {"P1", "P2", "9434765919", "P3"}, 4},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(Case) c = good_case();
        g_autoptr(GString) rows = g_string_new(ACTIVITY);
        for (guint k = 0; k < 5 && CASES[i].references[k] != NULL; k++)
            g_string_append_printf(rows, "2025-04,S,A,T,%s,,1\n", CASES[i].references[k]);
        case_input(c, "activity.csv", rows->str);
        g_test_message("%s", CASES[i].what);
        g_assert_cmpint(case_run(c, "2025-09"), ==, CASES[i].line == 0);
        if (CASES[i].line == 0)
            continue;
        g_autofree char *place = g_strdup_printf("activity.csv:%u:patient_ref", CASES[i].line);
        g_assert_null(strstr(case_faults(c), "943"));
        g_assert_cmpstr(case_fault_places(c), ==, place);
    }
}

/* Rows that are later or superseded count, too: the file carries what it must not. */
static void
nhs_numbers_of_any_row_count(void)
{
    g_autoptr(Case) c = good_case();
    case_input(c, "activity.csv", ACTIVITY "2025-12,X,Y,Z,9434765919,nonsense,x\n");
    g_assert_false(case_run(c, "2025-09"));
    g_assert_cmpstr(case_fault_places(c), ==, "activity.csv:2:patient_ref");
}

static void
fields_are_described_with_what_was_expected(void)
{
    static const struct {
        ColumnKind kind;
        const char *text, *part;
        Reason fault;
    } CASES[] = {
        {COLUMN_DATE, "31/06/2025", "\"31/06/2025\" is not a date", REASON_BAD_DATE},
        {COLUMN_MONTH, "June", "\"June\" is not a month", REASON_BAD_MONTH},
        {COLUMN_WHOLE, "1.5", "\"1.5\" is not a whole number", REASON_BAD_NUMBER},
        {COLUMN_COUNT, "-1", "\"-1\" is not a number", REASON_BAD_NUMBER},
        {COLUMN_RATE, "x", "\"x\" is not an amount or rate", REASON_BAD_NUMBER},
        {COLUMN_MONEY, "1.001", "\"1.001\" is not an amount", REASON_BAD_NUMBER},
        {COLUMN_TEXT, "", "is empty, and must be filled", REASON_MISSING_VALUE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        const Column column = {"c", CASES[i].kind, true};
        Value value;
        value_read(&column, span_of(CASES[i].text), &value);
        g_autoptr(GString) message = g_string_new(NULL);
        value_describe(message, &column, &value, false);
        g_assert_cmpint(value.fault, ==, CASES[i].fault);
        g_assert_true(g_str_has_prefix(message->str, CASES[i].part));
        g_string_truncate(message, 0);
        value_describe(message, &column, &value, true);
        g_assert_true(CASES[i].text[0] == '\0' || strstr(message->str, CASES[i].text) == NULL);
    }
}

/* The first fault in the order of the reasons, then of the columns. */
static void
the_first_fault_of_a_row(void)
{
    Value values[5] = {{.fault = REASON_NONE},
                       {.fault = REASON_TOO_LONG},
                       {.fault = REASON_BAD_MONTH},
                       {.fault = REASON_BAD_MONTH},
                       {.fault = REASON_MISSING_VALUE}};
    guint column = 99;
    g_assert_cmpint(values_first_fault(values, 1, &column), ==, REASON_NONE);
    g_assert_cmpuint(column, ==, 99);
    g_assert_cmpint(values_first_fault(values, 5, &column), ==, REASON_BAD_MONTH);
    g_assert_cmpuint(column, ==, 2);
    g_assert_cmpint(values_first_fault(values, 2, &column), ==, REASON_TOO_LONG);
    g_assert_cmpuint(column, ==, 1);
}

static void
reasons_and_states_are_named_once(void)
{
    for (guint a = 0; a < REASON_COUNT; a++)
        for (guint b = a + 1; b < REASON_COUNT; b++)
            g_assert_cmpstr(REASONS[a].name, !=, REASONS[b].name);
    for (guint a = REASON_BAD_NUMBER; a < REASON_COUNT; a++) {
        bool is_held = a == REASON_REPEATED || a == REASON_EXCLUSIVE_SCHEME ||
                       a == REASON_OTHER_PROVIDER || a == REASON_NO_LIST_SIZE ||
                       a == REASON_MISSING_ACHIEVEMENT || a == REASON_NOT_BROUGHT_FORWARD ||
                       a == REASON_MISSING_FACT || a == REASON_HELD_BY_PERSON;
        g_assert_cmpint(REASONS[a].state, ==, is_held ? STATE_HELD : STATE_REJECTED);
    }
    g_assert_cmpint(REASONS[REASON_NONE].state, ==, STATE_ACCEPTED);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/inputs/files-are-told-apart-by-the-beginning-of-their-paths",
                    files_are_told_apart_by_the_beginning_of_their_paths);
    g_test_add_func("/inputs/other-files-are-named-in-a-warning",
                    other_files_are_named_in_a_warning);
    g_test_add_func("/inputs/folders-that-cannot-be-used", folders_that_cannot_be_used);
    g_test_add_func("/inputs/faults-refuse-the-run-at-their-place",
                    faults_refuse_the_run_at_their_place);
    g_test_add_func("/register/of-a-run", the_register_of_a_run);
    g_test_add_func("/register/payee-is-the-provider-where-none-is-given",
                    the_payee_is_the_provider_where_none_is_given);
    g_test_add_func("/register/payees-do-not-differ-in-case-alone",
                    payees_do_not_differ_in_case_alone);
    g_test_add_func("/participation/delivered-by-the-type-of-the-run",
                    a_scheme_is_delivered_by_the_type_of_the_run);
    g_test_add_func("/lists/of-others-are-accepted-and-unused",
                    lists_of_others_are_accepted_and_unused);
    g_test_add_func("/inputs/rows-after-the-run-are-later", rows_after_the_run_are_later);
    g_test_add_func("/inputs/rows-that-hardly-mean-what-they-say-are-doubted",
                    rows_that_hardly_mean_what_they_say_are_doubted);
    g_test_add_func("/inputs/references-that-say-none-are-none", references_that_say_none_are_none);
    g_test_add_func("/nhs/files-of-nhs-numbers-refuse-the-run",
                    files_of_nhs_numbers_refuse_the_run);
    g_test_add_func("/nhs/numbers-of-any-row-count", nhs_numbers_of_any_row_count);
    g_test_add_func("/field/described-with-what-was-expected",
                    fields_are_described_with_what_was_expected);
    g_test_add_func("/field/the-first-fault-of-a-row", the_first_fault_of_a_row);
    g_test_add_func("/reason/reasons-and-states-are-named-once", reasons_and_states_are_named_once);
    return g_test_run();
}
