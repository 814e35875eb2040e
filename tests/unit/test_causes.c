/* Why something is owed: each change between two runs lands in the cause that is named for it, and
 * nothing is left as rest, however many changes come together. */
#include "support.h"

#include <string.h>

#include "report/figures/causes.h"

#define RULES_OF(recovery)                                                                         \
    SCHEMES "S,S,practice,individual,activity,activity,,,,,,,days,," recovery ",,,x\n"             \
            "V,V,practice,individual,achievement,outcomes,per-registered-patient,1.2,2025-04-01,," \
            "0.5,12,none,,,,,x\n"
#define PRICED(x, y) TARIFFS "S,X,X,quantity,," x ",2025-04-01,,,,x\n" y
#define TWO_PRICES                                                                                 \
    TARIFFS "S,X,X,quantity,,10,2025-04-01,2025-07-31,,,x\nS,X,X,quantity,,11,2025-08-01,,,,x\n"
#define LIST(size) LISTS "A,2025-04-01," size ",\n"
/* What is paid without claims: for each bed a month, and a retainer by twelfths. */
#define UNCLAIMED(price)                                                                           \
    "scheme,activity,title,count,per,paid,price,from,source\n"                                     \
    "S,X,X,quantity,,,10,2025-04-01,x\nS,BED,B,beds,month,," price ",2025-04-01,x\n"               \
    "S,FEE,F,each,year,monthly,1200,2025-04-01,x\n"
#define FROM(day) PARTICIPATION "S,A," day ",,\nV,A,2025-04-01,,\n"
#define ONE FROM("2025-04-01")
#define BEDS(number) "provider,fact,as_at,number\nA,beds,2025-04-01," number "\n"
#define LIMITS(most) "scheme,clause,title,limit,is,per,source\nS,M,M,at-most," most ",year,x\n"
/* What the run before, of August, has: 50.00 of S, and of V five of twelve of half of 1,200.00. */
#define CLAIMS ACTIVITY "2025-07,S,A,X,,,3\n2025-08,S,A,X,,,2\n"

/* The files of a run; NULL: as those of the run before, or none. */
typedef struct {
    const char *scheme_rules, *tariffs, *participation, *lists, *activity, *achievement,
        *adjustments, *payments_before, *facts, *limits, *recoveries;
    int brought; /* pounds, of S and A; 0: none */
} Files;

typedef struct {
    const char *what;
    Files before, now;
    const char *period; /* of the run; NULL: September */
    const char *causes; /* by contract, without those that are zero */
} Story;

