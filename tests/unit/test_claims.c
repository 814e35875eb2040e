/* Claims: every reason, in its order; resubmission; duplicates, patients, caps, exclusions. */
#include "support.h"

#include <string.h>

#include "pay/exception_text.h"

#define HEAD                                                                                       \
    "month,scheme,provider,activity,patient_ref,activity_date,quantity,submission,received\n"

/* Two schemes that exclude each other, one for networks, and one with claim_months. */
static Case *
rich_case(void)
{
    Case *c = case_new();
    case_rule(c, "schemes.csv",
              SCHEMES "S,S,practice,mixed,activity,activity,,,,,,,,,,,X,x\n"
                      "X,X,practice,mixed,activity,activity,,,,,,,,,,,,x\n"
                      "N,N,pcn,mixed,activity,activity,,,,,,,,,,,,x\n"
                      "L,L,practice,mixed,activity,activity,,,,,,,,,,2,,x\n");
    case_rule(c, "tariffs.csv",
              TARIFFS "S,Q,Q,quantity,,10,2025-05-01,2025-12-31,,,x\n"
                      "S,M,M,patients,month,7,2025-04-01,2025-05-14,,,x\n"
                      "S,M,M,patients,month,9,2025-05-15,,,,x\n"
                      "S,Y,Y,patients,year,20,2025-04-01,,2,,x\n"
                      "S,P,P,quantity,,3,2025-04-01,,10,4,x\n"
                      "X,M,M,patients,quarter,5,2025-04-01,,,,x\n"
                      "N,Q,Q,quantity,,1,2025-04-01,,,,x\n"
                      "L,Q,Q,quantity,,1,2025-04-01,,,,x\n");
    case_input(c, "providers.csv", PROVIDERS "P,Net,pcn\n");
    case_input(c, "participation.csv",
               PARTICIPATION "S,A,2025-04-01,,\nS,B,2025-04-01,,\nX,A,2025-04-01,,\n"
                             "X,B,2025-04-01,,\nN,P,2025-04-01,,\nL,A,2025-04-01,,\n"
                             "S,C,2025-06-10,2025-06-20,\n");
    return c;
}

typedef struct {
    const char *what, *rows;
    const char *exceptions; /* without "activity.csv:" in front */
    const char *states;     /* rows: accepted superseded later rejected held */
} Claiming;

static void
assert_claims(const char *period, const Claiming *cases, gsize count)
{
    for (gsize i = 0; i < count; i++) {
        g_autoptr(Case) c = rich_case();
        g_autofree char *rows = g_strconcat(HEAD, cases[i].rows, NULL);
        g_autofree char *controls = g_strdup_printf("activity.csv %s\n", cases[i].states);
        case_input(c, "activity.csv", rows);
        g_test_message("%s", cases[i].what);
        g_assert_true(case_run(c, period));
        g_autofree char *found = text_replace(case_exceptions(c), "activity.csv:", "");
        g_assert_cmpstr(found, ==, cases[i].exceptions);
        g_assert_true(g_str_has_prefix(case_controls(c), controls));
    }
}

#define GOOD "2025-06,S,A,Q,,,1,,\n"

