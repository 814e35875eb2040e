/* Entitlements and settlement: contract values, instalments, shares, indicators, held contracts,
 * statuses. */
#include "support.h"

#include <string.h>

#include "pay/value.h"

#define ONE "S,I,I,10,all-or-nothing,,0.5,,,x\n"

typedef struct {
    const char *what, *columns; /* value_basis to pro_rata */
    const char *spells, *lists;
    int64_t pence; /* -1: held for want of a list */
} Valuing;

/* Contract values of provider A. */
static void
contract_values(void)
{
    static const Valuing CASES[] = {
        {"registered patients", "per-registered-patient,1.234567,2025-04-01,,1,1,none",
         "S,A,2025-04-01,,\n", "A,2025-04-01,1000,\n", 123457},
        {"the list in force on the day", "per-registered-patient,1,2025-07-01,,1,1,none",
         "S,A,2025-04-01,,\n", "A,2025-07-02,3,\nA,2025-06-30,2,\nA,2024-01-01,1,\n", 200},
        {"a list as at the day itself", "per-registered-patient,1,2025-07-01,,1,1,none",
         "S,A,2025-04-01,,\n", "A,2025-07-01,3,\nA,2025-06-30,2,\n", 300},
        {"weighted patients", "per-weighted-patient,0.5,2025-04-01,,1,1,none", "S,A,2025-04-01,,\n",
         "A,2025-04-01,1000,999.99\n", 50000},
        {"no list before the day", "per-registered-patient,1,2025-04-01,,1,1,none",
         "S,A,2025-04-01,,\n", "A,2025-04-02,1000,\n", -1},
        {"no weighted list in the row in force", "per-weighted-patient,1,2025-04-01,,1,1,none",
         "S,A,2025-04-01,,\n", "A,2025-04-01,1000,\nA,2025-03-01,1000,1000\n", -1},
        {"points without a list", "per-point,7.5,,,1,1,none", "S,A,2025-04-01,,\n", "", 7500},
        {"points by list", "per-point,7.5,2025-04-01,3000,1,1,none", "S,A,2025-04-01,,\n",
         "A,2025-04-01,1000,\n", 2500},
        {"a list of nobody is a list", "per-point,7.5,2025-04-01,3000,1,1,none",
         "S,A,2025-04-01,,\n", "A,2025-04-01,0,\n", 0},
        {"days of two spells", "per-point,36.5,,,1,1,days",
         "S,A,2025-04-01,2025-04-10,\nS,A,2025-06-01,2025-06-05,\n", "", 1500},
        {"days outside the year do not count", "per-point,36.5,,,1,1,days",
         "S,A,2020-04-01,2025-04-01,\nS,A,2026-03-31,,\n", "", 200},
        {"months whose first day is covered", "per-point,12,,,1,1,months",
         "S,A,2025-04-02,2025-06-01,\nS,A,2025-06-02,2025-07-31,\n", "", 3000},
        {"no month's first day", "per-point,12,,,1,1,months", "S,A,2025-04-02,2025-04-30,\n", "",
         0},
        {"in full as soon as a day is covered", "per-point,12,,,1,1,none",
         "S,A,2025-04-02,2025-04-02,\n", "", 12000},
        {"annual values of two spells by days", "annual-value,,,,1,1,days",
         "S,A,2025-04-01,2025-04-10,365\nS,A,2025-06-01,2025-06-05,730\n", "", 2000},
        {"rounded after they are added", "annual-value,,,,1,1,days",
         "S,A,2025-04-01,2025-04-01,1.46\nS,A,2025-06-01,2025-06-01,2.19\n", "", 1},
        {"annual values by months", "annual-value,,,,1,1,months",
         "S,A,2025-04-01,2025-09-30,1200\nS,A,2025-10-01,,2400\n", "", 180000},
        {"the last spell's annual value", "annual-value,,,,1,1,none",
         "S,A,2025-04-01,2025-04-30,100\nS,A,2025-06-01,2025-06-30,200\nS,A,2026-04-01,,300\n", "",
         20000},
        {"annual value of nothing", "annual-value,,,,1,1,none", "S,A,2025-04-01,,0\n", "", 0},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(Case) c = case_of_achievement(CASES[i].columns, ONE);
        g_autofree char *spells = g_strconcat(PARTICIPATION, CASES[i].spells, NULL);
        g_autofree char *lists = g_strconcat(LISTS, CASES[i].lists, NULL);
        case_input(c, "participation.csv", spells);
        case_input(c, "list_sizes.csv", lists);
        g_test_message("%s", CASES[i].what);
        g_assert_true(case_run(c, "2026-03"));
        const Contract *contract = result_contract(c->result, 0);
        g_assert_cmpint(contract->has_value, ==, CASES[i].pence >= 0);
        g_assert_cmpint(contract->held, ==, CASES[i].pence < 0 ? REASON_NO_LIST_SIZE : REASON_NONE);
        if (contract->has_value)
            g_assert_cmpint(contract->value.pence, ==, CASES[i].pence);
    }
}

