#include "base/figure.h"

#include "base/poison.h"

Figure
figure_empty(void)
{
    return (Figure){.kind = FIGURE_EMPTY};
}

Figure
figure_text(const char *text)
{
    return text == NULL ? figure_empty() : (Figure){.kind = FIGURE_TEXT, .text = text};
}

Figure
figure_money(Money money)
{
    return (Figure){.kind = FIGURE_MONEY, .money = money};
}

Figure
figure_sum(Sum sum)
{
    Money money;
    return sum_money(sum, &money) ? figure_money(money) : figure_text(SUM_OUT_OF_RANGE);
}

Figure
figure_rate(Micros micros)
{
    return (Figure){.kind = FIGURE_RATE, .micros = micros};
}

Figure
figure_count(Micros micros)
{
    return (Figure){.kind = FIGURE_COUNT, .micros = micros};
}

Figure
figure_whole(guint64 number)
{
    return (Figure){.kind = FIGURE_WHOLE, .whole = number};
}

Figure
figure_day(Day day)
{
    return day == DAY_NONE || day == DAY_OPEN ? figure_empty()
                                              : (Figure){.kind = FIGURE_DAY, .day = day};
}

Figure
figure_month(Month month)
{
    return month == MONTH_NONE ? figure_empty() : (Figure){.kind = FIGURE_MONTH, .month = month};
}

Figure
figure_fraction(Fraction fraction)
{
    return (Figure){.kind = FIGURE_FRACTION, .fraction = fraction};
}

static void
append_day(CsvOut *out, Day day)
{
    g_autoptr(GString) text = g_string_new(NULL);
    day_append(text, day);
    csv_out_text(out, text->str);
}

void
csv_out_figure(CsvOut *out, const Figure *figure)
{
    switch (figure->kind) {
    case FIGURE_EMPTY:
        csv_out_empty(out);
        break;
    case FIGURE_TEXT:
        csv_out_text(out, figure->text);
        break;
    case FIGURE_MONEY:
        csv_out_money(out, figure->money);
        break;
    case FIGURE_RATE:
        csv_out_rate(out, figure->micros);
        break;
    case FIGURE_COUNT:
        csv_out_count(out, figure->micros);
        break;
    case FIGURE_WHOLE:
        csv_out_whole(out, figure->whole);
        break;
    case FIGURE_DAY:
        append_day(out, figure->day);
        break;
    case FIGURE_MONTH:
        csv_out_month(out, figure->month);
        break;
    case FIGURE_FRACTION:
        csv_out_fraction(out, figure->fraction);
        break;
    }
}

void
csv_out_fields(CsvOut *out, const Field *fields, guint count, gconstpointer record)
{
    for (guint f = 0; f < count; f++) {
        Figure figure = record == NULL ? figure_text(fields[f].name) : fields[f].get(record);
        csv_out_figure(out, &figure);
    }
    csv_out_end_row(out);
}

void
fields_describe(GString *markdown, const Field *fields, guint count)
{
    for (guint f = 0; f < count; f++)
        g_string_append_printf(markdown, "| `%s` | %s |\n", fields[f].name, fields[f].about);
}