static void
every_reason_of_a_row_by_itself(void)
{
    static const Claiming CASES[] = {
        {"nothing wrong", GOOD, "", "1: 1 0 0 0 0"},
        {"bad number", "2025-06,S,A,Q,,,-1,,\n", "2:quantity bad-number rejected S/A/Q -\n",
         "1: 0 0 0 1 0"},
        {"bad submission", "2025-06,S,A,Q,,,1,1.5,\n", "2:submission bad-number rejected S/A/Q -\n",
         "1: 0 0 0 1 0"},
        {"bad date", "2025-06,S,A,Q,,31/06/2025,1,,\n",
         "2:activity_date bad-date rejected S/A/Q -\n", "1: 0 0 0 1 0"},
        {"bad month", "June,S,A,Q,,,1,,\n", "2:month bad-month rejected S/A/Q -\n", "1: 0 0 0 1 0"},
        {"missing value", "2025-06,,A,Q,,,1,,\n", "2:scheme missing-value rejected /A/Q -\n",
         "1: 0 0 0 1 0"},
        {"bad number before bad date", "x,S,A,Q,,x,x,,\n",
         "2:quantity bad-number rejected S/A/Q -\n", "1: 0 0 0 1 0"},
        {"missing value last", ",S,A,Q,,x,1,,\n", "2:activity_date bad-date rejected S/A/Q -\n",
         "1: 0 0 0 1 0"},
        {"the first of two columns", "2025-06,S,A,Q,,x,1,,y\n",
         "2:activity_date bad-date rejected S/A/Q -\n", "1: 0 0 0 1 0"},
        {"commas alone are no row", ",,,,,,,,\n" GOOD, "", "1: 1 0 0 0 0"},
        {"unknown scheme", "2025-06,Z,A,Q,,,1,,\n", "2:scheme unknown-scheme rejected Z/A/Q -\n",
         "1: 0 0 0 1 0"},
        {"unknown provider", "2025-06,S,Z,Q,,,3,,\n",
         "2:provider unknown-provider rejected S/Z/Q 30.00\n", "1: 0 0 0 1 0"},
        {"unknown activity", "2025-06,S,A,Z,,,1,,\n",
         "2:activity unknown-activity rejected S/A/Z -\n", "1: 0 0 0 1 0"},
        {"scheme before provider before activity", "2025-06,Z,Z,Z,,,1,,\n2025-06,S,Z,Z,,,1,,\n",
         "2:scheme unknown-scheme rejected Z/Z/Z -\n"
         "3:provider unknown-provider rejected S/Z/Z -\n",
         "2: 0 0 0 2 0"},
        {"wrong level", "2025-06,S,P,Q,,,1,,\n", "2:provider wrong-level rejected S/P/Q 10.00\n",
         "1: 0 0 0 1 0"},
        {"not participating", "2025-06,N,P,Q,,,1,,\n2025-06,L,B,Q,,,2,,\n",
         "3:provider not-participating rejected L/B/Q 2.00\n", "2: 1 0 0 1 0"},
        {"participating by the date",
         "2025-06,S,C,Q,,2025-06-10,1,,\n"
         "2025-06,S,C,Q,,2025-06-09,1,,\n2025-06,S,C,Q,,2025-06-21,1,,\n2025-06,S,C,Q,,,1,,\n",
         "3:provider not-participating rejected S/C/Q 10.00\n"
         "4:provider not-participating rejected S/C/Q 10.00\n"
         "5:provider not-participating rejected S/C/Q 10.00\n",
         "4: 1 0 0 3 0"},
        {"outside the year", "2025-03,S,A,Q,,,1,,\n2026-04,S,A,Q,,,1,,\n",
         "2:provider not-participating rejected S/A/Q -\n"
         "3:month outside-year rejected S/A/Q -\n",
         "2: 0 0 0 2 0"},
        {"month mismatch", "2025-06,S,A,Q,,2025-07-01,1,,\n",
         "2:activity_date month-mismatch rejected S/A/Q 10.00\n", "1: 0 0 0 1 0"},
        {"late claim", "2025-06,L,A,Q,,,1,,2025-08-31\n2025-06,L,A,Q,,,1,,2025-09-01\n",
         "3:received late-claim rejected L/A/Q 1.00\n", "2: 1 0 0 1 0"},
        {"received at any time", "2025-06,S,A,Q,,,1,,2035-09-01\n", "", "1: 1 0 0 0 0"},
        {"missing patient", "2025-06,S,A,M,,,1,,\n",
         "2:patient_ref missing-patient rejected S/A/M 9.00\n", "1: 0 0 0 1 0"},
        {"no price", "2025-04,S,A,Q,,,1,,\n2025-04,S,A,Q,,2025-04-30,1,,\n",
         "2:month no-price rejected S/A/Q -\n3:activity_date no-price rejected S/A/Q -\n",
         "2: 0 0 0 2 0"},
        {"later is tested first", "2025-10,Z,Z,Z,,x,x,,\n2025-10,S,A,Q,,,1,,\n", "",
         "2: 0 0 2 0 0"},
    };
    assert_claims("2025-09", CASES, G_N_ELEMENTS(CASES));
}

