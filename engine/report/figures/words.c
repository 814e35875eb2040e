#include "report/figures/words.h"

#include <string.h>

#include "pay/value.h"

#include "base/poison.h"

static const char *const MONTHS[12] = {"January",   "February", "March",    "April",
                                       "May",       "June",     "July",     "August",
                                       "September", "October",  "November", "December"};

static Words words_printf(const char *format, ...) G_GNUC_PRINTF(1, 2);

static Words
words_printf(const char *format, ...)
{
    Words words;
    va_list arguments;
    va_start(arguments, format);
    g_vsnprintf(words.text, sizeof words.text, format, arguments);
    va_end(arguments);
    return words;
}

/* Takes a text over. */
static Words
words_of(GString *text)
{
    g_autofree char *taken = g_string_free(text, FALSE);
    return words_printf("%s", taken);
}

Words
words_money(Money money)
{
    return words_sum((Sum){money.pence});
}

Words
words_sum(Sum sum)
{
    GString *text = g_string_new(NULL);
    sum_append_pounds(text, sum);
    return words_of(text);
}

Words
words_price(Micros price)
{
    const Micros micros_per_penny = MICROS_PER_UNIT / 100;
    if (price % micros_per_penny == 0)
        return words_money((Money){price / micros_per_penny});
    GString *text = g_string_new("£");
    micros_append_rate(text, price);
    return words_of(text);
}

Words
words_count(Micros count)
{
    GString *text = g_string_new(NULL);
    g_autoptr(GString) part = g_string_new(NULL);
    whole_append_commas(text, (guint64)(count / MICROS_PER_UNIT));
    micros_append_count(part, count % MICROS_PER_UNIT); /* "0" or "0.5" */
    g_string_append(text, part->str + 1);
    return words_of(text);
}

Words
words_percent(Fraction part)
{
    GString *text = g_string_new(NULL);
    Fraction percent = fraction_multiply(part, fraction_whole(100));
    Money hundredths;
    if (!fraction_to_money(percent, ROUND_HALF_UP, &hundredths))
        return words_of(text);
    money_append(text, hundredths);
    if (g_str_has_suffix(text->str, ".00"))
        g_string_truncate(text, text->len - strlen(".00"));
    g_string_append(text, " %");
    return words_of(text);
}

Words
words_year(int year)
{
    GString *text = g_string_new(NULL);
    year_append(text, year);
    return words_of(text);
}

Words
words_period(const Period *period)
{
    if (period->is_year_end && period->supplement > 0)
        return words_printf("year-end %s, number %u", words_year(period->year).text,
                            period->supplement + 1);
    if (period->is_year_end)
        return words_printf("year-end %s", words_year(period->year).text);
    return words_printf("%s %d", MONTHS[month_number(period->month) - 1],
                        month_year(period->month));
}

Words
words_month(Month month)
{
    return words_printf("%.3s %d", MONTHS[month_number(month) - 1], month_year(month));
}

Words
words_months(Month from, Month to)
{
    if (from >= to)
        return words_month(to);
    if (month_year(from) < month_year(to))
        return words_printf("%s to %s", words_month(from).text, words_month(to).text);
    return words_printf("%.3s to %s", MONTHS[month_number(from) - 1], words_month(to).text);
}

Words
words_day(Day day)
{
    int year, month, of_month;
    day_split(day, &year, &month, &of_month);
    return words_printf("%d %s %d", of_month, MONTHS[month - 1], year);
}

char *
words_title(const char *what, const Period *period)
{
    return g_strdup_printf("%s: %s", what, words_period(period).text);
}

/* " × 183 ÷ 365 days": the part of the year that some days or months are; nothing for all of it. */
static void
append_part(GString *text, const Scheme *scheme, YearPart part)
{
    if (part.counted < part.whole)
        g_string_append_printf(text, " × %d ÷ %d %s", part.counted, part.whole,
                               scheme->pro_rata == PRO_RATA_DAYS ? "days" : "months");
}

