/* Every fault of the rules refuses the run, at its file, line and column; good rules are read as
 * they stand. */
#include "support.h"

#include <glib/gstdio.h>
#include <string.h>

/* A good row of each table, to be spoiled: columns as in SCHEMES, INDICATORS and TARIFFS. */
#define QUALITY                                                                                    \
    "Q,Quality,practice,individual,achievement,outcomes,per-point,100,,,0.8,12,days,half-up,"      \
    "next-payment,,,x\n"
#define TESTS "T,Tests,practice|pcn,mixed,activity,activity,,,,,,,,half-even,invoice,3,,x\n"
#define ONE "Q,I1,One,10,sliding,0.4,0.8,,,x\n"
#define TARIFF "T,A1,Test,quantity,,12.50,2025-04-01,,,,x\n"

static Case *
good_case(void)
{
    Case *c = case_new();
    case_rule(c, "schemes.csv", SCHEMES QUALITY TESTS);
    case_rule(c, "indicators.csv", INDICATORS ONE);
    case_rule(c, "tariffs.csv", TARIFFS TARIFF);
    return c;
}

static void
good_rules_are_read_as_they_stand(void)
{
    g_autoptr(Case) c = good_case();
    g_assert_true(case_run(c, "2025-09"));
    const Scheme *quality = rules_scheme(c->pack->rules, 0);
    const Scheme *tests = rules_scheme(c->pack->rules, 1);
    g_assert_cmpstr(quality->title, ==, "Quality");
    g_assert_cmpint(quality->basis, ==, BASIS_PER_POINT);
    g_assert_cmpint(quality->value, ==, 100 * MICROS_PER_UNIT);
    g_assert_cmpint(quality->in_year_share, ==, 800000);
    g_assert_cmpuint(quality->instalment_months, ==, 12);
    g_assert_cmpint(quality->pro_rata, ==, PRO_RATA_DAYS);
    g_assert_cmpint(quality->rounding, ==, ROUND_HALF_UP);
    g_assert_cmpint(quality->claim_months, ==, -1);
    g_assert_cmpint(tests->rounding, ==, ROUND_HALF_EVEN);
    g_assert_cmpint(tests->recovery, ==, RECOVERY_INVOICE);
    g_assert_cmpint(tests->claim_months, ==, 3);
    g_assert_cmpuint(tests->delivered_by, ==, 1u << TYPE_PRACTICE | 1u << TYPE_PCN);
}

typedef struct {
    const char *what, *row, *places;
} Fault;

/* Puts each row into a table behind the good ones; line is its own. */
static void
assert_faults(const char *file, const char *before, const Fault *faults, gsize count)
{
    for (gsize i = 0; i < count; i++) {
        g_autoptr(Case) c = good_case();
        g_autofree char *text = g_strconcat(before, faults[i].row, "\n", NULL);
        case_rule(c, file, text);
        g_test_message("%s", faults[i].what);
        g_assert_false(case_run(c, "2025-09"));
        g_assert_error(c->error, SP_ERROR, SP_ERROR_RULES);
        g_assert_cmpstr(case_fault_places(c), ==, faults[i].places);
    }
}

#define S3 "schemes.csv:4"

