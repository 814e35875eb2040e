#include "report/figures/words.h"

#include <string.h>

#include "pack/rules/words.h"

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
    GString *text = g_string_new(count < 0 ? "-" : NULL);
    g_autoptr(GString) part = g_string_new(NULL);
    Micros size = count < 0 ? -count : count;
    whole_append_commas(text, (guint64)(size / MICROS_PER_UNIT));
    micros_append_count(part, size % MICROS_PER_UNIT); /* "0" or "0.5" */
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

Words
words_period_of_run(const Period *period, const char *run)
{
    return words_printf("%s, run %s", words_period(period).text, run);
}

Words
words_new_and_known(guint64 count, guint64 known)
{
    g_autoptr(GString) text = g_string_new(NULL);
    whole_append_commas(text, count - known);
    g_string_append(text, " new, ");
    whole_append_commas(text, known);
    return words_printf("%s known", text->str);
}

void
words_append_cap(GString *text, const Rules *rules, const Activity *activity)
{
    if (activity->cap_of == CODE_NONE) {
        g_string_append_printf(text, "%" G_GINT64_FORMAT, activity->cap);
    } else {
        micros_append_count(text, activity->cap_share);
        g_string_append_printf(text, " × %s", rules_fact_name(rules, activity->cap_of));
    }
    g_string_append_printf(text, " a %s", PER_WORDS[activity->cap_per]);
}

char *
words_title(const char *what, const Period *period)
{
    return g_strdup_printf("%s: %s", what, words_period(period).text);
}

Words
words_number(Fraction number)
{
    Money hundredths;
    if (MICROS_PER_UNIT % number.den == 0)
        return words_count((Micros)(number.num * (MICROS_PER_UNIT / number.den)));
    GString *text = g_string_new(NULL);
    if (fraction_to_money(number, ROUND_HALF_UP, &hundredths))
        money_append(text, hundredths);
    return words_of(text);
}

Words
words_reached(const Indicator *indicator, Fraction reached)
{
    Money hundredths;
    if (indicator->unit == UNIT_SHARE)
        return words_percent(reached);
    GString *text = g_string_new(NULL);
    if (fraction_to_money(reached, ROUND_HALF_UP, &hundredths))
        money_append(text, hundredths);
    return words_of(text);
}

Words
words_threshold(const Indicator *indicator, Micros threshold)
{
    if (indicator->unit == UNIT_SHARE)
        return words_percent(fraction_micros(threshold));
    GString *text = g_string_new(NULL);
    micros_append_count(text, threshold);
    return words_of(text);
}

const char *
words_fact(const Rules *rules, guint32 fact)
{
    static const char *const LISTS[] = {
        [FACT_REGISTERED] = "registered patients", [FACT_WEIGHTED] = "weighted patients"};
    return fact < G_N_ELEMENTS(LISTS) ? LISTS[fact] : rules_fact_name(rules, fact);
}