static const Story STORIES[] = {
    {.what = "a month alone", .causes = "V/A Instalments due 50.00\n"},
    {.what = "this month's claims",
     .now = {.activity = CLAIMS "2025-09,S,A,X,,,4\n"},
     .causes = "S/A This month's claims 40.00\nV/A Instalments due 50.00\n"},
    {.what = "a late claim of a month without one",
     .now = {.activity = CLAIMS "2025-06,S,A,X,,,4\n"},
     .causes = "S/A Late claims 40.00\nV/A Instalments due 50.00\n"},
    {.what = "a late claim of a provider without any",
     .now = {.activity = CLAIMS "2025-06,S,B,X,,,1\n2025-09,S,B,X,,,2\n"},
     .causes = "S/B This month's claims 20.00 Late claims 10.00\nV/A Instalments due 50.00\n"},
    {.what = "a claim corrected up, and one down",
     .now = {.activity = ACTIVITY "2025-07,S,A,X,,,8\n2025-08,S,A,X,,,1\n"},
     .causes = "S/A Corrected claims 40.00\nV/A Instalments due 50.00\n"},
    {.what = "a claim that is gone",
     .now = {.activity = ACTIVITY "2025-08,S,A,X,,,2\n"},
     .causes = "S/A Corrected claims -30.00\nV/A Instalments due 50.00\n"},
    {.what = "another price",
     .now = {.tariffs = PRICED("12", "")},
     .causes = "S/A Prices 10.00\nV/A Instalments due 50.00\n"},
    {.what = "another price from August on",
     .now = {.tariffs = TWO_PRICES},
     .causes = "S/A Prices 2.00\nV/A Instalments due 50.00\n"},
    {.what = "another price, and this month's claims at it",
     .now = {.tariffs = PRICED("12", ""), .activity = CLAIMS "2025-09,S,A,X,,,1\n"},
     .causes = "S/A This month's claims 12.00 Prices 10.00\nV/A Instalments due 50.00\n"},
    {.what = "another list",
     .now = {.lists = LIST("2000")},
     .causes = "V/A Instalments due 100.00 Values and lists 250.00\n"},
    {.what = "an adjustment, and a payment from before the archive",
     .now = {.adjustments = ADJUSTMENTS "S,A,2025-09,20.00,why,who\n",
             .payments_before = BEFORE "V,A,2025-04,7.00\n"},
     .causes = "S/A Adjustments, payments before 20.00\n"
               "V/A Instalments due 50.00 Adjustments, payments before -7.00\n"},
    {.what = "an adjustment of before",
     .before = {.adjustments = ADJUSTMENTS "S,A,2025-08,20.00,why,who\n"},
     .causes = "V/A Instalments due 50.00\n"},
    {.what = "brought forward",
     .now = {.brought = -15},
     .causes = "S/A Brought forward -15.00\nV/A Instalments due 50.00\n"},
    {.what = "brought forward before",
     .before = {.brought = -15},
     .now = {.brought = -15},
     .causes = "V/A Instalments due 50.00\n"},
    {.what = "held before, released",
     .before = {.lists = LISTS},
     .now = {.lists = LIST("1000")},
     .causes = "V/A Held or carried before 300.00\n"},
    {.what = "held now", .now = {.lists = LISTS}, .causes = ""},
    {.what = "carried before",
     .before = {.adjustments = ADJUSTMENTS "S,A,2025-08,-500.00,why,who\n"},
     .causes = "S/A Held or carried before -450.00\n"
               "V/A Instalments due 50.00 Held or carried before 250.00\n"},
    {.what = "invoiced before",
     .before = {.scheme_rules = RULES_OF("invoice"),
                .adjustments = ADJUSTMENTS "S,A,2025-08,-500.00,why,who\n"},
     .causes = "V/A Instalments due 50.00\n"},
    {.what = "achieved at the year-end",
     .now = {.achievement = ACHIEVEMENT "V,A,I,2026-03-31,3,4,0\n"},
     .period = "2025-26-YE",
     .causes = "V/A Achievement 950.00\n"},
    {.what = "missed at the year-end",
     .now = {.achievement = ACHIEVEMENT "V,A,I,2026-03-31,1,4,0\n"},
     .period = "2025-26-YE",
     .causes = "V/A Achievement -250.00\n"},
    {.what = "claims of March at the year-end are late",
     .now = {.activity = CLAIMS "2026-03,S,A,X,,,1\n",
             .achievement = ACHIEVEMENT "V,A,I,2026-03-31,3,4,0\n"},
     .period = "2025-26-YE",
     .causes = "S/A Late claims 10.00\nV/A Achievement 950.00\n"},
    {.what = "what is paid without claims falls due",
     .before = {.tariffs = UNCLAIMED("5"), .facts = BEDS("12"), .participation = ONE},
     .causes = "S/A Instalments due 160.00\nV/A Instalments due 50.00\n"},
    {.what = "another fact",
     .before = {.tariffs = UNCLAIMED("5"), .facts = BEDS("12"), .participation = ONE},
     .now = {.facts = BEDS("15")},
     .causes = "S/A Instalments due 175.00 Facts 75.00\nV/A Instalments due 50.00\n"},
    {.what = "another price of a fact",
     .before = {.tariffs = UNCLAIMED("5"), .facts = BEDS("12"), .participation = ONE},
     .now = {.tariffs = UNCLAIMED("6")},
     .causes = "S/A Instalments due 172.00 Prices 60.00\nV/A Instalments due 50.00\n"},
    {.what = "a fact of nought has no lines",
     .before = {.tariffs = UNCLAIMED("5"), .facts = BEDS("12"), .participation = ONE},
     .now = {.facts = BEDS("0")},
     .causes = "S/A Instalments due 100.00 Facts -300.00\nV/A Instalments due 50.00\n"},
    {.what = "a part of the span after all",
     .before = {.tariffs = UNCLAIMED("5"), .facts = BEDS("12"), .participation = ONE},
     .now = {.participation = FROM("2025-06-16")},
     .causes = "S/A Instalments due 35.07 Values and lists -150.00\n"
               "V/A Instalments due 50.00\n"},
    {.what = "a clause that begins to take",
     .now = {.activity = CLAIMS "2025-09,S,A,X,,,4\n", .limits = LIMITS("60")},
     .causes = "S/A This month's claims 40.00 Clauses -30.00\nV/A Instalments due 50.00\n"},
    {.what = "a clause that takes more",
     .before = {.limits = LIMITS("40")},
     .now = {.activity = CLAIMS "2025-09,S,A,X,,,4\n"},
     .causes = "S/A This month's claims 40.00 Clauses -40.00\nV/A Instalments due 50.00\n"},
    {.what = "a debt that is paid off in parts",
     .now = {.adjustments = ADJUSTMENTS "S,A,2025-09,-100.00,why,who\n",
             .recoveries = "scheme,provider,from,monthly,reason,authorised_by\n"
                           "S,A,2025-09,30,why,who\n"},
     .causes = "S/A Adjustments, payments before -100.00 Left for later 70.00\n"
               "V/A Instalments due 50.00\n"},
    {.what = "all at once",
     .now = {.tariffs = PRICED("12", "S,Y,Y,quantity,,1,2025-04-01,,,,x\n"),
             .lists = LIST("2000"),
             .activity = CLAIMS "2025-09,S,A,X,,,1\n2025-06,S,A,Y,,,5\n",
             .adjustments = ADJUSTMENTS "S,A,2025-09,-1.00,why,who\n",
             .brought = -15},
     .causes = "S/A This month's claims 12.00 Late claims 5.00 Prices 10.00 "
               "Adjustments, payments before -1.00 Brought forward -15.00\n"
               "V/A Instalments due 100.00 Values and lists 250.00\n"},
};