static void
faults_of_schemes(void)
{
    static const Fault FAULTS[] = {
        {"given twice", "T,T,practice,individual,activity,activity,,,,,,,,,,,,x", S3 ":scheme"},
        {"not a code", "a/b,T,practice,individual,activity,activity,,,,,,,,,,,,x", S3 ":scheme"},
        {"no code, no title, no source", ",,practice,individual,activity,activity,,,,,,,,,,,,",
         S3 ":scheme " S3 ":source " S3 ":title"},
        {"unknown type", "U,T,practice|hospital,mixed,activity,activity,,,,,,,,,,,,x",
         S3 ":delivered_by"},
        {"no type", "U,T,,mixed,activity,activity,,,,,,,,,,,,x", S3 ":delivered_by"},
        {"an empty type", "U,T,pcn||practice,mixed,activity,activity,,,,,,,,,,,,x",
         S3 ":delivered_by"},
        {"unknown commissioned", "U,T,pcn,both,activity,activity,,,,,,,,,,,,x", S3 ":commissioned"},
        {"unknown payment", "U,T,pcn,mixed,block,activity,,,,,,,,,,,,x", S3 ":payment"},
        {"unknown measure", "U,T,pcn,mixed,activity,visits,,,,,,,,,,,,x", S3 ":measured_by"},
        {"unknown rounding", "U,T,pcn,mixed,activity,activity,,,,,,,,nearest,,,,x", S3 ":rounding"},
        {"unknown recovery", "U,T,pcn,mixed,activity,activity,,,,,,,,,never,,,x", S3 ":recovery"},
        {"months of 1.5", "U,T,pcn,mixed,activity,activity,,,,,,,,,,1.5,,x", S3 ":claim_months"},
        {"exclusive with nothing", "U,T,pcn,mixed,activity,activity,,,,,,,,,,,NONE,x",
         S3 ":exclusive_with"},
        {"exclusive with itself", "U,T,pcn,mixed,activity,activity,,,,,,,,,,,U,x",
         S3 ":exclusive_with"},
        {"achievement without anything", "U,U,pcn,mixed,achievement,outcomes,,,,,,,,,,,,x",
         "indicators.csv " S3 ":in_year_share " S3 ":instalment_months " S3 ":pro_rata " S3
         ":value_basis"},
        {"unknown basis", "U,U,pcn,mixed,achievement,outcomes,per-head,1,,,1,1,none,,,,,x",
         "indicators.csv " S3 ":value_basis"},
        {"value beside annual-value",
         "U,U,pcn,mixed,achievement,outcomes,annual-value,1,,,1,1,none,,,,,x",
         "indicators.csv " S3 ":value"},
        {"no value", "U,U,pcn,mixed,achievement,outcomes,per-point,,,,1,1,none,,,,,x",
         "indicators.csv " S3 ":value"},
        {"no list date",
         "U,U,pcn,mixed,achievement,outcomes,per-registered-patient,1,,,1,1,none,,,,,x",
         "indicators.csv " S3 ":list_date"},
        {"no list date beside an average list",
         "U,U,pcn,mixed,achievement,outcomes,per-point,1,,9000,1,1,none,,,,,x",
         "indicators.csv " S3 ":list_date"},
        {"average list of 0",
         "U,U,pcn,mixed,achievement,outcomes,per-point,1,2025-04-01,0,1,1,none,,,,,x",
         "indicators.csv " S3 ":average_list"},
        {"average list beside another basis",
         "U,U,pcn,mixed,achievement,outcomes,annual-value,,,9000,1,1,none,,,,,x",
         "indicators.csv " S3 ":average_list"},
        {"share above 1",
         "U,U,pcn,mixed,achievement,outcomes,annual-value,,,,1.000001,1,none,,,,,x",
         "indicators.csv " S3 ":in_year_share"},
        {"three instalments", "U,U,pcn,mixed,achievement,outcomes,annual-value,,,,1,3,none,,,,,x",
         "indicators.csv " S3 ":instalment_months"},
        {"unknown pro-rata", "U,U,pcn,mixed,achievement,outcomes,annual-value,,,,1,1,weeks,,,,,x",
         "indicators.csv " S3 ":pro_rata"},
        {"a value below 0", "U,U,pcn,mixed,achievement,outcomes,per-point,-1,,,1,1,none,,,,,x",
         S3 ":value"},
        {"a date that is none",
         "U,U,pcn,mixed,achievement,outcomes,per-point,1,2025-02-30,,1,1,none,,,,,x",
         S3 ":list_date"},
    };
    assert_faults("schemes.csv", SCHEMES QUALITY TESTS, FAULTS, G_N_ELEMENTS(FAULTS));
}

static void
review_dates_do_not_run_backwards(void)
{
    g_autoptr(Case) c = good_case();
    case_rule(c, "schemes.csv",
              "scheme,title,delivered_by,commissioned,payment,measured_by,review_from,review_to,"
              "source\nT,T,practice,mixed,activity,activity,2026-01-02,2026-01-01,x\n");
    case_rule(c, "indicators.csv", INDICATORS);
    g_assert_false(case_run(c, "2025-09"));
    g_assert_cmpstr(case_fault_places(c), ==, "schemes.csv:2:review_to");
}

#define I2 "indicators.csv:3"