/* "£12,000.00 × 183 ÷ 365 days + £14,000.00 × 182 ÷ 365 days", as the spells say. */
static void
append_annual(GString *text, const Pack *pack, const Contract *contract)
{
    const ContractKey *key = contract->parties;
    ProRata pro_rata = contract->scheme->pro_rata;
    for (guint i = 0; i < key->spell_count; i++) {
        const Spell *spell = contracts_spell(pack->contracts, key, i);
        if (!spell_touches_year(spell, pack->period.year))
            continue;
        if (pro_rata == PRO_RATA_NONE)
            g_string_truncate(text, 0); /* only the last one counts */
        g_string_append_printf(text, "%s%s", text->len > 0 ? " + " : "",
                               words_price(spell->annual_value).text);
        append_part(text, contract->scheme, spell_part_of_year(spell, pro_rata, pack->period.year));
    }
}

char *
words_value(const Pack *pack, const Contract *contract)
{
    const Scheme *scheme = contract->scheme;
    const ListSize *list = contract_list(pack, contract);
    bool is_per_point = scheme->basis == BASIS_PER_POINT;
    bool is_weighted = scheme->basis == BASIS_PER_WEIGHTED_PATIENT;
    GString *text = g_string_new(NULL);
    if (scheme->basis == BASIS_ANNUAL_VALUE) {
        append_annual(text, pack, contract);
        return g_string_free(text, FALSE);
    }
    if (is_per_point && scheme->points.den == 1)
        g_string_append_printf(text, "%s points × ",
                               words_count((Micros)scheme->points.num * MICROS_PER_UNIT).text);
    else if (is_per_point)
        g_string_append(text, "all points × ");
    g_string_append(text, words_price(scheme->value).text);
    if (list != NULL && is_weighted)
        g_string_append_printf(text, " × %s weighted patients", words_count(list->weighted).text);
    else if (list != NULL)
        g_string_append_printf(text, " × %s patients",
                               words_count(list->registered * MICROS_PER_UNIT).text);
    if (list != NULL && is_per_point)
        g_string_append_printf(text, " ÷ %s on average", words_count(scheme->average_list).text);
    append_part(text, scheme, contract_part_of_year(pack, contract));
    return g_string_free(text, FALSE);
}

static void
append_instalments(GString *text, const Result *result, const Line *line)
{
    const Contract *contract = result_contract(result, line->contract);
    Instalments count = contract_instalments(result->pack, contract, result->pack->period.month);
    g_string_append_printf(text, "%s × %s paid in the year × %u of %u instalment%s",
                           words_price(line->rate).text,
                           words_percent(fraction_micros(contract->scheme->in_year_share)).text,
                           count.due, count.all, count.all == 1 ? "" : "s");
}

/* What an indicator asks for: "nothing up to 40 %, all from 90 %". */
static void
append_method(GString *text, const Indicator *indicator)
{
    bool lower_is_better = indicator_is_lower_better(indicator);
    const char *all_from = lower_is_better ? "up to" : "from";
    Words target = words_percent(fraction_micros(indicator->target));
    switch (indicator->method) {
    case METHOD_STEPS:
        for (guint i = 0; i < indicator->steps->len; i++) {
            const Step *step = &g_array_index(indicator->steps, Step, i);
            g_string_append_printf(text, "%s%s from %s", i == 0 ? "steps: " : ", ",
                                   words_percent(fraction_micros(step->pays)).text,
                                   words_percent(fraction_micros(step->reached)).text);
        }
        break;
    case METHOD_SLIDING:
        g_string_append_printf(text, "nothing %s %s, all %s %s", lower_is_better ? "from" : "up to",
                               words_percent(fraction_micros(indicator->floor)).text, all_from,
                               target.text);
        break;
    case METHOD_ALL_OR_NOTHING:
        g_string_append_printf(text, "all or nothing, %s %s", all_from, target.text);
        break;
    }
}