/* What was paid and carried, as an archive has it. */
typedef struct {
    Case *c;
    GArray *paid, *carried; /* of LedgerEntry */
    BroughtForward brought;
    Earlier *earlier; /* the run before, or NULL */
} Year;

static void
year_begin(Year *year)
{
    *year = (Year){.c = case_new(),
                   .paid = g_array_new(FALSE, FALSE, sizeof(LedgerEntry)),
                   .carried = g_array_new(FALSE, FALSE, sizeof(LedgerEntry))};
    year->brought = (BroughtForward){"2024-25-YE/001", year->carried};
    year->c->ledger = year->paid;
    case_rule(year->c, "indicators.csv", INDICATORS "V,I,I,10,all-or-nothing,,0.5,,,x\n");
}

static void
clear_paid(Year *year)
{
    for (guint i = 0; i < year->paid->len; i++) {
        g_free(g_array_index(year->paid, LedgerEntry, i).scheme);
        g_free(g_array_index(year->paid, LedgerEntry, i).provider);
    }
    g_array_set_size(year->paid, 0);
}

static void
year_end(Year *year)
{
    clear_paid(year);
    g_array_unref(year->paid);
    g_array_unref(year->carried);
    earlier_free(year->earlier);
    case_free(year->c);
}

static void
bring_forward(Year *year, int pounds)
{
    static char scheme[] = "S", provider[] = "A";
    LedgerEntry entry = {scheme, provider, {pounds * 100}};
    g_array_set_size(year->carried, 0);
    g_array_append_val(year->carried, entry);
    year->c->brought = pounds != 0 ? &year->brought : NULL;
}