static void
faults_of_indicators(void)
{
    static const Fault FAULTS[] = {
        {"given twice", "Q,I1,Two,10,all-or-nothing,,0.8,,,x", I2 ":indicator"},
        {"unknown scheme", "X,I2,Two,10,all-or-nothing,,0.8,,,x", I2 ":scheme"},
        {"points in a scheme by activity", "T,I2,Two,10,all-or-nothing,,0.8,,,x", I2 ":points"},
        {"no points", "Q,I2,Two,,all-or-nothing,,0.8,,,x", I2 ":points"},
        {"unknown method", "Q,I2,Two,10,stairs,,0.8,,,x", I2 ":method"},
        {"sliding without floor", "Q,I2,Two,10,sliding,,0.8,,,x", I2 ":floor"},
        {"sliding without target", "Q,I2,Two,10,sliding,0.4,,,,x", I2 ":target"},
        {"sliding without either", "Q,I2,Two,10,sliding,,,,,x", I2 ":floor"},
        {"sliding between equal ends", "Q,I2,Two,10,sliding,0.5,0.50,,,x", I2 ":target"},
        {"all-or-nothing without target", "Q,I2,Two,10,all-or-nothing,,,,,x", I2 ":target"},
        {"no steps", "Q,I2,Two,10,steps,,,,,x", I2 ":steps"},
        {"steps descend, then ascend", "Q,I2,Two,10,steps,,,0.6:0.5|0.5:0.7|0.55:1,,x",
         I2 ":steps"},
        {"steps ascend, then descend", "Q,I2,Two,10,steps,,,0.5:0.5|0.6:0.7|0.55:1,,x",
         I2 ":steps"},
        {"steps equal", "Q,I2,Two,10,steps,,,0.6:0.5|0.60:1,,x", I2 ":steps"},
        {"a step above 1", "Q,I2,Two,10,steps,,,0.6:0.5|1.000001:1,,x", I2 ":steps"},
        {"a step that pays more than 9", "Q,I2,Two,10,steps,,,0.6:0.5|0.7:9.000001,,x",
         I2 ":steps"},
        {"a step without colon", "Q,I2,Two,10,steps,,,0.6:0.5|0.7,,x", I2 ":steps"},
        {"an empty step", "Q,I2,Two,10,steps,,,0.6:0.5||0.7:1,,x", I2 ":steps"},
        {"a step of words", "Q,I2,Two,10,steps,,,0.6:half,,x", I2 ":steps"},
        {"unknown if_no_patients", "Q,I2,Two,10,all-or-nothing,,0.8,,half,x", I2 ":if_no_patients"},
        {"no source", "Q,I2,Two,10,all-or-nothing,,0.8,,,", I2 ":source"},
    };
    assert_faults("indicators.csv", INDICATORS ONE, FAULTS, G_N_ELEMENTS(FAULTS));
}

static void
an_achievement_scheme_needs_indicators_with_points(void)
{
    g_autoptr(Case) c = good_case();
    case_rule(c, "indicators.csv", INDICATORS);
    g_assert_false(case_run(c, "2025-09"));
    g_assert_cmpstr(case_fault_places(c), ==, "indicators.csv");
    case_rule(c, "indicators.csv", INDICATORS "Q,I1,One,0,sliding,0.4,0.8,,,x\n");
    g_assert_false(case_run(c, "2025-09"));
    g_assert_cmpstr(case_fault_places(c), ==, "indicators.csv");
}

#define T2 "tariffs.csv:3"

static void
faults_of_tariffs(void)
{
    static const Fault FAULTS[] = {
        {"unknown scheme", "X,A2,Test,quantity,,1,2025-04-01,,,,x", T2 ":scheme"},
        {"scheme by achievement", "Q,A2,Test,quantity,,1,2025-04-01,,,,x", T2 ":scheme"},
        {"count is no code", "T,A2,Test,a/b,month,1,2025-04-01,,,,x", T2 ":count"},
        {"a fact without a span or pro-rata", "T,A2,Test,visits,,1,2025-04-01,,,,x",
         T2 ":count " T2 ":per"},
        {"unknown per", "T,A2,Test,patients,week,1,2025-04-01,,,,x", T2 ":per"},
        {"per beside quantity", "T,A2,Test,quantity,month,1,2025-04-01,,,,x", T2 ":per"},
        {"patients without per", "T,A2,Test,patients,,1,2025-04-01,,,,x", T2 ":per"},
        {"no price", "T,A2,Test,quantity,,,2025-04-01,,,,x", T2 ":price"},
        {"a price below 0", "T,A2,Test,quantity,,-1,2025-04-01,,,,x", T2 ":price"},
        {"a price of seven decimals", "T,A2,Test,quantity,,0.0000001,2025-04-01,,,,x", T2 ":price"},
        {"no from", "T,A2,Test,quantity,,1,,,,,x", T2 ":from"},
        {"from after to", "T,A2,Test,quantity,,1,2025-04-02,2025-04-01,,,x", T2 ":to"},
        {"prices overlap on a day", "T,A1,Test,quantity,,1,2025-03-01,2025-04-01,,,x", T2 ":from"},
        {"open prices overlap", "T,A1,Test,quantity,,1,2026-03-01,,,,x", T2 ":from"},
        {"cap of 1.5", "T,A2,Test,quantity,,1,2025-04-01,,1.5,,x", T2 ":cap"},
        {"count differs", "T,A1,Test,patients,month,1,2024-04-01,2024-05-01,,,x", T2 ":activity"},
        {"cap differs", "T,A1,Test,quantity,,1,2024-04-01,2024-05-01,0,,x", T2 ":activity"},
        {"patient_cap differs", "T,A1,Test,quantity,,1,2024-04-01,2024-05-01,,1,x", T2 ":activity"},
        {"no source", "T,A2,Test,quantity,,1,2025-04-01,,,,", T2 ":source"},
    };
    assert_faults("tariffs.csv", TARIFFS TARIFF, FAULTS, G_N_ELEMENTS(FAULTS));
}