static void
append_achievement(GString *text, const Result *result, const Line *line)
{
    const Pack *pack = result->pack;
    const ContractKey *key = result_contract(result, line->contract)->parties;
    const Indicator *indicator = rules_indicator(pack->rules, line->rule);
    const AchievementRow *achieved =
        achievements_find(pack->achievements, key->scheme, key->provider, line->rule);
    Micros patients = achieved->denominator - achieved->exceptions;
    g_string_append_printf(text, "%s ÷ (%s − %s)", words_count(achieved->numerator).text,
                           words_count(achieved->denominator).text,
                           words_count(achieved->exceptions).text);
    if (patients == 0) {
        g_string_append_printf(text, ": no patients left, which pays %s",
                               indicator->pays_without_patients ? "in full" : "nothing");
    } else {
        g_string_append_printf(text, " = %s (",
                               words_percent(fraction_of(achieved->numerator, patients)).text);
        append_method(text, indicator);
        g_string_append_c(text, ')');
    }
    g_string_append_printf(text, "; pays %s of %s", words_percent(line->fraction).text,
                           words_price(line->rate).text);
}

static void
append_activity(GString *text, const Result *result, const Line *line)
{
    bool is_by_patient = rules_activity(result->pack->rules, line->rule)->count == COUNT_PATIENTS;
    const char *patients = line->count == MICROS_PER_UNIT ? " patient" : " patients";
    g_string_append_printf(text, "%s%s × %s", words_count(line->count).text,
                           is_by_patient ? patients : "", words_price(line->rate).text);
}

/* What a contract had earned in the span of a clause before it: the lines above, of its months. */
static Money
earned_before(const Result *result, const Line *limit, const Clause *clause)
{
    const Contract *contract = result_contract(result, limit->contract);
    Month april = year_first_month(result->pack->period.year);
    Month length = (Month)span_months(clause->per);
    Month from = limit->month - (limit->month - april) % length;
    Money sum = {0};
    for (guint i = contract->first_line; result_line(result, i) != limit; i++) {
        const Line *line = result_line(result, i);
        bool is_earned = line->kind == LINE_INSTALMENT || line->kind == LINE_INDICATOR ||
                         line->kind == LINE_ACTIVITY || line->kind == LINE_LIMIT;
        if (is_earned && (line->month == MONTH_NONE || clause->per == PER_YEAR ||
                          (from <= line->month && line->month < from + length)))
            sum.pence +=
                line->amount.pence; /* below 10^14 each; closing has added them up before */
    }
    return sum;
}

/* "You earned £6,156.00; £4,000.00 come off: £2,156.00". */
static void
append_limit(GString *text, const Result *result, const Line *line)
{
    static const char *const CHANGES[LIMIT_COUNT] = {
        [LIMIT_LESS] = "%s come off",
        [LIMIT_ON_ACCOUNT] = "until its end, part of %s is paid on account",
        [LIMIT_AT_MOST] = "not more than %s",
        [LIMIT_AT_LEAST] = "not less than %s",
    };
    const Clause *clause = rules_clause(result->pack->rules, line->rule);
    Money before = earned_before(result, line, clause), after = before;
    Money rate = {line->rate / (MICROS_PER_UNIT / 100)};
    after.pence += line->amount.pence;
    g_autofree char *amount = g_strdup(words_money(rate).text);
    g_auto(GStrv) parts = g_strsplit(CHANGES[clause->limit], "%s", 2);
    g_string_append_printf(text, "You earned %s; ", words_money(before).text);
    g_string_append_printf(text, "%s%s%s: %s", parts[0], amount, parts[1], words_money(after).text);
}

char *
words_line(const Result *result, const Line *line)
{
    static void (*const APPEND[LINE_KINDS])(GString *, const Result *, const Line *) = {
        [LINE_INSTALMENT] = append_instalments,
        [LINE_INDICATOR] = append_achievement,
        [LINE_ACTIVITY] = append_activity,
        [LINE_LIMIT] = append_limit,
    };
    if (APPEND[line->kind] == NULL)
        return g_strdup(line->item);
    GString *text = g_string_new(NULL);
    APPEND[line->kind](text, result, line);
    return g_string_free(text, FALSE);
}