static void
fields_of_257_bytes_are_too_long(void)
{
    for (gsize length = 255; length <= 258; length++) {
        g_autoptr(Case) c = rich_case();
        g_autofree char *reference = g_strnfill(length, 'r');
        g_autofree char *rows = g_strdup_printf(HEAD "2025-06,S,A,M,\"  %s \",,1,,\n", reference);
        case_input(c, "activity.csv", rows);
        g_assert_true(case_run(c, "2025-09"));
        g_assert_cmpstr(case_exceptions(c), ==,
                        length <= 256 ? ""
                                      : "activity.csv:2:patient_ref too-long rejected S/A/M -\n");
    }
}

static void
resubmission_replaces_whole_months(void)
{
    static const Claiming CASES[] = {
        {"the highest counts, rows of it add up",
         "2025-06,S,A,Q,,,1,,\n2025-06,S,A,Q,,,2,2,\n2025-06,S,A,Q,,,4,2,\n", "", "3: 2 1 0 0 0"},
        {"1 when absent", "2025-06,S,A,Q,,,1,,\n2025-06,S,A,Q,,,2,1,\n", "", "2: 2 0 0 0 0"},
        {"0 is below 1", "2025-06,S,A,Q,,,1,,\n2025-06,S,A,Q,,,1,0,\n", "", "2: 1 1 0 0 0"},
        {"other activities of the month, too", "2025-06,S,A,Q,,,1,,\n2025-06,S,A,M,p,,1,2,\n", "",
         "2: 1 1 0 0 0"},
        {"not of other months, providers or schemes",
         "2025-06,S,A,Q,,,1,,\n2025-07,S,A,Q,,,1,2,\n2025-06,S,B,Q,,,1,3,\n2025-06,X,A,M,p,,1,4,\n",
         "", "4: 4 0 0 0 0"},
        {"a rejected resubmission replaces, too", "2025-06,S,A,Q,,,1,,\n2025-06,S,A,Z,,,1,2,\n",
         "3:activity unknown-activity rejected S/A/Z -\n", "2: 0 1 0 1 0"},
        {"an unreadable one replaces nothing", "2025-06,S,A,Q,,,1,,\n2025-06,S,A,Q,,,1,x,\n",
         "3:submission bad-number rejected S/A/Q -\n", "2: 1 0 0 1 0"},
        {"superseded is tested before reasons", "2025-06,S,A,Z,,,1,,\n2025-06,S,A,Q,,,1,2,\n", "",
         "2: 1 1 0 0 0"},
        {"of unknown providers, too", "2025-06,S,Z,Q,,,1,,\n2025-06,S,Z,Q,,,1,2,\n",
         "3:provider unknown-provider rejected S/Z/Q 10.00\n", "2: 0 1 0 1 0"},
        {"withdrawn by a quantity of 0", "2025-06,S,A,Q,,,5,,\n2025-06,S,A,Q,,,0,2,\n", "",
         "2: 1 1 0 0 0"},
    };
    assert_claims("2025-09", CASES, G_N_ELEMENTS(CASES));
}

/* A rejected row that can be read replaces lower ones: states of its file. */
static void
a_rejected_resubmission_supersedes(void)
{
    g_autoptr(Case) c = rich_case();
    case_input(c, "activity.csv", HEAD "2025-06,S,A,Q,,,1,,\n2025-06,S,A,Q,,31/06/2025,1,2,\n");
    g_assert_true(case_run(c, "2025-09"));
    g_assert_true(g_str_has_prefix(case_controls(c), "activity.csv 2: 0 1 0 1 0\n"));
}

