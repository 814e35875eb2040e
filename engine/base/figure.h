/* Figures: values with a kind, as reports print them, and the fields they stand in.
 *
 * A record (a contract, a line, an exception) has a table of fields. Each field is described once:
 * its name in files, its heading for people, what it says, and the function that gets its figure.
 * Every printer (CSV, workbook, JSON, documentation) prints from that table.
 *
 * Invariants
 * - A figure is a finished number or a text. Nothing is worked out or rounded by printing it.
 * - A text is not owned: it lives as long as the record it was got from, or in its scratch. */
#pragma once

#include "base/csvout.h"
#include "base/date.h"
#include "base/sum.h"

typedef enum {
    FIGURE_EMPTY,
    FIGURE_TEXT,
    FIGURE_MONEY,
    FIGURE_RATE,  /* £, a share or points in millionths: two decimals, more where there are */
    FIGURE_COUNT, /* in millionths, without trailing zeros */
    FIGURE_WHOLE,
    FIGURE_DAY,
    FIGURE_MONTH,
    FIGURE_FRACTION
} FigureKind;

/* Only what its kind says is set. */
typedef struct {
    FigureKind kind;
    union {
        const char *text;
        Money money;
        Micros micros; /* of a rate or a count */
        guint64 whole;
        Day day;
        Month month;
        Fraction fraction;
    };
} Figure;

/* Figures by kind. Those that may be missing are empty where they are: a NULL text, DAY_NONE,
 * DAY_OPEN, MONTH_NONE. */
Figure figure_empty(void);
Figure figure_text(const char *text);
Figure figure_money(Money money);
/* The text "out of range" where the sum is no amount. */
Figure figure_sum(Sum sum);
Figure figure_rate(Micros micros);
Figure figure_count(Micros micros);
Figure figure_whole(guint64 number);
Figure figure_day(Day day);
Figure figure_month(Month month);
Figure figure_fraction(Fraction fraction);

/* A field of a record. The record is of the type that its table says. */
typedef struct {
    const char *name;    /* in CSV files and JSON: "paid_to_date" */
    const char *heading; /* for people: "Paid to date"; a line feed where it may be broken */
    const char *about;   /* what it says, for the documentation */
    Figure (*get)(gconstpointer record);
} Field;

/* Defines a getter that is one expression over `at`, its record of some type. */
#define FIELD_GETTER(type, name, expression)                                                       \
    static Figure name(gconstpointer record)                                                       \
    {                                                                                              \
        const type *at = record;                                                                   \
        return expression;                                                                         \
    }

/* Appends a figure as one cell of a CSV file. */
void csv_out_figure(CsvOut *out, const Figure *figure);
/* Appends one cell for each field of a record; names where record is NULL. Ends the row. */
void csv_out_fields(CsvOut *out, const Field *fields, guint count, gconstpointer record);
/* Appends the fields as rows of a Markdown table: name and what it says. */
void fields_describe(GString *markdown, const Field *fields, guint count);
