#include "report/workbook/summary.h"

#include "sheet/picture.h"

#include "base/poison.h"

#define PICTURE_WIDTH 700
#define PICTURE_HEIGHT 340

/* "='Summary'!$F$6:$F$10" */
static char *
range_of(guint first, guint count, guint column)
{
    GString *range = g_string_new("='" SHEET_SUMMARY "'!");
    range_append(range, first, first + count - 1, column);
    return g_string_free(range, FALSE);
}

/* Owed by scheme. */
static void
picture_owed(Summary *summary)
{
    guint count = summary->totals->schemes->len;
    g_autofree char *codes = range_of(summary->first_scheme, count, COLUMN_LABEL);
    g_autofree char *owed = range_of(summary->first_scheme, count, COLUMN_OWED);
    Picture picture = {.kind = PICTURE_BARS,
                       .title = "Owed by scheme",
                       .categories = codes,
                       .series = {{"Owed", owed}},
                       .series_count = 1};
    PicturePlace place = {summary->pictures, 10, PICTURE_WIDTH, PICTURE_HEIGHT};
    picture_add(summary->book, summary->sheet, &picture, &place);
}

/* What was paid in the year against what was earned by its end. */
static void
picture_year(Summary *summary)
{
    guint count = summary->totals->schemes->len;
    g_autofree char *codes = range_of(summary->first_scheme, count, COLUMN_LABEL);
    g_autofree char *paid = range_of(summary->first_scheme, count, COLUMN_PAID);
    g_autofree char *earned = range_of(summary->first_scheme, count, COLUMN_ENTITLEMENT);
    Picture picture = {.kind = PICTURE_COLUMNS,
                       .title = "Paid in the year, and earned by its end",
                       .categories = codes,
                       .series = {{"Paid in the year", paid}, {"Earned by its end", earned}},
                       .series_count = 2};
    PicturePlace place = {summary->pictures, PICTURE_WIDTH + 30, PICTURE_WIDTH, PICTURE_HEIGHT};
    picture_add(summary->book, summary->sheet, &picture, &place);
}

static void
picture_months(Summary *summary, guint first)
{
    guint count = summary->months.count;
    g_autofree char *months = range_of(first, count, COLUMN_LABEL);
    g_autofree char *instalments = range_of(first, count, COLUMN_ENTITLEMENT);
    g_autofree char *activity = range_of(first, count, COLUMN_PAID);
    g_autofree char *adjustments = range_of(first, count, COLUMN_OWED);
    Picture picture = {.kind = PICTURE_STACKS,
                       .title = "Entitlement by month, the year so far",
                       .categories = months,
                       .series = {{"Instalments", instalments},
                                  {"Activity", activity},
                                  {"Adjustments", adjustments}},
                       .series_count = 3};
    PicturePlace place = {summary->pictures, PICTURE_WIDTH + 30, PICTURE_WIDTH, PICTURE_HEIGHT};
    picture_add(summary->book, summary->sheet, &picture, &place);
}

void
summary_add_pictures(Summary *summary, guint first_month)
{
    picture_owed(summary);
    if (summary->months.count == 0)
        picture_year(summary);
    else
        picture_months(summary, first_month);
}
