#include "base/survey.h"

#include <string.h>

#include "base/parallel.h"

#include "base/poison.h"

#define BLOCK ((gsize)2 << 10) /* lines and quotes are counted by block */
#define SEGMENT (2048 * BLOCK) /* what one task surveys */

/* During the survey what is in a block, after it what is before it. */
typedef struct {
    guint64 lines;
    guint64 quotes;
} Block;

struct Survey {
    const char *name;
    Span raw;
    char *decoded; /* owned text where raw could not be used as it is, else NULL */
    Span text;
    Block *blocks;
    gsize block_count;
    bool is_refused;
    gint has_nul, has_bad_utf8, has_no_break_space, has_invisible; /* set from several threads */
};

Survey *
survey_new(const char *name, Span raw)
{
    Survey *survey = g_new0(Survey, 1);
    survey->name = name;
    survey->raw = raw;
    return survey;
}

void
survey_free(Survey *survey)
{
    if (survey == NULL)
        return;
    g_free(survey->decoded);
    g_free(survey->blocks);
    g_free(survey);
}

/* The end of the character that an offset cuts in two; the offset where it cuts none. */
static gsize
character_start(Span text, gsize offset)
{
    for (unsigned i = 0; i < 3 && offset < text.length; i++, offset++)
        if (((guchar)text.text[offset] & 0xc0) != 0x80)
            break;
    return MIN(offset, text.length);
}

/* Line feeds, carriage returns and quotes in a stretch of bytes, and whether it is ASCII without a
 * NUL: then there is nothing to check in it. */
typedef struct {
    gsize feeds, returns, quotes;
    bool is_plain;
} Marks;

/* Counts in runs so short that a byte holds each sum: the compiler makes vector code of it. */
static Marks
count_marks(const char *text, gsize length)
{
    Marks marks = {0, 0, 0, true};
    guint8 high = 0, nuls = 0;
    while (length > 0) {
        gsize run = MIN(length, 128);
        guint8 feeds = 0, returns = 0, quotes = 0;
        for (gsize i = 0; i < run; i++) {
            feeds = (guint8)(feeds + (text[i] == '\n'));
            returns = (guint8)(returns + (text[i] == '\r'));
            quotes = (guint8)(quotes + (text[i] == '"'));
            high |= (guint8)text[i];
            nuls |= text[i] == '\0';
        }
        marks.feeds += feeds;
        marks.returns += returns;
        marks.quotes += quotes;
        text += run;
        length -= run;
    }
    marks.is_plain = (high & 0x80) == 0 && nuls == 0;
    return marks;
}

/* Line ends and quotes in a stretch of text. */
static Block
count_block(Span text, gsize from, gsize to, bool *is_plain)
{
    Marks marks = count_marks(text.text + from, to - from);
    for (gsize i = from; marks.returns > 0 && i < to; i++) {
        const char *found = memchr(text.text + i, '\r', to - i);
        if (found == NULL)
            break;
        i = (gsize)(found - text.text);
        if (i + 1 < text.length && text.text[i + 1] == '\n')
            marks.returns--; /* CRLF ends one line, and its LF is counted */
    }
    *is_plain = marks.is_plain;
    return (Block){marks.feeds + marks.returns, marks.quotes};
}

/* Counts a block. True where it is plain: nothing in it needs a check. */
static bool
index_block(Survey *survey, gsize from)
{
    bool is_plain;
    gsize end = MIN(from + BLOCK, survey->text.length);
    survey->blocks[from / BLOCK] = count_block(survey->text, from, end, &is_plain);
    return is_plain;
}

/* Counts all blocks, each for itself. */
static void
index_blocks(Survey *survey)
{
    for (gsize at = 0; at < survey->text.length; at += BLOCK)
        (void)index_block(survey, at);
}

/* Checks a block's bytes. */
static void
check_block(Survey *survey, gsize from)
{
    Span text = survey->text;
    /* What is left of a character that begins in the block before is checked there. */
    bool is_cut = from > 0 && ((guchar)text.text[from - 1] & 0x80) != 0;
    gsize start = is_cut ? character_start(text, from) : from;
    gsize end = character_start(text, MIN(from + BLOCK, text.length));
    if (start >= end)
        return;
    if (memchr(text.text + start, '\0', end - start) != NULL)
        g_atomic_int_set(&survey->has_nul, 1);
    if (memchr(text.text + start, 0xa0, end - start) != NULL)
        g_atomic_int_set(&survey->has_no_break_space, 1);
    if (span_has_invisible((Span){text.text + start, end - start}))
        g_atomic_int_set(&survey->has_invisible, 1);
    if (!utf8_is_valid(text.text + start, end - start))
        g_atomic_int_set(&survey->has_bad_utf8, 1);
}

