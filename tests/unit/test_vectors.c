/* The test vectors with a source: published figures, each named by its test. */
#include "support.h"

#include "pay/indicator.h"

#define YEAR_PARTICIPATION PARTICIPATION "S,A,2025-04-01,,\n"

/* Vector: 74 points × £201.16, average list 9,103, list 9,103 / 4,550 / 18,200
 * → £14,885.84 / £7,440.47 / £29,761.87. */
static void
points_by_list_over_average_list(void)
{
    g_autoptr(Case) c = case_of_achievement("per-point,201.16,2025-04-01,9103,0.8,12,none",
                                            "S,I,I,74,sliding,0,1,,,x\n");
    case_input(c, "participation.csv",
               PARTICIPATION "S,A,2025-04-01,,\nS,B,2025-04-01,,\nS,C,2025-04-01,,\n");
    case_input(c, "list_sizes.csv",
               LISTS "A,2025-01-01,9103,\nB,2025-01-01,4550,\nC,2025-04-01,18200,\n");
    g_assert_true(case_run(c, "2025-04"));
    static const int64_t VALUES[] = {1488584, 744047, 2976187};
    for (guint i = 0; i < G_N_ELEMENTS(VALUES); i++)
        g_assert_cmpint(result_contract(c->result, i)->value.pence, ==, VALUES[i]);
}

/* Vectors: 564 × £225.49 → £127,176.36; 80 % of that by cumulative twelfths → £101,741.09 in all,
 * most instalments £8,478.42, some £8,478.43; balance at full achievement £25,435.27. */
static void
cumulative_twelfths_and_balance(void)
{
    g_autoptr(Case) c =
        case_of_achievement("per-point,225.49,,,0.80,12,none", "S,I,I,564,sliding,0,1,,,x\n");
    g_autoptr(GString) paid = g_string_new(BEFORE);
    int64_t sum = 0;
    guint larger = 0;
    case_input(c, "participation.csv", YEAR_PARTICIPATION);
    for (Month month = month_of(2025, 4); month <= month_of(2026, 3); month++) {
        g_autoptr(GString) period = g_string_new(NULL);
        month_append(period, month);
        case_input(c, "payments_before.csv", paid->str);
        g_assert_true(case_run(c, period->str));
        const Contract *contract = result_contract(c->result, 0);
        g_assert_cmpint(contract->value.pence, ==, 12717636);
        g_assert_cmpint(contract->prior.pence, ==, 0);
        g_assert_true(contract->owed.pence == 847842 || contract->owed.pence == 847843);
        larger += contract->owed.pence == 847843;
        sum += contract->owed.pence;
        g_string_append_printf(paid, "S,A,%s,", period->str);
        money_append(paid, contract->owed);
        g_string_append_c(paid, '\n');
    }
    g_assert_cmpint(sum, ==, 10174109);
    g_assert_cmpuint(larger, <, 6);
    g_assert_cmpuint(larger, >, 0); /* 12 × £8,478.42 is 5p short */
    case_input(c, "payments_before.csv", paid->str);
    case_input(c, "achievement.csv", ACHIEVEMENT "S,A,I,2026-03-31,5,5,\n");
    g_assert_true(case_run(c, "2025-26-YE"));
    g_assert_cmpint(result_contract(c->result, 0)->owed.pence, ==, 2543527);
}

/* Vector: 44 points of £1, 20–50 % sliding: 15, 20, 34, 35, 50, 80 %
 * → £0, £0, £20.53, £22, £44, £44. */
static void
sliding_scale_between_two_thresholds(void)
{
    static const struct {
        int percent;
        int64_t pence;
    } CASES[] = {{15, 0}, {20, 0}, {34, 2053}, {35, 2200}, {50, 4400}, {80, 4400}};
    g_autoptr(Case) c =
        case_of_achievement("per-point,1,,,0.8,12,none", "S,I,I,44,sliding,0.2,0.5,,,x\n");
    case_input(c, "participation.csv", YEAR_PARTICIPATION);
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *rows =
            g_strdup_printf(ACHIEVEMENT "S,A,I,2026-03-31,%d,100,\n", CASES[i].percent);
        case_input(c, "achievement.csv", rows);
        g_assert_true(case_run(c, "2025-26-YE"));
        g_assert_cmpint(result_contract(c->result, 0)->owed.pence, ==, CASES[i].pence);
    }
}

/* Vector: £150 a year by quarter → £37.50. */
static void
a_year_by_quarters(void)
{
    static const struct {
        const char *period;
        int64_t pence;
    } CASES[] = {{"2025-04", 0},    {"2025-05", 0},     {"2025-06", 3750}, {"2025-08", 3750},
                 {"2025-09", 7500}, {"2025-12", 11250}, {"2026-03", 15000}};
    g_autoptr(Case) c =
        case_of_achievement("annual-value,,,,1,4,none", "S,I,I,1,sliding,0,1,,,x\n");
    case_input(c, "participation.csv", PARTICIPATION "S,A,2025-04-01,,150\n");
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_assert_true(case_run(c, CASES[i].period));
        g_assert_cmpint(result_contract(c->result, 0)->owed.pence, ==, CASES[i].pence);
    }
}

