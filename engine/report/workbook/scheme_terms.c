#include "report/workbook/scheme_terms.h"

#include "report/figures/wording.h"

#include "base/poison.h"

static const char *const BASES[] = {
    [BASIS_NONE] = "",
    [BASIS_ANNUAL_VALUE] = "annual-value",
    [BASIS_PER_REGISTERED_PATIENT] = "per-registered-patient",
    [BASIS_PER_WEIGHTED_PATIENT] = "per-weighted-patient",
    [BASIS_PER_POINT] = "per-point",
};
static const char *const PRO_RATAS[] = {
    [PRO_RATA_NONE] = "none", [PRO_RATA_DAYS] = "days", [PRO_RATA_MONTHS] = "months"};
static const char *const ROUNDINGS[] = {
    [ROUND_HALF_UP] = "half-up", [ROUND_HALF_EVEN] = "half-even", [ROUND_DOWN] = "down"};
static const char *const RECOVERIES[] = {
    [RECOVERY_NEXT_PAYMENT] = "next-payment", [RECOVERY_INVOICE] = "invoice"};

/* Terms of a scheme: each appends its words, or nothing where the rules say nothing. */

static void
say_delivered_by(GString *text, const Rules *rules, const Scheme *scheme)
{
    (void)rules;
    for (guint type = 0; type < TYPE_COUNT; type++) {
        if ((scheme->delivered_by & (1U << type)) != 0)
            g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", PROVIDER_TYPES[type]);
    }
    g_string_append_printf(text, "; commissioned %s; measured by %s", scheme->commissioned,
                           scheme->measured_by);
}

static void
say_payment(GString *text, const Rules *rules, const Scheme *scheme)
{
    (void)rules;
    g_string_append(text, scheme->payment == PAYMENT_ACHIEVEMENT ? "achievement" : "activity");
}

/* Points need no words: their sum is the number. */
static void
say_points(GString *text, const Rules *rules, const Scheme *scheme)
{
    (void)rules;
    if (scheme->indicators->len > 0)
        g_string_append_printf(text, "points of %u indicators", scheme->indicators->len);
}

static void
say_average(GString *text, const Rules *rules, const Scheme *scheme)
{
    (void)rules;
    if (scheme->average_list > 0)
        g_string_append(text, "registered patients of an average practice");
}

static void
say_value(GString *text, const Rules *rules, const Scheme *scheme)
{
    (void)rules;
    g_string_append(text, BASES[scheme->basis]);
    if (scheme->basis != BASIS_NONE && scheme->basis != BASIS_ANNUAL_VALUE) {
        g_string_append(text, ", £");
        micros_append_rate(text, scheme->value);
    }
    if (scheme->list_date != DAY_NONE) {
        g_string_append(text, ", list in force on ");
        wording_append_day(text, scheme->list_date);
    }
}

static void
say_in_year(GString *text, const Rules *rules, const Scheme *scheme)
{
    (void)rules;
    if (scheme->payment != PAYMENT_ACHIEVEMENT)
        return;
    g_string_append(text, "in-year share ");
    micros_append_rate(text, scheme->in_year_share);
    g_string_append_printf(text, ", instalments a year %u, pro rata by %s",
                           scheme->instalment_months, PRO_RATAS[scheme->pro_rata]);
}

static void
say_rounding(GString *text, const Rules *rules, const Scheme *scheme)
{
    (void)rules;
    g_string_append_printf(text, "rounding %s, recovery by %s", ROUNDINGS[scheme->rounding],
                           RECOVERIES[scheme->recovery]);
}

static void
say_claims(GString *text, const Rules *rules, const Scheme *scheme)
{
    if (scheme->claim_months >= 0)
        g_string_append_printf(text, "received within %d months after the month",
                               scheme->claim_months);
    for (guint i = 0; i < scheme->exclusive->len; i++) {
        guint32 other = g_array_index(scheme->exclusive, guint32, i);
        if (i == 0)
            g_string_append(text, text->len > 0 ? "; " : "");
        g_string_append(text, i == 0 ? "not for a patient also under " : ", ");
        g_string_append(text, rules_scheme(rules, other)->code);
    }
}

static void
say_review(GString *text, const Rules *rules, const Scheme *scheme)
{
    (void)rules;
    if (scheme->review_from != DAY_NONE) {
        g_string_append(text, "from ");
        wording_append_day(text, scheme->review_from);
    }
    if (scheme->review_to != DAY_NONE) {
        g_string_append(text, text->len > 0 ? " to " : "to ");
        wording_append_day(text, scheme->review_to);
    }
}

static void
say_source(GString *text, const Rules *rules, const Scheme *scheme)
{
    (void)rules;
    g_string_append(text, scheme->source);
}

static void
say_ledger_code(GString *text, const Rules *rules, const Scheme *scheme)
{
    (void)rules;
    g_string_append(text, scheme->ledger_code);
}

static void
say_paycode(GString *text, const Rules *rules, const Scheme *scheme)
{
    (void)rules;
    g_string_append(text, scheme->paycode);
}

/* Numbers of terms: what it is as it was read; false where the rules give none. */

static bool
value_number(const Scheme *scheme, Micros *number)
{
    *number = scheme->value;
    return scheme->basis != BASIS_NONE && scheme->basis != BASIS_ANNUAL_VALUE;
}

static bool
average_number(const Scheme *scheme, Micros *number)
{
    *number = scheme->average_list;
    return scheme->average_list > 0;
}

static bool
share_number(const Scheme *scheme, Micros *number)
{
    *number = scheme->in_year_share;
    return scheme->payment == PAYMENT_ACHIEVEMENT;
}

static bool
points_number(const Scheme *scheme, Micros *number)
{
    *number = scheme_points(scheme);
    return *number > 0;
}

const SchemeTerm SCHEME_TERMS[SCHEME_TERM_COUNT] = {
    {"Delivered by", say_delivered_by, NULL, STYLE_TEXT, 0},
    {"Paid by", say_payment, NULL, STYLE_TEXT, 0},
    {"Contract value", say_value, value_number, STYLE_RATE, offsetof(SchemeCells, value)},
    {"Average list", say_average, average_number, STYLE_DECIMAL, offsetof(SchemeCells, average)},
    {"Points", say_points, points_number, STYLE_DECIMAL, offsetof(SchemeCells, points)},
    {"Paid in the year", say_in_year, share_number, STYLE_DECIMAL, offsetof(SchemeCells, share)},
    {"Rounding", say_rounding, NULL, STYLE_TEXT, 0},
    {"Claims", say_claims, NULL, STYLE_TEXT, 0},
    {"Review", say_review, NULL, STYLE_TEXT, 0},
    {"Ledger code", say_ledger_code, NULL, STYLE_TEXT, 0},
    {"Paycode", say_paycode, NULL, STYLE_TEXT, 0},
    {"Source", say_source, NULL, STYLE_TEXT, 0},
};