static void
patients_are_counted_once_a_span(void)
{
    static const Claiming CASES[] = {
        {"the same row", "2025-06,S,A,M,p,,1,,\n2025-06,S,A,M,p,,2,,\n",
         "3: duplicate rejected S/A/M 9.00\n", "2: 1 0 0 1 0"},
        {"another date of the month is no duplicate",
         "2025-06,S,A,M,p,,1,,\n2025-06,S,A,M,p,2025-06-02,1,,\n", "", "2: 2 0 0 0 0"},
        {"references are compared as written", "2025-06,S,A,M,p,,1,,\n2025-06,S,A,M,P,,1,,\n", "",
         "2: 2 0 0 0 0"},
        {"quantities with a reference: the same in every column",
         "2025-06,S,A,Q,p,,1,,\n2025-06,S,A,Q,p,,1,,\n2025-06,S,A,Q,p,,2,,\n2025-06,S,A,Q,,,1,,\n"
         "2025-06,S,A,Q,,,1,,\n",
         "3: duplicate rejected S/A/Q 10.00\n6: repeated held S/A/Q 10.00\n", "5: 3 0 0 1 1"},
        {"without one: held, where nothing tells them apart",
         "2025-06,S,A,Q,,,1,,\nJun-25,S,A,Q,n/a,,1.0,1,\n2025-06,S,A,Q,,,2,,\n"
         "2025-06,S,A,Q,,,1,,2025-07-01\n2025-06,S,A,Q,,2025-06-01,1,,\n2025-06,S,B,Q,,,1,,\n"
         "2025-07,S,A,Q,,,1,,\n",
         "3: repeated held S/A/Q 10.00\n", "7: 6 0 0 0 1"},
        {"a quantity of 0 stands in nobody's way",
         "2025-06,S,A,Q,,,0,,\n2025-06,S,A,Q,,,0,,\n2025-06,S,A,Q,,,1,,\n", "", "3: 3 0 0 0 0"},
        {"another provider in the span", "2025-06,S,B,M,p,,1,,\n2025-06,S,A,M,p,,1,,\n",
         "2: other-provider held S/B/M 9.00\n", "2: 1 0 0 0 1"},
        {"another provider in another span", "2025-06,S,B,M,p,,1,,\n2025-07,S,A,M,p,,1,,\n", "",
         "2: 2 0 0 0 0"},
        {"a year is one span", "2025-04,S,A,Y,p,,1,,\n2025-09,S,B,Y,p,,1,,\n",
         "3: other-provider held S/B/Y 20.00\n", "2: 1 0 0 0 1"},
        {"an excluded scheme in the month",
         "2025-06,X,B,M,p,,1,,\n2025-06,S,A,M,p,2025-06-02,1,,\n"
         "2025-07,S,A,M,p,,1,,\n",
         "3: exclusive-scheme held S/A/M 9.00\n", "3: 2 0 0 0 1"},
        {"the scheme's place decides on the same day",
         "2025-06,X,A,M,p,,1,,\n2025-06,S,B,Q,p,,1,,\n", "2: exclusive-scheme held X/A/M 5.00\n",
         "2: 1 0 0 0 1"},
        {"a quantity of 0 stands in nobody's way",
         "2025-06,S,A,M,p,,0,,\n2025-06,S,A,M,p,,1,,\n2025-06,X,A,M,q,,0,,\n2025-06,S,A,M,q,,1,,\n",
         "", "4: 4 0 0 0 0"},
        {"a held row stands in nobody's way",
         "2025-06,S,A,M,p,,1,,\n2025-06,S,B,M,p,2025-06-02,1,,\n2025-07,X,B,M,p,,1,,\n",
         "3:"
         " other-provider held S/B/M 9.00\n",
         "3: 2 0 0 0 1"},
    };
    assert_claims("2025-09", CASES, G_N_ELEMENTS(CASES));
}

static void
a_span_is_paid_at_the_price_of_its_first_row(void)
{
    g_autoptr(Case) c = rich_case();
    case_input(c, "activity.csv",
               HEAD "2025-05,S,A,M,p,2025-05-20,1,,\n2025-05,S,A,M,p,2025-05-14,1,,\n"
                    "2025-05,S,A,M,q,2025-05-15,1,,\n2025-05,S,A,M,r,,1,,\n"
                    "2025-06,X,A,M,s,,9,,\n2025-05,X,A,M,s,,9,,\n");
    g_assert_true(case_run(c, "2025-09"));
    g_assert_cmpstr(case_exceptions(c), ==, "");
    g_assert_cmpstr(case_lines(c), ==,
                    "S/A activity M 2025-05 2 7.00 - 14.00\n"
                    "S/A activity M 2025-05 1 9.00 - 9.00\n"
                    "X/A activity M 2025-05 1 5.00 - 5.00\n");
}