/* Turns counts by block into counts before each block. */
static void
sum_blocks(Survey *survey)
{
    Block before = {0, 0};
    for (gsize i = 0; i < survey->block_count; i++) {
        Block here = survey->blocks[i];
        survey->blocks[i] = before;
        before.lines += here.lines;
        before.quotes += here.quotes;
    }
}

static void
make_blocks(Survey *survey)
{
    g_free(survey->blocks);
    survey->block_count = survey->text.length / BLOCK + 1;
    survey->blocks = g_new0(Block, survey->block_count);
}

static void
skip_byte_order_mark(Survey *survey)
{
    if (survey->text.length >= 3 && memcmp(survey->text.text, "\xef\xbb\xbf", 3) == 0) {
        survey->text.text += 3;
        survey->text.length -= 3;
    }
}

/* A field's no-break spaces outside its quotes become spaces, which the parser knows to skip. The
 * length stays as it is: one such character is two bytes. */
static char *
blank_no_break_spaces(Span text)
{
    char *copy = g_malloc(text.length + 1);
    bool is_quoted = false, is_at_edge = true; /* at an edge of a field */
    memcpy(copy, text.text, text.length);      /* there may be no byte behind a mapped text */
    copy[text.length] = '\0';
    for (gsize i = 0; i < text.length; i++) {
        char c = copy[i];
        if (c == '"') {
            is_quoted = !is_quoted;
            is_at_edge = !is_quoted; /* behind a closing quote is an edge, too */
        } else if (is_quoted) {
            continue;
        } else if (c == ',' || c == '\n' || c == '\r') {
            is_at_edge = true;
        } else if (is_at_edge && c == '\xc2' && i + 1 < text.length && copy[i + 1] == '\xa0') {
            copy[i] = copy[i + 1] = ' ';
            i++;
        } else if (c != ' ' && c != '\t') {
            is_at_edge = false;
        }
    }
    return copy;
}

/* Refuses a file: it has no text from here on. */
static void
refuse(Survey *survey, gsize raw_offset, const char *text, FaultClass class, Faults *faults)
{
    survey->text = survey->raw;
    make_blocks(survey);
    index_blocks(survey);
    sum_blocks(survey);
    faults_add(faults, class, survey->name, survey_line(survey, raw_offset), NULL, "%s", text);
    survey->text.length = 0;
    survey->is_refused = true;
    make_blocks(survey);
}

/* Decodes what is not valid UTF-8 as Windows-1252. False where that fails, too. */
static bool
decode_windows_1252(Survey *survey, FaultClass class, Faults *faults)
{
    gsize length, bad_offset;
    Span text = survey->text;
    survey->decoded = text_from_windows_1252(text.text, text.length, &length, &bad_offset);
    if (survey->decoded == NULL) {
        refuse(survey, bad_offset + (survey->raw.length - text.length),
               "is neither UTF-8 nor Windows-1252 text", class, faults);
        return false;
    }
    survey->text = (Span){survey->decoded, length};
    survey->has_invisible = span_has_invisible(survey->text) ? 1 : 0;
    faults_add(faults, FAULT_WARNING, survey->name, 0, NULL,
               "is not UTF-8 and was read as Windows-1252");
    return true;
}

/* Files that are no CSV, by how they begin. */
typedef struct {
    const char *bytes;
    gsize length;
    const char *text; /* what it is, and what to do */
} Beginning;

#define SAVE_AS_CSV "open it in the spreadsheet program and save it as CSV UTF-8"
static const Beginning BEGINNINGS[] = {
    {"PK\x03\x04", 4, "is an Excel workbook or another zip file, not CSV: " SAVE_AS_CSV},
    {"\xd0\xcf\x11\xe0", 4, "is an old Excel workbook, not CSV: " SAVE_AS_CSV},
    {"\xff\xfe", 2, "is UTF-16 (Excel's Unicode Text), not UTF-8: " SAVE_AS_CSV},
    {"\xfe\xff", 2, "is UTF-16 (Excel's Unicode Text), not UTF-8: " SAVE_AS_CSV},
};

/* What a file with a NUL byte is: every second byte is one, and the others are not, where UTF-16
 * has no mark. */
static const char *
describe_binary(Span raw)
{
    for (guint i = 0; i < G_N_ELEMENTS(BEGINNINGS); i++)
        if (raw.length >= BEGINNINGS[i].length &&
            memcmp(raw.text, BEGINNINGS[i].bytes, BEGINNINGS[i].length) == 0)
            return BEGINNINGS[i].text;
    for (gsize first = 0; first < 2; first++) {
        gsize count = 0;
        while (2 * count + 1 < raw.length && count < 8 && raw.text[2 * count + first] == '\0' &&
               raw.text[2 * count + 1 - first] != '\0')
            count++;
        if (count == 8)
            return BEGINNINGS[2].text;
    }
    return "has a NUL byte: not a CSV text file";
}

