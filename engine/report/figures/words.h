/* Figures, dates and periods in words, the same in every report.
 *
 * Every figure is one of the Result's or of the inputs behind it. Percentages are rounded for the
 * reader; nothing is worked out from them. */
#pragma once

#include "base/sum.h"
#include "pay/result.h"

/* A short text by value: words_money(amount).text lives to the end of the statement it is in. */
typedef struct {
    char text[64];
} Words;

Words words_money(Money money);     /* "£1,234.50" */
Words words_sum(Sum sum);           /* the same; "out of range" */
Words words_price(Micros price);    /* "£1,234.50", "£0.0612" */
Words words_count(Micros count);    /* "8,020", "1,234.5"; none below 0 */
Words words_percent(Fraction part); /* "97.83 %" */
/* A number: exact up to six decimals, else rounded to two. */
Words words_number(Fraction number);
/* An achievement or a threshold: a share in per cent, a rate as a number. */
Words words_reached(const Indicator *indicator, Fraction reached);
Words words_threshold(const Indicator *indicator, Micros threshold);
/* What a fact counts: "registered patients", "beds". Not owned. */
const char *words_fact(const Rules *rules, guint32 fact);
Words words_period(const Period *period); /* "September 2025", "year-end 2025-26" */
/* "September 2025, run 2025-09/002" */
Words words_period_of_run(const Period *period, const char *run);
Words words_year(int year);               /* "2025-26" */
Words words_month(Month month);           /* "Sep 2025" */
Words words_months(Month from, Month to); /* "Apr to Aug 2025"; "Sep 2025" where that is all */
/* "32 new, 179 known": exceptions, and those of them that approved runs list already. */
Words words_new_and_known(guint64 count, guint64 known);
Words words_day(Day day); /* "30 September 2025" */

/* Appends the cap of an activity that has one: "40 a year", "0.12 × obesity a quarter". */
void words_append_cap(GString *text, const Rules *rules, const Activity *activity);

/* "Payments: September 2025", for titles. Free with g_free. */
char *words_title(const char *what, const Period *period) G_GNUC_WARN_UNUSED_RESULT;