/* April to June, July to September, October to December, January to March. */
static void
quarters_are_those_of_the_financial_year(void)
{
    g_autoptr(Case) c = rich_case();
    g_autoptr(GString) rows = g_string_new(HEAD);
    for (Month month = month_of(2025, 4); month <= month_of(2026, 3); month++) {
        g_string_append_printf(rows, "%d-%02d,X,A,M,p,,1,,\n", month_year(month),
                               month_number(month));
    }
    case_input(c, "activity.csv", rows->str);
    g_assert_true(case_run(c, "2026-03"));
    g_assert_cmpstr(case_lines(c), ==,
                    "X/A activity M 2025-04 1 5.00 - 5.00\nX/A activity M 2025-07 1 5.00 - 5.00\n"
                    "X/A activity M 2025-10 1 5.00 - 5.00\n"
                    "X/A activity M 2026-01 1 5.00 - 5.00\n");
}

static void
caps_are_used_up_in_order(void)
{
    static const Claiming CASES[] = {
        {"patients a year", "2025-04,S,A,Y,p,,1,,\n2025-05,S,A,Y,q,,1,,\n2025-06,S,A,Y,r,,1,,\n",
         "4: over-cap rejected S/A/Y 20.00\n", "3: 2 0 0 1 0"},
        {"a patient counted already is never over it",
         "2025-04,S,A,Y,p,,1,,\n2025-05,S,A,Y,q,,1,,\n2025-06,S,A,Y,p,,1,,\n", "", "3: 3 0 0 0 0"},
        {"by provider", "2025-04,S,A,Y,p,,1,,\n2025-05,S,A,Y,q,,1,,\n2025-06,S,B,Y,r,,1,,\n", "",
         "3: 3 0 0 0 0"},
        {"by patient", "2025-04,S,A,P,p,,3,,\n2025-05,S,A,P,p,,3,,\n2025-06,S,A,P,p,,1,,\n",
         "3: over-cap part S/A/P 6.00\n4: over-cap rejected S/A/P 3.00\n", "3: 2 0 0 1 0"},
        {"rows without reference count towards the cap alone",
         "2025-04,S,A,P,,,7,,\n2025-05,S,A,P,p,,4,,\n", "3: over-cap part S/A/P 3.00\n",
         "2: 2 0 0 0 0"},
        {"the date decides, not the line", "2025-06,S,A,P,,,8,,\n2025-05,S,A,P,,,8,,\n",
         "2: over-cap part S/A/P 18.00\n", "2: 2 0 0 0 0"},
        {"what does not fit leaves room for what does",
         "2025-04,S,A,P,,,9,,\n2025-05,S,A,P,,,2,,\n2025-06,S,A,P,,,0,,\n",
         "3: over-cap part S/A/P 3.00\n", "3: 3 0 0 0 0"},
        {"a patient over a cap is counted by another provider",
         "2025-04,S,A,Y,p,,1,,\n2025-04,S,A,Y,q,,1,,\n2025-05,S,A,Y,r,,1,,\n2025-06,S,B,Y,r,,1,,\n",
         "4: over-cap rejected S/A/Y 20.00\n", "4: 3 0 0 1 0"},
    };
    assert_claims("2025-09", CASES, G_N_ELEMENTS(CASES));
}

/* File and line decide last: the order of the files' names, byte by byte. */
static void
files_are_read_in_the_byte_order_of_their_paths(void)
{
    g_autoptr(Case) c = rich_case();
    case_input(c, "activity-a.csv", HEAD "2025-06,S,A,M,p,,1,,\n");
    case_input(c, "activity-Z.CSV", HEAD "Jun-25,S,A,M,p,,1,,\n");
    case_input(c, "activity/0.csv", HEAD "06/2025,S,A,M,p,,1,,\n");
    g_assert_true(case_run(c, "2025-09"));
    g_assert_cmpstr(case_exceptions(c), ==,
                    "activity-a.csv:2: duplicate rejected S/A/M 9.00\n"
                    "activity/0.csv:2: duplicate rejected S/A/M 9.00\n");
}

