/* How cells look: one table of named styles, shared by every workbook. */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef enum {
    STYLE_TITLE,         /* the name of the sheet */
    STYLE_NOTE,          /* a sentence under it */
    STYLE_SECTION,       /* the name of a part of a sheet */
    STYLE_HEADING,       /* above columns of words */
    STYLE_HEADING_RIGHT, /* above columns of numbers */
    STYLE_TEXT,
    STYLE_WRAP,  /* words that may need several lines */
    STYLE_MONO,  /* checksums */
    STYLE_MONEY, /* £ with two decimals */
    STYLE_RATE,  /* £ with two decimals, more where there are */
    STYLE_WHOLE,
    STYLE_DECIMAL, /* two decimals, more where there are */
    STYLE_PERCENT,
    STYLE_MONTH,
    STYLE_DAY,
    STYLE_MUTED,       /* what asks for nothing: nil */
    STYLE_MUTED_RIGHT, /* the same among numbers */
    STYLE_HOLD,        /* what waits for a decision */
    STYLE_HOLD_WHOLE,
    STYLE_RECOVER,  /* what is to come back */
    STYLE_RECEIVED, /* a number that is as it should be, among words */
    STYLE_TOTAL,    /* the row of totals */
    STYLE_TOTAL_MONEY,
    STYLE_TOTAL_WHOLE,
    STYLE_LINK,     /* a text that leads somewhere */
    STYLE_CHECK,    /* 1 is shown as TRUE, 0 as FALSE */
    STYLE_ENGINE,   /* the engine's own figure, beside the formula that gives it */
    STYLE_VERDICT,  /* 1 and 0 as the sentence that says it all */
    STYLE_HEADLINE, /* the one sum of a page, and the words before it */
    STYLE_HEADLINE_MONEY,
    STYLE_GOOD, /* what turns a cell green, and what turns it red; each is told by */
    STYLE_BAD,  /* its words, too */
    STYLE_COUNT
} StyleId;

/* Makes the formats of a workbook: formats[STYLE_COUNT], which the workbook owns. False where the
 * library has no memory. */
struct lxw_workbook;
struct lxw_format;
bool styles_make(struct lxw_workbook *workbook,
                 struct lxw_format **formats) G_GNUC_WARN_UNUSED_RESULT;
/* The style of a heading above cells of a style: to the right, if these stand there. */
StyleId style_heading(StyleId style);
