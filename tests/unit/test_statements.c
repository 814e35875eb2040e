/* The words of statements: every reason has its own, and figures are told as the paper would. */
#include "support.h"

#include <string.h>

#include "report/figures/line_words.h"
#include "report/figures/words.h"
#include "report/statement/reasons.h"

static void
every_reason_has_words(void)
{
    for (Reason reason = REASON_NONE + 1; reason < REASON_COUNT; reason++) {
        const ReasonWords *words = &REASON_WORDS[reason];
        g_assert_true(words->name != NULL && words->meaning != NULL && words->remedy != NULL);
        g_assert_true(g_ascii_isupper(words->name[0]) && g_ascii_isupper(words->meaning[0]));
        g_assert_true(g_str_has_suffix(words->remedy, "."));
        g_assert_false(g_str_has_suffix(words->meaning, "."));
        for (Reason other = REASON_NONE + 1; other < reason; other++)
            g_assert_cmpstr(words->name, !=, REASON_WORDS[other].name);
    }
}

/* The words of the first line of a kind. */
static char *
words_of(Case *c, const char *period, LineKind kind)
{
    g_assert_true(case_run(c, period));
    for (guint i = 0; i < c->result->lines->len; i++) {
        const Line *line = result_line(c->result, i);
        if (line->kind == kind)
            return words_line(c->result, line);
    }
    g_assert_not_reached();
}

/* Cases of achievement: the columns from value_basis to pro_rata, the indicator, participation and
 * what A reached. */
static const struct {
    const char *value, *indicator, *participation, *reached, *words_of_value, *words;
} ACHIEVEMENT_CASES[] = {
    {"per-point,201.16,2025-04-01,9103,0.8,12,none", "S,I,Title,74,sliding,0.4,0.9,,,src\n",
     "S,A,2025-04-01,,\n", "45,74,28", "74 points × £201.16 × 9,103 patients ÷ 9,103 on average",
     "45 ÷ (74 − 28) = 97.83 % (nothing up to 40 %, all from 90 %); pays 100 % of £14,885.84"},
    {"annual-value,,,,0.8,12,days", "S,I,Title,1,sliding,0.2,0.5,,,src\n",
     "S,A,2025-10-01,,12000\n", "34,100,0", "£12,000.00 × 182 ÷ 365 days",
     "34 ÷ (100 − 0) = 34 % (nothing up to 20 %, all from 50 %); pays 46.67 % of £5,983.56"},
    {"annual-value,,,,0.8,12,months", "S,I,Title,1,sliding,0.1,0.05,,,src\n",
     "S,A,2025-04-01,,100\n", "7,100,", "£100.00",
     "7 ÷ (100 − 0) = 7 % (nothing from 10 %, all up to 5 %); pays 60 % of £100.00"},
    {"per-registered-patient,1.5,2025-04-01,,0.8,12,months",
     "S,I,Title,1,steps,,,0.6:0.5|0.8:1,,src\n", "S,A,2025-06-15,,\n", "7,10,",
     "£1.50 × 9,103 patients × 9 ÷ 12 months",
     "7 ÷ (10 − 0) = 70 % (steps: 50 % from 60 %, 100 % from 80 %); pays 50 % of £10,240.88"},
    {"annual-value,,,,0.8,12,none", "S,I,Title,1,all-or-nothing,,0.75,,full,src\n",
     "S,A,2025-04-01,,100\n", "0,3,3", "£100.00",
     "0 ÷ (3 − 3): no patients left, which pays in full; pays 100 % of £100.00"},
};

static void
achievement_is_told_as_a_formula(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(ACHIEVEMENT_CASES); i++) {
        g_autoptr(Case) c =
            case_of_achievement(ACHIEVEMENT_CASES[i].value, ACHIEVEMENT_CASES[i].indicator);
        g_autofree char *spells =
            g_strconcat(PARTICIPATION, ACHIEVEMENT_CASES[i].participation, NULL);
        g_autofree char *reached =
            g_strconcat(ACHIEVEMENT "S,A,I,2026-03-31,", ACHIEVEMENT_CASES[i].reached, "\n", NULL);
        case_input(c, "participation.csv", spells);
        case_input(c, "list_sizes.csv", LISTS "A,2025-04-01,9103,\n");
        case_input(c, "achievement.csv", reached);
        g_autofree char *words = words_of(c, "2025-26-YE", LINE_INDICATOR);
        g_autofree char *value = words_value(c->pack, result_contract(c->result, 0));
        g_assert_cmpstr(value, ==, ACHIEVEMENT_CASES[i].words_of_value);
        g_assert_cmpstr(words, ==, ACHIEVEMENT_CASES[i].words);
    }
}

static void
instalments_are_told_as_a_formula(void)
{
    g_autoptr(Case) c =
        case_of_achievement("annual-value,,,,0.80,12,none", "S,I,Title,1,sliding,0.2,0.5,,,src\n");
    case_input(c, "participation.csv", PARTICIPATION "S,A,2025-04-01,,127176.36\n");
    g_autofree char *words = words_of(c, "2025-09", LINE_INSTALMENT);
    g_assert_cmpstr(words, ==, "£127,176.36 × 80 % paid in the year × 6 of 12 instalments");
}

static void
activity_is_told_as_a_formula(void)
{
    g_autoptr(Case) c = case_of_activity("S,X,Title,quantity,,48,2025-04-01,,,,src\n"
                                         "S,Y,Title,patients,year,0.0612,2025-04-01,,,,src\n");
    case_input(c, "activity.csv", ACTIVITY "2025-09,S,A,X,,,1200\n2025-09,S,A,Y,p,,1\n");
    g_autofree char *words = words_of(c, "2025-09", LINE_ACTIVITY);
    g_assert_cmpstr(words, ==, "1,200 × £48.00");
    case_input(c, "activity.csv", ACTIVITY "2025-09,S,A,Y,p,,1\n");
    g_autofree char *patient = words_of(c, "2025-09", LINE_ACTIVITY);
    g_assert_cmpstr(patient, ==, "1 patient × £0.0612");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/statements/every-reason-has-words", every_reason_has_words);
    g_test_add_func("/statements/achievement-is-told-as-a-formula",
                    achievement_is_told_as_a_formula);
    g_test_add_func("/statements/instalments-are-told-as-a-formula",
                    instalments_are_told_as_a_formula);
    g_test_add_func("/statements/activity-is-told-as-a-formula", activity_is_told_as_a_formula);
    return g_test_run();
}