static void
messages_never_name_a_patient(void)
{
    g_autoptr(Case) c = rich_case();
    g_autofree char *reference = g_strnfill(300, 'r');
    g_autofree char *rows = g_strdup_printf(HEAD "2025-06,S,A,M,SECRET,,1,,\n"
                                                 "2025-06,S,A,M,SECRET,,1,,\n"
                                                 "2025-06,S,B,M,SECRET,2025-06-05,1,,\n"
                                                 "2025-06,S,B,M,SECRET%s,,1,,\n"
                                                 "2025-06,X,B,M,SECRET,2025-06-05,1,,\n",
                                            reference);
    case_input(c, "activity.csv", rows);
    g_assert_true(case_run(c, "2025-09"));
    g_assert_cmpuint(c->result->exceptions->len, ==, 4);
    g_autoptr(ExceptionReader) reader = exception_reader_new(c->result);
    for (guint i = 0; i < 4; i++) {
        ExceptionText text;
        exception_reader_read(reader, result_exception(c->result, i), &text);
        g_assert_null(strstr(text.message, "SECRET"));
        exception_text_clear(&text);
    }
}

/* 5 MB of claims: pieces and threads change nothing. */
static void
threads_and_pieces_change_nothing(void)
{
    g_autoptr(Case) c = rich_case();
    g_autoptr(GString) rows = g_string_new(HEAD);
    GRand *random = g_rand_new_with_seed(11);
    while (rows->len < (gsize)5 << 20)
        g_string_append_printf(rows, "2025-%02d,%s,%s,%s,\"p,%d\",,%d,,\n",
                               g_rand_int_range(random, 4, 10), g_rand_boolean(random) ? "S" : "X",
                               g_rand_boolean(random) ? "A" : "B",
                               g_rand_boolean(random) ? "M" : "Y",
                               g_rand_int_range(random, 0, 4000), g_rand_int_range(random, 0, 3));
    case_input(c, "activity.csv", rows->str);
    g_assert_true(case_run_on(c, "2025-09", 1));
    g_autofree char *exceptions = g_strdup(case_exceptions(c));
    g_autofree char *lines = g_strdup(case_lines(c));
    static const guint THREADS[] = {2, 3, 16};
    for (gsize i = 0; i < G_N_ELEMENTS(THREADS); i++) {
        g_assert_true(case_run_on(c, "2025-09", THREADS[i]));
        g_assert_true(g_str_equal(case_exceptions(c), exceptions));
        g_assert_cmpstr(case_lines(c), ==, lines);
    }
    g_rand_free(random);
}

/* The first day of a year comes before the last, whichever year it is. */
static void
a_cap_is_used_up_from_april_in_any_year(void)
{
    for (int year = 2025; year <= 2036; year++) {
        g_autoptr(Case) c = case_new();
        g_autofree char *name = g_strdup_printf("%d-%02d", year, (year + 1) % 100);
        g_autofree char *tariff =
            g_strdup_printf(TARIFFS "S,Q,Q,quantity,,10,%d-04-01,,1,,x\n", year);
        g_autofree char *spell = g_strdup_printf(PARTICIPATION "S,A,%d-04-01,,\n", year);
        g_autofree char *claims =
            g_strdup_printf(ACTIVITY "%d-03,S,A,Q,,%d-03-31,1\n%d-04,S,A,Q,,%d-04-01,1\n", year + 1,
                            year + 1, year, year);
        g_autofree char *period = g_strconcat(name, "-YE", NULL);
        case_rule_of(c, name, "schemes.csv",
                     SCHEMES "S,S,practice,mixed,activity,activity,,,,,,,,,,,,x\n");
        case_rule_of(c, name, "indicators.csv", INDICATORS);
        case_rule_of(c, name, "tariffs.csv", tariff);
        case_input(c, "participation.csv", spell);
        case_input(c, "activity.csv", claims);
        g_assert_true(case_run(c, period));
        g_assert_cmpstr(case_exceptions(c), ==, "activity.csv:2: over-cap rejected S/A/Q 10.00\n");
    }
}

/* Of a row and the one before it, each field in which parties are named is the front of the other:
 * they are parties of their own all the same. */