static void
prices_that_touch_do_not_overlap(void)
{
    g_autoptr(Case) c = good_case();
    case_rule(c, "tariffs.csv",
              TARIFFS "T,A1,Test,quantity,,3,2025-10-01,,,,x\n"
                      "T,A1,Test,quantity,,1,2025-04-01,2025-06-30,,,x\n"
                      "T,A1,Test,quantity,,2,2025-07-01,2025-07-01,,,x\n");
    g_assert_true(case_run(c, "2025-09"));
    const Activity *activity = rules_activity(c->pack->rules, 0);
    static const struct {
        int month, day;
        Micros price;
    } CASES[] = {{3, 31, -1}, {4, 1, 1},   {6, 30, 1}, {7, 1, 2},
                 {7, 2, -1},  {9, 30, -1}, {10, 1, 3}};
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        const Price *price =
            activity_price_on(activity, day_of(2025, CASES[i].month, CASES[i].day));
        g_assert_cmpint(price == NULL ? -1 : price->price / MICROS_PER_UNIT, ==, CASES[i].price);
    }
}

static void
exclusion_holds_both_ways(void)
{
    g_autoptr(Case) c = case_new();
    case_rule(c, "schemes.csv",
              SCHEMES "A,A,pcn,mixed,activity,activity,,,,,,,,,,,B | C,x\n"
                      "B,B,pcn,mixed,activity,activity,,,,,,,,,,,A,x\n"
                      "C,C,pcn,mixed,activity,activity,,,,,,,,,,,,x\n");
    g_assert_true(case_run(c, "2025-09"));
    const GArray *a = rules_scheme(c->pack->rules, 0)->exclusive;
    const GArray *b = rules_scheme(c->pack->rules, 1)->exclusive;
    const GArray *last = rules_scheme(c->pack->rules, 2)->exclusive;
    g_assert_true(a->len == 2 && b->len == 1 && last->len == 1);
    g_assert_cmpuint(g_array_index(b, guint32, 0), ==, 0);
    g_assert_cmpuint(g_array_index(last, guint32, 0), ==, 0);
}

static void
every_fault_is_listed_and_rules_come_first(void)
{
    g_autoptr(Case) c = good_case();
    case_rule(c, "schemes.csv",
              SCHEMES QUALITY "T,T,nobody,mixed,activity,activity,,,,,,,,,,,,x\n");
    case_rule(c, "indicators.csv", INDICATORS ONE "Q,I2,,10,all-or-nothing,,0.8,,,x\n");
    case_rule(c, "tariffs.csv", TARIFFS "T,A1,Test,quantity,,x,2025-04-01,,,,x\n");
    case_input(c, "nonsense.csv", "a\n");
    g_assert_false(case_run(c, "2025-09"));
    g_assert_error(c->error, SP_ERROR, SP_ERROR_RULES);
    g_assert_cmpstr(case_fault_places(c), ==,
                    "indicators.csv:3:title schemes.csv:3:delivered_by tariffs.csv:2:price");
}

static void
a_missing_table_refuses_the_run(void)
{
    static const char *const TABLES[] = {"schemes.csv", "indicators.csv", "tariffs.csv"};
    for (gsize i = 0; i < G_N_ELEMENTS(TABLES); i++) {
        g_autoptr(Case) c = good_case();
        g_autofree char *path = g_build_filename(c->folder, "rules", "2025-26", TABLES[i], NULL);
        g_assert_cmpint(g_unlink(path), ==, 0);
        g_assert_false(case_run(c, "2025-09"));
        g_assert_error(c->error, SP_ERROR, SP_ERROR_RULES);
        g_assert_cmpuint(faults_count(c->faults, FAULT_RULES), ==, 1);
        g_assert_nonnull(strstr(case_faults(c), TABLES[i]));
    }
}