/* What is left to do on one file once all its segments are seen. */
static void
finish_survey(Survey *survey, FaultClass class, Faults *faults)
{
    if (survey->has_nul) {
        const char *nul = memchr(survey->raw.text, '\0', survey->raw.length);
        refuse(survey, (gsize)(nul - survey->raw.text), describe_binary(survey->raw), class,
               faults);
        return;
    }
    bool is_changed = false;
    if (survey->has_bad_utf8) {
        if (!decode_windows_1252(survey, class, faults))
            return;
        is_changed = true;
    }
    if (survey->has_no_break_space) {
        char *blanked = blank_no_break_spaces(survey->text);
        g_free(survey->decoded);
        survey->decoded = blanked;
        survey->text.text = blanked;
        is_changed = true;
    }
    if (is_changed) {
        make_blocks(survey);
        index_blocks(survey);
    }
    sum_blocks(survey);
}

typedef struct {
    Survey *survey;
    gsize from;
} SurveyTask;

static void
run_survey_task(gsize number, gpointer user)
{
    const SurveyTask *task = &g_array_index((GArray *)user, SurveyTask, number);
    gsize end = MIN(task->from + SEGMENT, task->survey->text.length);
    for (gsize at = task->from; at < end; at += BLOCK) { /* all of it while it is in the cache */
        if (!index_block(task->survey, at))
            check_block(task->survey, at);
    }
}

void
surveys_run(Survey *const *surveys, gsize count, guint threads, FaultClass class, Faults *faults)
{
    g_autoptr(GArray) tasks = g_array_new(FALSE, FALSE, sizeof(SurveyTask));
    for (gsize i = 0; i < count; i++) {
        surveys[i]->text = surveys[i]->raw;
        skip_byte_order_mark(surveys[i]);
        make_blocks(surveys[i]);
        for (gsize at = 0; at < surveys[i]->text.length; at += SEGMENT) {
            SurveyTask task = {surveys[i], at};
            g_array_append_val(tasks, task);
        }
    }
    parallel_for(threads, tasks->len, run_survey_task, tasks);
    for (gsize i = 0; i < count; i++)
        finish_survey(surveys[i], class, faults);
}

Span
survey_text(const Survey *survey)
{
    return survey->text;
}

bool
survey_has_invisible(const Survey *survey)
{
    return survey->has_invisible != 0;
}

bool
survey_is_refused(const Survey *survey)
{
    return survey->is_refused;
}

guint64
survey_lines_between(const Survey *survey, gsize from, gsize to)
{
    bool is_plain;
    return count_block(survey->text, from, to, &is_plain).lines;
}

guint64
survey_line(const Survey *survey, gsize offset)
{
    gsize block = MIN(offset / BLOCK, survey->block_count - 1);
    bool is_plain;
    Block here = count_block(survey->text, block * BLOCK, MAX(offset, block * BLOCK), &is_plain);
    return survey->blocks[block].lines + here.lines + 1;
}

guint64
survey_lines_from(const Survey *survey, gsize from, gsize to)
{
    guint64 lines = survey_line(survey, to) - survey_line(survey, from);
    bool ends_line =
        to > from && (survey->text.text[to - 1] == '\n' || survey->text.text[to - 1] == '\r');
    return to > from && !ends_line ? lines + 1 : lines;
}

/* The first row that starts at or after the start of a block. */
static gsize
next_row_start(const Survey *survey, gsize offset)
{
    Span text = survey->text;
    bool is_quoted = survey->blocks[offset / BLOCK].quotes % 2 != 0;
    for (gsize i = offset; i < text.length; i++) {
        if (text.text[i] == '"')
            is_quoted = !is_quoted;
        else if (!is_quoted && text.text[i] == '\n')
            return i + 1;
        else if (!is_quoted && text.text[i] == '\r' &&
                 !(i + 1 < text.length && text.text[i + 1] == '\n'))
            return i + 1;
    }
    return text.length;
}

GArray *
survey_cuts(const Survey *survey, gsize from)
{
    GArray *cuts = g_array_new(FALSE, FALSE, sizeof(gsize));
    gsize last = from, length = survey->text.length;
    g_array_append_val(cuts, last);
    for (gsize at = SEGMENT; at < length; at += SEGMENT) {
        if (at <= last)
            continue;
        gsize cut = next_row_start(survey, at);
        if (cut >= length)
            break;
        last = cut;
        g_array_append_val(cuts, last);
    }
    if (length > from)
        g_array_append_val(cuts, length);
    return cuts;
}