static void
a_row_is_not_the_one_it_begins_like(void)
{
    g_autoptr(Case) c = case_new();
    case_rule(c, "schemes.csv",
              SCHEMES "S,S,practice,mixed,activity,activity,,,,,,,,,,,,x\n"
                      "SS,SS,practice,mixed,activity,activity,,,,,,,,,,,,x\n");
    case_rule(c, "tariffs.csv",
              TARIFFS "S,Q,Q,quantity,,10,2025-04-01,,,,x\nSS,QQ,QQ,quantity,,2,2025-04-01,,,,x\n");
    case_input(c, "providers.csv", PROVIDERS "AA,Alpha again,practice\n");
    case_input(c, "participation.csv", PARTICIPATION "S,A,2025-04-01,,\nSS,AA,2025-04-01,,\n");
    case_input(c, "activity.csv",
               ACTIVITY "2025-06,SS,AA,QQ,,,1\n2025-06,S,A,Q,,,1\n2025-06,SS,AA,QQ,,,3\n");
    g_assert_true(case_run(c, "2025-06"));
    g_assert_cmpstr(case_exceptions(c), ==, "");
    g_assert_cmpstr(
        case_lines(c), ==,
        "S/A activity Q 2025-06 1 10.00 - 10.00\nSS/AA activity QQ 2025-06 4 2.00 - 8.00\n");
}

/* The last day of all is in no claim's way, whether claim_months ends on it or beyond it. */
static void
claims_may_come_in_to_the_end_of_all_days(void)
{
    static const struct {
        const char *claim_months, *exceptions;
    } CASES[] = {{"95693", "activity.csv:2:received late-claim rejected S/A/Q 10.00\n"},
                 {"95694", ""},
                 {"95695", ""},
                 {"999999999", ""}};
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(Case) c = case_new();
        g_autofree char *schemes = g_strdup_printf(
            SCHEMES "S,S,practice,mixed,activity,activity,,,,,,,,,,%s,,x\n", CASES[i].claim_months);
        case_rule(c, "schemes.csv", schemes);
        case_rule(c, "tariffs.csv", TARIFFS "S,Q,Q,quantity,,10,2025-04-01,,,,x\n");
        case_input(c, "participation.csv", PARTICIPATION "S,A,2025-04-01,,\n");
        case_input(c, "activity.csv", HEAD "2025-06,S,A,Q,,,1,,9999-12-31\n");
        g_assert_true(case_run(c, "2025-06"));
        g_assert_cmpstr(case_exceptions(c), ==, CASES[i].exceptions);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/claims/every-reason-of-a-row-by-itself", every_reason_of_a_row_by_itself);
    g_test_add_func("/claims/fields-of-257-bytes-are-too-long", fields_of_257_bytes_are_too_long);
    g_test_add_func("/claims/resubmission-replaces-whole-months",
                    resubmission_replaces_whole_months);
    g_test_add_func("/claims/a-rejected-resubmission-supersedes",
                    a_rejected_resubmission_supersedes);
    g_test_add_func("/claims/patients-are-counted-once-a-span", patients_are_counted_once_a_span);
    g_test_add_func("/claims/a-span-is-paid-at-the-price-of-its-first-row",
                    a_span_is_paid_at_the_price_of_its_first_row);
    g_test_add_func("/claims/quarters-are-those-of-the-financial-year",
                    quarters_are_those_of_the_financial_year);
    g_test_add_func("/claims/caps-are-used-up-in-order", caps_are_used_up_in_order);
    g_test_add_func("/claims/a-cap-is-used-up-from-april-in-any-year",
                    a_cap_is_used_up_from_april_in_any_year);
    g_test_add_func("/claims/files-are-read-in-the-byte-order-of-their-paths",
                    files_are_read_in_the_byte_order_of_their_paths);
    g_test_add_func("/claims/messages-never-name-a-patient", messages_never_name_a_patient);
    g_test_add_func("/claims/a-row-is-not-the-one-it-begins-like",
                    a_row_is_not_the_one_it_begins_like);
    g_test_add_func("/claims/claims-may-come-in-to-the-end-of-all-days",
                    claims_may_come_in_to_the_end_of_all_days);
    g_test_add_func("/claims/threads-and-pieces-change-nothing", threads_and_pieces_change_nothing);
    return g_test_run();
}