static void
rules_of_another_year_are_not_used(void)
{
    g_autoptr(Case) c = good_case();
    g_assert_false(case_run(c, "2026-04"));
    g_assert_error(c->error, SP_ERROR, SP_ERROR_RULES);
    g_assert_true(case_run(c, "2026-03"));
}

static void
instalments_fall_on_their_months(void)
{
    static const struct {
        guint number;
        const char *months; /* April to March */
    } CASES[] = {{12, "yyyyyyyyyyyy"},
                 {4, "--y--y--y--y"},
                 {2, "-----y-----y"},
                 {1, "-----------y"},
                 {0, "------------"}};
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++)
        for (int m = 0; m < 12; m++) {
            Scheme scheme = {.instalment_months = CASES[i].number};
            bool pays = scheme_pays_in(&scheme, year_first_month(2025) + m);
            g_assert_cmpint(pays, ==, CASES[i].months[m] == 'y');
        }
}

static void
a_scheme_due_for_review_is_warned_about(void)
{
    g_autoptr(Case) c = good_case();
    case_rule(c, "schemes.csv",
              "scheme,title,delivered_by,commissioned,payment,measured_by,review_from,source\n"
              "T,T,practice,mixed,activity,activity,2025-09-30,x\n");
    case_rule(c, "indicators.csv", INDICATORS);
    g_assert_true(case_run(c, "2025-08"));
    g_assert_null(strstr(case_warnings(c), "due for review"));
    g_assert_true(case_run(c, "2025-09"));
    g_assert_nonnull(strstr(case_warnings(c), "T is due for review from 2025-09-30"));
    g_assert_true(case_run(c, "2025-26-YE"));
    g_assert_nonnull(strstr(case_warnings(c), "T is due for review"));
}

/* An office may leave its address away; one that is given has something on either side of one @. */
static void
addresses_of_the_office(void)
{
    static const struct {
        const char *table, *places;
    } CASES[] = {
        {"name,telephone\nFinance,0123\n", ""},
        {"name,email\nFinance,\n", ""},
        {"name,email\nFinance,a@b\n", ""},
        {"name,email\nFinance,a@b", ""},
        {"email,name\nfirst.last@icb.example,Finance\n", ""},
        {"name,email\nFinance,@b\n", "office.csv:2:email"},
        {"name,email\nFinance,a@\n", "office.csv:2:email"},
        {"name,email\nFinance,a@b@c\n", "office.csv:2:email"},
        {"name,email\nFinance,a b@c\n", "office.csv:2:email"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(Case) c = good_case();
        case_rule(c, "office.csv", CASES[i].table);
        g_test_message("%s", CASES[i].table);
        g_assert_true(case_run(c, "2025-09") == (CASES[i].places[0] == '\0'));
        g_assert_cmpstr(case_fault_places(c), ==, CASES[i].places);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/rules/good-rules-are-read-as-they-stand", good_rules_are_read_as_they_stand);
    g_test_add_func("/rules/faults-of-schemes", faults_of_schemes);
    g_test_add_func("/rules/review-dates-do-not-run-backwards", review_dates_do_not_run_backwards);
    g_test_add_func("/rules/addresses-of-the-office", addresses_of_the_office);
    g_test_add_func("/rules/faults-of-indicators", faults_of_indicators);
    g_test_add_func("/rules/an-achievement-scheme-needs-indicators-with-points",
                    an_achievement_scheme_needs_indicators_with_points);
    g_test_add_func("/rules/faults-of-tariffs", faults_of_tariffs);
    g_test_add_func("/rules/prices-that-touch-do-not-overlap", prices_that_touch_do_not_overlap);
    g_test_add_func("/rules/exclusion-holds-both-ways", exclusion_holds_both_ways);
    g_test_add_func("/rules/every-fault-is-listed-and-rules-come-first",
                    every_fault_is_listed_and_rules_come_first);
    g_test_add_func("/rules/a-missing-table-refuses-the-run", a_missing_table_refuses_the_run);
    g_test_add_func("/rules/of-another-year-are-not-used", rules_of_another_year_are_not_used);
    g_test_add_func("/rules/instalments-fall-on-their-months", instalments_fall_on_their_months);
    g_test_add_func("/rules/a-scheme-due-for-review-is-warned-about",
                    a_scheme_due_for_review_is_warned_about);
    return g_test_run();
}