static void
values_are_rounded_by_the_scheme(void)
{
    static const struct {
        const char *rounding;
        int64_t pence;
    } CASES[] = {{"half-up", 3}, {"half-even", 2}, {"down", 2}, {"", 3}};
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(Case) c = case_new();
        g_autofree char *scheme =
            g_strconcat(SCHEMES "S,S,practice,individual,achievement,outcomes,per-point,0.0025,,,1,"
                                "1,none,",
                        CASES[i].rounding, ",,,,x\n", NULL);
        case_rule(c, "schemes.csv", scheme);
        case_rule(c, "indicators.csv", INDICATORS ONE);
        case_input(c, "participation.csv", PARTICIPATION "S,A,2025-04-01,,\n");
        g_assert_true(case_run(c, "2025-04"));
        g_assert_cmpint(result_contract(c->result, 0)->value.pence, ==, CASES[i].pence);
    }
}

typedef struct {
    const char *what, *instalments, *spell, *period, *line;
} Instalment;

static void
instalments_due_of_those_in_the_participation(void)
{
    static const Instalment CASES[] = {
        {"the first of twelve", "12", "2025-04-01,", "2025-04", "2025-04 1 120.00 1/15 8.00"},
        {"all of twelve", "12", "2025-04-01,", "2026-03", "2026-03 12 120.00 4/5 96.00"},
        {"none of four yet", "4", "2025-04-01,", "2025-05", "2025-05 0 120.00 0/1 0.00"},
        {"two of four", "4", "2025-04-01,", "2025-11", "2025-11 2 120.00 2/5 48.00"},
        {"one of two", "2", "2025-04-01,", "2025-09", "2025-09 1 120.00 2/5 48.00"},
        {"one of one", "1", "2025-04-01,", "2026-03", "2026-03 1 120.00 4/5 96.00"},
        {"a month with a day covered", "12", "2025-04-30,2025-06-01", "2025-05",
         "2025-05 2 120.00 8/15 64.00"},
        {"after the end it stays", "12", "2025-04-01,2025-05-01", "2025-12",
         "2025-12 2 120.00 4/5 96.00"},
        {"quarters of a joiner", "4", "2025-07-01,", "2025-09", "2025-09 1 120.00 4/15 32.00"},
        {"none covered: nothing until March", "4", "2025-07-01,2025-08-31", "2026-02",
         "2026-02 0 120.00 0/1 0.00"},
        {"none covered: all in March", "4", "2025-07-01,2025-08-31", "2026-03",
         "2026-03 1 120.00 4/5 96.00"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *columns =
            g_strdup_printf("per-point,12,,,0.8,%s,none", CASES[i].instalments);
        g_autofree char *spell = g_strdup_printf(PARTICIPATION "S,A,%s,\n", CASES[i].spell);
        g_autofree char *line = g_strdup_printf("S/A instalment in-year %s\n", CASES[i].line);
        g_autoptr(Case) c = case_of_achievement(columns, ONE);
        case_input(c, "participation.csv", spell);
        g_test_message("%s", CASES[i].what);
        g_assert_true(case_run(c, CASES[i].period));
        g_assert_cmpstr(case_lines(c), ==, line);
    }
}

static void
full_achievement_earns_the_whole_value(void)
{
    g_autoptr(Case) c =
        case_of_achievement("per-point,0.3333,,,0.8,12,none",
                            "S,I1,I,1,all-or-nothing,,0.5,,,x\nS,I2,I,1,all-or-nothing,,0.5,,,x\n"
                            "S,I3,I,1,all-or-nothing,,0.5,,,x\nS,I4,I,0,all-or-nothing,,0.5,,,x\n"
                            "S,I5,I,0.01,all-or-nothing,,0.5,,,x\n");
    case_input(c, "participation.csv", PARTICIPATION "S,A,2025-04-01,,\n");
    case_input(c, "achievement.csv",
               ACHIEVEMENT "S,A,I1,2026-03-31,1,1,\nS,A,I2,2026-03-31,1,1,\n"
                           "S,A,I3,2026-03-31,1,1,\nS,A,I4,2026-03-31,1,1,\n"
                           "S,A,I5,2026-03-31,12.50,12.5,0\n");
    g_assert_true(case_run(c, "2025-26-YE"));
    g_assert_cmpstr(case_lines(c), ==,
                    "S/A indicator I1 - 1 0.33 1/1 0.33\nS/A indicator I2 - 1 0.33 1/1 0.33\n"
                    "S/A indicator I3 - 1 0.33 1/1 0.33\nS/A indicator I4 - 1 0.00 1/1 0.00\n"
                    "S/A indicator I5 - 12.5 0.01 1/1 0.01\n");
    g_assert_cmpstr(case_payments(c), ==, "S/A 1.00 1.00 0.00 1.00 1.00+0.00 pay\n");
}

/* Equal remainders: the earlier row of the rules gets the penny. */
static void
pence_left_over_go_to_the_largest_remainders(void)
{
    static const struct {
        const char *points[4];
        int64_t value, shares[4];
    } CASES[] = {
        {{"1", "1", "1", "1"}, 5, {2, 1, 1, 1}},
        {{"1", "1", "1", "1"}, 7, {2, 2, 2, 1}},
        {{"1", "2", "3", "4"}, 99, {10, 20, 30, 39}},
        {{"1", "2", "3", "4"}, 0, {0, 0, 0, 0}},
        {{"0", "0", "1", "0"}, 99, {0, 0, 99, 0}},
        {{"1", "1", "1", "0.5"}, 10, {3, 3, 3, 1}},
        {{"0.000001", "1", "1", "1"}, 100, {0, 34, 33, 33}},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(GString) rows = g_string_new(NULL);
        for (guint k = 0; k < 4; k++)
            g_string_append_printf(rows, "S,I%u,I,%s,all-or-nothing,,0.5,,,x\n", k,
                                   CASES[i].points[k]);
        g_autoptr(Case) c = case_of_achievement("per-point,1,,,1,1,none", rows->str);
        Money shares[4];
        case_input(c, "participation.csv", PARTICIPATION "S,A,2025-04-01,,\n");
        g_assert_true(case_run(c, "2025-04"));
        Contract contract = *result_contract(c->result, 0);
        contract.value = (Money){CASES[i].value};
        g_assert_true(contract_shares(c->pack, &contract, shares));
        for (guint k = 0; k < 4; k++)
            g_assert_cmpint(shares[k].pence, ==, CASES[i].shares[k]);
    }
}

typedef struct {
    const char *what, *method; /* method, floor, target, steps, if_no_patients */
    const char *counts;        /* numerator, denominator, exceptions */
    const char *fraction;
} Earning;

static void
achievement_becomes_a_fraction(void)
{
    static const Earning CASES[] = {
        {"below the floor", "sliding,0.4,0.8,,", "39,100,", "0/1"},
        {"at the floor", "sliding,0.4,0.8,,", "40,100,", "0/1"},
        {"between", "sliding,0.4,0.8,,", "41,100,", "1/40"},
        {"at the target", "sliding,0.4,0.8,,", "80,100,", "1/1"},
        {"above the target", "sliding,0.4,0.8,,", "100,100,", "1/1"},
        {"exceptions leave the denominator", "sliding,0.4,0.8,,", "60,110,10", "1/2"},
        {"lower is better: above the floor", "sliding,0.10,0.07,,", "11,100,", "0/1"},
        {"lower is better: between", "sliding,0.10,0.07,,", "9,100,", "1/3"},
        {"lower is better: at the target", "sliding,0.10,0.07,,", "7,100,", "1/1"},
        {"lower is better: below the target", "sliding,0.10,0.07,,", "0,100,", "1/1"},
        {"nothing below the target", "all-or-nothing,,0.75,,", "74.999999,100,", "0/1"},
        {"all at the target", "all-or-nothing,,0.75,,", "75,100,", "1/1"},
        {"a floor below the target is not used", "all-or-nothing,0.1,0.75,,", "74,100,", "0/1"},
        {"lower is better: all at the target", "all-or-nothing,0.2,0.12,,", "12,100,", "1/1"},
        {"lower is better: nothing above it", "all-or-nothing,0.2,0.12,,", "12.000001,100,", "0/1"},
        {"before the first step", "steps,,,0.6:0.5|0.7:0.75|0.8:1,", "59,100,", "0/1"},
        {"on the first step", "steps,,,0.6:0.5|0.7:0.75|0.8:1,", "60,100,", "1/2"},
        {"just below the second", "steps,,,0.6:0.5|0.7:0.75|0.8:1,", "69.999999,100,", "1/2"},
        {"on the last step", "steps,,,0.6:0.5|0.7:0.75|0.8:1,", "99,100,", "1/1"},
        {"a step may pay less than the one before", "steps,,,0.6:0.5|0.7:0.25,", "70,100,", "1/4"},
        {"nobody left pays nothing", "sliding,0.4,0.8,,", "0,10,10", "0/1"},
        {"nobody at all pays nothing", "sliding,0.4,0.8,,nothing", "0,0,0", "0/1"},
        {"nobody left pays in full", "sliding,0.4,0.8,,full", "0,10,10", "1/1"},
        {"nobody achieved of many", "all-or-nothing,,0,,", "0,10,", "1/1"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *indicator = g_strdup_printf("S,I,I,1,%s,x\n", CASES[i].method);
        g_autofree char *row =
            g_strdup_printf(ACHIEVEMENT "S,A,I,2026-03-31,%s\n", CASES[i].counts);
        g_autoptr(Case) c = case_of_achievement("per-point,100,,,1,1,none", indicator);
        case_input(c, "participation.csv", PARTICIPATION "S,A,2025-04-01,,\n");
        case_input(c, "achievement.csv", row);
        g_test_message("%s", CASES[i].what);
        g_assert_true(case_run(c, "2025-26-YE"));
        g_autoptr(GString) fraction = g_string_new(NULL);
        fraction_append(fraction, result_line(c->result, 0)->fraction);
        g_assert_cmpstr(fraction->str, ==, CASES[i].fraction);
    }
}

static void
held_contracts_are_entitled_to_what_they_were_paid(void)
{
    g_autoptr(Case) c = case_of_achievement("per-registered-patient,1,2025-04-01,,1,12,none", ONE);
    case_input(c, "participation.csv", PARTICIPATION "S,A,2025-04-01,,\nS,B,2025-04-01,,\n");
    case_input(c, "list_sizes.csv", LISTS "B,2025-04-01,1200,\n");
    case_input(c, "payments_before.csv", BEFORE "S,A,2025-04,5.00\nS,A,2025-05,-1.00\n");
    case_input(c, "adjustments.csv", ADJUSTMENTS "S,A,2025-04,7.00,later,me\n");
    g_assert_true(case_run(c, "2025-06"));
    g_assert_cmpstr(case_lines(c), ==,
                    "S/A held no-list-size - - - - 4.00\n"
                    "S/B instalment in-year 2025-06 3 1200.00 1/4 300.00\n");
    g_assert_cmpstr(case_payments(c), ==,
                    "S/A - 4.00 4.00 0.00 0.00+0.00 hold\n"
                    "S/B 1200.00 300.00 0.00 300.00 100.00+200.00 pay\n");
    g_assert_cmpstr(case_exceptions(c), ==, ":0: no-list-size held S/A/ -\n");
    case_input(c, "list_sizes.csv", LISTS "A,2025-03-31,12,\nB,2025-04-01,1200,\n");
    g_assert_true(case_run(c, "2025-06")); /* what was missing releases it */
    g_autofree char *owed = case_owed(c, "S", "A");
    g_assert_cmpstr(owed, ==, "6.00");
}

static void
missing_achievement_holds_the_year_end(void)
{
    g_autoptr(Case) c = case_of_achievement("per-point,10,,,1,12,none",
                                            "S,I1,I,1,sliding,0,1,,,x\nS,I2,I,2,sliding,0,1,,,x\n"
                                            "S,I3,I,3,sliding,0,1,,,x\n");
    case_input(c, "participation.csv", PARTICIPATION "S,A,2025-04-01,,\nS,B,2025-04-01,,\n");
    case_input(c, "achievement.csv",
               ACHIEVEMENT "S,A,I1,2026-03-31,1,1,\nS,A,I2,2026-03-31,2,1,\n"
                           "S,B,I1,2026-03-31,1,1,\nS,B,I2,2026-03-31,1,2,\n"
                           "S,B,I3,2026-03-31,0,2,\n");
    g_assert_true(case_run(c, "2025-26-YE"));
    g_assert_cmpstr(case_payments(c), ==,
                    "S/A 60.00 0.00 0.00 0.00 0.00+0.00 hold\n"
                    "S/B 60.00 20.00 0.00 20.00 20.00+0.00 pay\n");
    g_assert_cmpstr(case_exceptions(c), ==,
                    "achievement.csv:3:numerator exceeds-denominator rejected S/A/I2 -\n"
                    ":0: missing-achievement held S/A/I2 20.00\n"
                    ":0: missing-achievement held S/A/I3 30.00\n");
}

/* A contract whose participation does not touch the year is never held, and worth nothing. */
static void
a_contract_outside_the_year_is_not_held(void)
{
    g_autoptr(Case) c = case_of_achievement("per-registered-patient,1,2025-04-01,,1,12,none", ONE);
    case_input(c, "participation.csv", PARTICIPATION "S,A,2024-04-01,2025-03-31,\n");
    g_assert_true(case_run(c, "2025-06"));
    g_assert_cmpstr(case_payments(c), ==, "");
    case_input(c, "payments_before.csv", BEFORE "S,A,2025-04,5.00\n");
    g_assert_true(case_run(c, "2025-26-YE"));
    g_assert_cmpstr(case_payments(c), ==, "S/A 0.00 0.00 5.00 -5.00 -5.00+0.00 carry\n");
}

static void
of_equal_submissions_the_latest_day_counts(void)
{
    g_autoptr(Case) c =
        case_of_achievement("per-point,1000,,,1,1,none", "S,I,I,1,sliding,0,1,,,x\n");
    case_input(c, "participation.csv", PARTICIPATION "S,A,2025-04-01,,\n");
    case_input(c, "achievement.csv",
               "scheme,provider,indicator,as_at,numerator,denominator,submission\n"
               "S,A,I,2026-03-31,1,100,1\n"
               "S,A,I,2026-03-31,2,100,2\n"
               "S,A,I,2026-06-30,200,100,2\n" /* cannot be accepted */
               "S,A,I,2026-06-30,4,100,2\n"   /* the first that can */
               "S,A,I,2026-06-30,5,100,2\n"
               "S,A,I,2026-08-01,6,100,3\n" /* outside the year */
               "S,A,I,2025-12-31,7,100,2\n");
    g_assert_true(case_run(c, "2025-26-YE"));
    g_assert_cmpstr(case_exceptions(c), ==,
                    "achievement.csv:4:numerator exceeds-denominator rejected S/A/I -\n"
                    "achievement.csv:6: duplicate rejected S/A/I -\n"
                    "achievement.csv:7:as_at outside-year rejected S/A/I -\n");
    g_assert_cmpstr(case_controls(c), ==,
                    "achievement.csv 7: 1 3 0 3 0\nparticipation.csv 1: 1 0 0 0 0\n"
                    "providers.csv 3: 3 0 0 0 0\n");
    g_autofree char *owed = case_owed(c, "S", "A");
    g_assert_cmpstr(owed, ==, "40.00");
}

typedef struct {
    const char *what;
    const char *adjustments; /* of schemes S (next payment) and R (invoice) */
    const char *statuses;    /* "S/A pay" … of those not nil */
} Settling;

/* A and B have a payee of their own, C is paid to A. */
static void
negative_totals_are_carried_or_invoiced(void)
{
    static const Settling CASES[] = {
        {"nothing owed", "", ""},
        {"a negative one within a positive total", "S,A,2025-04,-5,r,m\nR,A,2025-04,8,r,m\n",
         "S/A pay R/A pay"},
        {"a total of 0 pays all", "S,A,2025-04,-5,r,m\nR,A,2025-04,5,r,m\n", "S/A pay R/A pay"},
        {"a total of 0 needs no invoice", "S,A,2025-04,5,r,m\nR,A,2025-04,-5,r,m\n",
         "S/A pay R/A pay"},
        {"others that add up to 0 are paid",
         "R,A,2025-04,-5,r,m\nS,A,2025-04,3,r,m\nS,C,2025-04,-3,r,m\n",
         "S/A pay S/C pay R/A invoice"},
        {"a negative total is carried", "S,A,2025-04,-5,r,m\nS,C,2025-04,4,r,m\n",
         "S/A carry S/C carry"},
        {"a negative invoice scheme is invoiced", "R,A,2025-04,-5,r,m\n", "R/A invoice"},
        {"the others are paid then", "R,A,2025-04,-5,r,m\nS,A,2025-04,4,r,m\n",
         "S/A pay R/A invoice"},
        {"or carried", "R,A,2025-04,-5,r,m\nS,A,2025-04,-4,r,m\nS,C,2025-04,3,r,m\n",
         "S/A carry S/C carry R/A invoice"},
        {"an invoice within a positive total is deducted",
         "R,A,2025-04,-5,r,m\nS,C,2025-04,6,r,m\n", "S/C pay R/A pay"},
        {"a positive contract of an invoice scheme is one of the others",
         "R,A,2025-04,2,r,m\nR,C,2025-04,-9,r,m\nS,A,2025-04,-1,r,m\n",
         "S/A pay R/A pay R/C invoice"},
        {"payees are settled apart", "S,A,2025-04,-5,r,m\nS,B,2025-04,9,r,m\n",
         "S/A carry S/B pay"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(Case) c = case_new();
        g_autofree char *rows = g_strconcat(ADJUSTMENTS, CASES[i].adjustments, NULL);
        g_autoptr(GString) statuses = g_string_new(NULL);
        case_rule(c, "schemes.csv",
                  SCHEMES "S,S,practice,individual,activity,activity,,,,,,,,,,,,x\n"
                          "R,R,practice,individual,activity,activity,,,,,,,,,invoice,,,x\n");
        case_input(c, "providers.csv",
                   "provider,name,type,payee\nA,A,practice,\nB,B,practice,\nC,C,practice,A\n");
        case_input(c, "participation.csv",
                   PARTICIPATION "S,A,2025-04-01,,\nS,B,2025-04-01,,\nS,C,2025-04-01,,\n"
                                 "R,A,2025-04-01,,\nR,C,2025-04-01,,\n");
        case_input(c, "adjustments.csv", rows);
        g_test_message("%s", CASES[i].what);
        g_assert_true(case_run(c, "2025-04"));
        for (guint k = 0; k < c->result->contracts->len; k++) {
            const Contract *contract = result_contract(c->result, k);
            if (contract->status != STATUS_NIL)
                g_string_append_printf(statuses, "%s%s/%s %s", statuses->len > 0 ? " " : "",
                                       contract->scheme->code, contract->provider->code,
                                       STATUS_NAMES[contract->status]);
        }
        g_assert_cmpstr(statuses->str, ==, CASES[i].statuses);
    }
}

/* A held contract's payments do not make its payee's total negative. */
static void
a_held_contract_weighs_nothing(void)
{
    g_autoptr(Case) c = case_of_achievement("per-registered-patient,1,2025-04-01,,1,12,none", ONE);
    case_input(c, "providers.csv", "provider,name,type,payee\nA,A,practice,\nB,B,practice,A\n");
    case_input(c, "participation.csv", PARTICIPATION "S,A,2025-04-01,,\nS,B,2025-04-01,,\n");
    case_input(c, "list_sizes.csv", LISTS "B,2025-04-01,12,\n");
    case_input(c, "payments_before.csv", BEFORE "S,A,2025-04,500.00\n");
    g_assert_true(case_run(c, "2025-04"));
    g_assert_cmpstr(case_payments(c), ==,
                    "S/A - 500.00 500.00 0.00 0.00+0.00 hold\n"
                    "S/B 12.00 1.00 0.00 1.00 1.00+0.00 pay\n");
}

static void
current_and_prior_part_what_is_owed(void)
{
    g_autoptr(Case) c = case_of_activity("S,T,T,quantity,,10,2025-04-01,,,,x\n");
    case_input(c, "activity.csv",
               ACTIVITY "2025-04,S,A,T,,,1\n2025-05,S,A,T,,,2\n2025-06,S,A,T,,,4\n"
                        "2025-07,S,A,T,,,8\n");
    case_input(c, "payments_before.csv", BEFORE "S,A,2025-05,15.00\nS,A,2025-07,99\n");
    case_input(c, "adjustments.csv",
               ADJUSTMENTS "S,A,2025-04,1.00,a,m\nS,A,2025-06,2.00,b,m\nS,A,2025-07,4.00,c,m\n");
    g_assert_true(case_run(c, "2025-06"));
    g_assert_true(g_str_has_prefix(case_payments(c), "S/A - 73.00 15.00 58.00 42.00+16.00 pay\n"));
    g_assert_true(case_run(c, "2025-26-YE"));
    g_assert_true(g_str_has_prefix(case_payments(c), "S/A - 157.00 114.00 43.00 43.00+0.00 pay\n"));
}

static void
amounts_of_a_trillion_refuse_the_run(void)
{
    static const struct {
        const char *first, *second;
        bool is_within;
    } CASES[] = {{"999999999999.99", "0", true},  {"999999999999.99", "0.01", false},
                 {"-999999999999.99", "0", true}, {"-999999999999.99", "-0.01", false},
                 {"999999999999.99", "-5", true}, {"999999999999.99", "999999999999.99", false}};
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(Case) c = case_of_activity("S,T,T,quantity,,10,2025-04-01,,,,x\n");
        g_autofree char *rows =
            g_strdup_printf(ADJUSTMENTS "S,A,2025-04,%s,a,m\nS,A,2025-04,%s,b,m\n", CASES[i].first,
                            CASES[i].second);
        case_input(c, "adjustments.csv", rows);
        g_assert_cmpint(case_run(c, "2025-04"), ==, CASES[i].is_within);
        if (!CASES[i].is_within) {
            g_assert_error(c->error, SP_ERROR, SP_ERROR_INPUT);
            g_assert_nonnull(strstr(case_faults(c), "S/A"));
        }
    }
}

static void
figures_out_of_range_name_their_contract(void)
{
    g_autoptr(Case) c = case_of_achievement(
        "per-point,999999999999.999999,2025-04-01,0.000001,1,1,none", "S,I,I,999999999999,"
                                                                      "sliding,0,1,,,x\n");
    case_input(c, "participation.csv", PARTICIPATION "S,A,2025-04-01,,\n");
    case_input(c, "list_sizes.csv", LISTS "A,2025-04-01,999999999,\n");
    g_assert_false(case_run(c, "2025-04"));
    g_assert_error(c->error, SP_ERROR, SP_ERROR_INPUT);
    g_assert_nonnull(strstr(case_faults(c), "S/A"));
    g_assert_cmpuint(faults_count(c->faults, FAULT_INPUT), ==, 1);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/value/contract-values", contract_values);
    g_test_add_func("/value/rounded-by-the-scheme", values_are_rounded_by_the_scheme);
    g_test_add_func("/instalment/due-of-those-in-the-participation",
                    instalments_due_of_those_in_the_participation);
    g_test_add_func("/shares/full-achievement-earns-the-whole-value",
                    full_achievement_earns_the_whole_value);
    g_test_add_func("/shares/pence-left-over-go-to-the-largest-remainders",
                    pence_left_over_go_to_the_largest_remainders);
    g_test_add_func("/indicator/achievement-becomes-a-fraction", achievement_becomes_a_fraction);
    g_test_add_func("/held/entitled-to-what-was-paid",
                    held_contracts_are_entitled_to_what_they_were_paid);
    g_test_add_func("/held/missing-achievement-holds-the-year-end",
                    missing_achievement_holds_the_year_end);
    g_test_add_func("/held/not-outside-the-year", a_contract_outside_the_year_is_not_held);
    g_test_add_func("/achievement/of-equal-submissions-the-latest-day-counts",
                    of_equal_submissions_the_latest_day_counts);
    g_test_add_func("/settle/negative-totals-are-carried-or-invoiced",
                    negative_totals_are_carried_or_invoiced);
    g_test_add_func("/settle/a-held-contract-weighs-nothing", a_held_contract_weighs_nothing);
    g_test_add_func("/settle/current-and-prior-part-what-is-owed",
                    current_and_prior_part_what_is_owed);
    g_test_add_func("/range/amounts-of-a-trillion-refuse-the-run",
                    amounts_of_a_trillion_refuse_the_run);
    g_test_add_func("/range/figures-out-of-range-name-their-contract",
                    figures_out_of_range_name_their_contract);
    return g_test_run();
}