/* Vectors: 194 × £111 → £21,534; 58 × £198 → £11,484. */
static void
quantities_times_price(void)
{
    static const struct {
        const char *price, *claims;
        int64_t pence;
    } CASES[] = {{"111", "2025-04,S,A,T,,,194\n", 2153400},
                 {"198", "2025-04,S,A,T,,,50\n2025-04,S,A,T,,,8\n", 1148400}};
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *tariff =
            g_strdup_printf("S,T,T,quantity,,%s,2025-04-01,,,,x\n", CASES[i].price);
        g_autofree char *claims = g_strconcat(ACTIVITY, CASES[i].claims, NULL);
        g_autoptr(Case) c = case_of_activity(tariff);
        case_input(c, "activity.csv", claims);
        g_assert_true(case_run(c, "2025-04"));
        g_assert_cmpint(result_contract(c->result, 0)->owed.pence, ==, CASES[i].pence);
    }
}

/* Vector: £12,000 × 183 days, year of 365 / 366 → £6,016.44 / £6,000.00. */
static void
a_part_of_the_year_by_days(void)
{
    static const struct {
        const char *year, *spell, *period;
        int64_t pence;
    } CASES[] = {{"2025-26", "S,A,2025-04-01,2025-09-30,12000\n", "2025-04", 601644},
                 {"2027-28", "S,A,2027-04-01,2027-09-30,12000\n", "2027-04", 600000}};
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(Case) c = case_new();
        g_autofree char *spell = g_strconcat(PARTICIPATION, CASES[i].spell, NULL);
        case_rule_of(c, CASES[i].year, "schemes.csv",
                     SCHEMES "S,S,practice,individual,achievement,outcomes,annual-value,,,,1,1,"
                             "days,,,,,x\n");
        case_rule_of(c, CASES[i].year, "indicators.csv", INDICATORS "S,I,I,1,sliding,0,1,,,x\n");
        case_rule_of(c, CASES[i].year, "tariffs.csv", TARIFFS);
        case_input(c, "participation.csv", spell);
        g_assert_true(case_run(c, CASES[i].period));
        g_assert_cmpint(result_contract(c->result, 0)->value.pence, ==, CASES[i].pence);
    }
}

/* Vector: cap 40 a year at £140: claims 15, then 30 → 15, then 25 paid; 5 rejected; £5,600. */
static void
a_cap_that_a_claim_is_partly_over(void)
{
    g_autoptr(Case) c = case_of_activity("S,T,T,quantity,,140,2025-04-01,,40,,x\n");
    case_input(c, "activity.csv",
               ACTIVITY "2025-04,S,A,T,,,15\n2025-05,S,A,T,,,30\n2025-06,S,A,T,,,1\n");
    g_assert_true(case_run(c, "2025-06"));
    g_assert_cmpstr(case_lines(c), ==,
                    "S/A activity T 2025-04 15 140.00 - 2100.00\n"
                    "S/A activity T 2025-05 25 140.00 - 3500.00\n");
    g_assert_cmpstr(case_exceptions(c), ==,
                    "activity.csv:3: over-cap part S/A/T 700.00\n"
                    "activity.csv:4: over-cap rejected S/A/T 140.00\n");
    g_assert_cmpint(result_contract(c->result, 0)->owed.pence, ==, 560000);
}

/* Rounding order: £227.02 × 0.6 × 26 is exact to the end, £3,541.51, not £136.21 × 26. */
static void
nothing_is_rounded_on_the_way(void)
{
    g_autoptr(Case) c =
        case_of_achievement("per-point,227.02,,,0.6,1,none", "S,I,I,26,sliding,0,1,,,x\n");
    case_input(c, "participation.csv", YEAR_PARTICIPATION);
    g_assert_true(case_run(c, "2026-03"));
    g_assert_cmpint(result_contract(c->result, 0)->owed.pence, ==, 354151);
}

/* Thresholds are compared exactly: 79.995 % is not 80 %. */
static void
just_below_a_threshold_is_below_it(void)
{
    static const struct {
        Micros numerator, denominator;
        int64_t reached;
    } CASES[] = {{79995, 100000, 0},   {80, 100, 1},         {4, 5, 1},
                 {799999, 1000000, 0}, {800000, 1000000, 1}, {333333333, 416666667, 0}};
    const Indicator indicator = {
        .method = METHOD_ALL_OR_NOTHING, .has_target = true, .target = 800000};
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        Reached reached = {.kind = REACHED_KNOWN,
                           .a = fraction_of(CASES[i].numerator, CASES[i].denominator)};
        g_assert_true(indicator_fraction(&indicator, &reached).num == CASES[i].reached);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/vectors/points-by-list-over-average-list", points_by_list_over_average_list);
    g_test_add_func("/vectors/cumulative-twelfths-and-balance", cumulative_twelfths_and_balance);
    g_test_add_func("/vectors/sliding-scale-between-two-thresholds",
                    sliding_scale_between_two_thresholds);
    g_test_add_func("/vectors/a-year-by-quarters", a_year_by_quarters);
    g_test_add_func("/vectors/quantities-times-price", quantities_times_price);
    g_test_add_func("/vectors/a-part-of-the-year-by-days", a_part_of_the_year_by_days);
    g_test_add_func("/vectors/a-cap-that-a-claim-is-partly-over",
                    a_cap_that_a_claim_is_partly_over);
    g_test_add_func("/vectors/nothing-is-rounded-on-the-way", nothing_is_rounded_on_the_way);
    g_test_add_func("/vectors/just-below-a-threshold-is-below-it",
                    just_below_a_threshold_is_below_it);
    return g_test_run();
}