static void
write_files(Year *year, const Files *files)
{
    const struct {
        const char *name, *text;
    } inputs[] = {
        {"participation.csv", files->participation},
        {"list_sizes.csv", files->lists},
        {"activity.csv", files->activity},
        {"achievement.csv", files->achievement},
        {"adjustments.csv", files->adjustments},
        {"payments_before.csv", files->payments_before},
        {"facts.csv", files->facts},
        {"recoveries.csv", files->recoveries},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(inputs); i++)
        if (inputs[i].text != NULL)
            case_input(year->c, inputs[i].name, inputs[i].text);
    if (files->scheme_rules != NULL)
        case_rule(year->c, "schemes.csv", files->scheme_rules);
    if (files->tariffs != NULL)
        case_rule(year->c, "tariffs.csv", files->tariffs);
    if (files->limits != NULL)
        case_rule(year->c, "limits.csv", files->limits);
    bring_forward(year, files->brought);
}

/* The result becomes the run before, approved and paid. */
static void
approve(Year *year)
{
    const Result *result = year->c->result;
    clear_paid(year);
    earlier_free(year->earlier);
    year->earlier = earlier_new("before/001", result->pack->period.month);
    for (guint i = 0; i < result->contracts->len; i++) {
        const Contract *contract = result_contract(result, i);
        const char *scheme = contract->scheme->code, *provider = contract->provider->code;
        bool is_settled = status_is_settled(contract->status);
        EarlierContract *before = earlier_add(year->earlier, scheme, provider);
        LedgerEntry paid = {g_strdup(scheme), g_strdup(provider), contract->paid};
        paid.paid.pence += is_settled ? contract->owed.pence : 0;
        g_array_append_val(year->paid, paid);
        before->entitlement = contract->entitlement;
        before->paid = contract->paid;
        before->owed = contract->owed;
        before->status = contract->status;
        for (guint l = 0; l < contract->line_count; l++) {
            const Line *line = result_line(result, contract->first_line + l);
            EarlierLine copy = {line->kind,
                                g_strdup(line->item),
                                line->month,
                                line->has_rate ? line->rate : 0,
                                line->has_fraction ? line->fraction : fraction_of(1, 0),
                                line->amount};
            g_array_append_val(before->lines, copy);
        }
    }
}

/* Divides the result: causes by contract as text. They must add up, without a rest. */
static char *
causes_text(const Year *year)
{
    const Result *result = year->c->result;
    g_autoptr(Causes) causes = causes_new(result, year->earlier);
    GString *text = g_string_new(NULL);
    Int128 all[OWED_CAUSES] = {0};
    for (guint i = 0; i < result->contracts->len; i++) {
        const Contract *contract = result_contract(result, i);
        const ContractCauses *of = causes_of(causes, i);
        int64_t sum = 0;
        bool is_first = true;
        for (guint cause = 0; cause < OWED_CAUSES; cause++) {
            all[cause] += of->owed[cause].pence;
            sum += of->owed[cause].pence;
            if (of->owed[cause].pence == 0)
                continue;
            if (is_first)
                g_string_append_printf(text, "%s/%s", contract->scheme->code,
                                       contract->provider->code);
            is_first = false;
            g_string_append_printf(text, " %s ", OWED_CAUSE[cause].name);
            money_append(text, of->owed[cause]);
        }
        g_string_append(text, is_first ? "" : "\n");
        g_assert_cmpint(sum, ==, contract->owed.pence);
        g_assert_cmpint(of->owed[OWED_REST].pence, ==, 0);
    }
    for (guint cause = 0; cause < OWED_CAUSES; cause++)
        g_assert_true(causes->all[cause].pence == all[cause]);
    return g_string_free(text, FALSE);
}

static const Files BEFORE_ALL = {
    .scheme_rules = RULES_OF(""),
    .tariffs = PRICED("10", ""),
    .participation = PARTICIPATION "S,A,2025-04-01,,\nS,B,2025-04-01,,\nV,A,2025-04-01,,\n",
    .lists = LIST("1000"),
    .activity = CLAIMS,
};

static void
each_change_lands_in_its_cause(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(STORIES); i++) {
        const Story *story = &STORIES[i];
        Year year;
        g_test_message("%s", story->what);
        year_begin(&year);
        write_files(&year, &BEFORE_ALL);
        write_files(&year, &story->before);
        g_assert_true(case_run(year.c, "2025-08"));
        approve(&year);
        write_files(&year, &story->now);
        g_assert_true(case_run(year.c, story->period != NULL ? story->period : "2025-09"));
        g_autofree char *text = causes_text(&year);
        g_assert_cmpstr(text, ==, story->causes);
        year_end(&year);
    }
}

