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
    STYLE_GOOD,       /* what turns a cell green, and what turns it red; each is told by */
    STYLE_BAD,        /* its words, too */
    STYLE_INPUT_TEXT, /* to be filled in, with what is typed kept as text: "007" */
    STYLE_INPUT_WHOLE,
    STYLE_INPUT_MONTH, /* 2025-09, which no language spells otherwise */
    STYLE_INPUT_DAY,
    STYLE_FILLED, /* filled in already, among those */
    STYLE_COUNT
} StyleId;

/* How a style looks, for whoever draws it elsewhere. */
typedef struct {
    bool is_bold, is_right, is_wrapped, is_lined, is_centred; /* centred: from top to bottom */
    bool is_cell;         /* it has a line or a fill: a text in it stands away from its edge */
    guint points;         /* the size of its letters */
    guint32 colour, fill; /* 0xrrggbb; a fill of 0: none */
    guint32 negative;     /* the colour of amounts below nought */
    guint32 line;         /* the colour of its line */
} StyleLook;
StyleLook style_look(StyleId style);

/* Makes the formats of a workbook: formats[STYLE_COUNT], which the workbook owns. False where the
 * library has no memory. */
struct lxw_workbook;
struct lxw_format;
bool styles_make(struct lxw_workbook *workbook,
                 struct lxw_format **formats) G_GNUC_WARN_UNUSED_RESULT;
/* The style of a heading above cells of a style: to the right, if these stand there. */
StyleId style_heading(StyleId style);