static void
all_is_new_without_a_run_before(void)
{
    Year year;
    year_begin(&year);
    write_files(&year, &BEFORE_ALL);
    g_assert_true(case_run(year.c, "2025-08"));
    g_autofree char *text = causes_text(&year);
    g_assert_cmpstr(text, ==,
                    "S/A This month's claims 20.00 Late claims 30.00\n"
                    "V/A Instalments due 250.00\n");
    year_end(&year);
}

/* Any files of a month: what they say is not asked for here. */
static void
write_anything(Year *year)
{
    static const char *const PRICES[] = {"10", "12", "0.333333"};
    static const char *const SIZES[] = {"1000", "1999", "0"};
    g_autoptr(GString) activity = g_string_new(ACTIVITY);
    g_autoptr(GString) adjustments = g_string_new(ADJUSTMENTS);
    g_autofree char *tariffs =
        g_strdup_printf(TARIFFS "S,X,X,quantity,,%s,2025-04-01,2025-06-30,,,x\n"
                                "S,X,X,quantity,,%s,2025-07-01,,,,x\n",
                        PRICES[g_test_rand_int_range(0, 3)], PRICES[g_test_rand_int_range(0, 3)]);
    g_autofree char *list =
        g_strdup_printf(LISTS "A,2025-04-01,%s,\n", SIZES[g_test_rand_int_range(0, 3)]);
    for (int row = 0; row < 12; row++)
        g_string_append_printf(activity, "2025-%02d,S,%c,X,,,%d\n", g_test_rand_int_range(4, 13),
                               g_test_rand_int_range('A', 'C'), g_test_rand_int_range(1, 1000));
    for (int row = g_test_rand_int_range(0, 3); row > 0; row--)
        g_string_append_printf(adjustments, "%c,A,2025-04,%d.%02d,why %d,who\n",
                               g_test_rand_bit() ? 'S' : 'V', g_test_rand_int_range(-2000, 200),
                               g_test_rand_int_range(0, 100), row);
    static const char *const MOST[] = {LIMITS("0"), LIMITS("5000"), LIMITS("1000000")};
    static const char *const NUMBERS[] = {BEDS("12"), BEDS("-3.5"), BEDS("0")};
    bool is_unclaimed = g_test_rand_bit();
    Files files = {.facts = NUMBERS[g_test_rand_int_range(0, 3)],
                   .limits = MOST[g_test_rand_int_range(0, 3)],
                   .scheme_rules = g_test_rand_bit() ? RULES_OF("invoice") : RULES_OF(""),
                   .tariffs = is_unclaimed ? UNCLAIMED("5") : tariffs,
                   .lists = g_test_rand_int_range(0, 4) == 0 ? LISTS : list,
                   .activity = activity->str,
                   .achievement =
                       g_test_rand_bit() ? ACHIEVEMENT : ACHIEVEMENT "V,A,I,2026-03-31,3,4,0\n",
                   .adjustments = adjustments->str,
                   .brought = g_test_rand_int_range(-20, 20)};
    write_files(year, &files);
}

static void
nothing_is_left_whatever_changes(void)
{
    static const char *const PERIODS[] = {"2025-04", "2025-05", "2025-06",   "2025-09",
                                          "2025-12", "2026-03", "2025-26-YE"};
    for (guint times = 0; times < 20; times++) {
        Year year;
        year_begin(&year);
        write_files(&year, &BEFORE_ALL);
        for (gsize i = 0; i < G_N_ELEMENTS(PERIODS); i++) {
            write_anything(&year);
            g_assert_true(case_run(year.c, PERIODS[i]));
            g_autofree char *text = causes_text(&year);
            g_assert_nonnull(text);
            approve(&year);
        }
        year_end(&year);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/causes/each-change-lands-in-its-cause", each_change_lands_in_its_cause);
    g_test_add_func("/causes/all-is-new-without-a-run-before", all_is_new_without_a_run_before);
    g_test_add_func("/causes/nothing-is-left-whatever-changes", nothing_is_left_whatever_changes);
    return g_test_run();
}
