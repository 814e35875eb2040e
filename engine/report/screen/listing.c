#include "report/screen/listing.h"

#include "pay/exception_text.h"
#include "report/figures/fields.h"

#include "base/poison.h"

#define MOST_ROWS 3 /* of a reason, in the text */

/* "activity.csv:12:quantity: ...", as messages are written. */
static void
append_place(const ExceptionText *words, GString *text)
{
    if (words->file[0] == '\0') {
        g_string_append_printf(text, "%s/%s", words->scheme, words->provider);
        g_string_append_printf(text, "%s%s", words->item[0] == '\0' ? "" : "/", words->item);
        return;
    }
    g_string_append_printf(text, "%s:%" G_GUINT64_FORMAT, words->file, words->line);
    g_string_append_printf(text, "%s%s", words->column[0] == '\0' ? "" : ":", words->column);
}

static void
append_row(ExceptionReader *reader, const ExceptionEntry *entry, GString *text)
{
    ExceptionText words;
    exception_reader_read(reader, entry, &words);
    g_string_append(text, "  ");
    append_place(&words, text);
    g_string_append_printf(text, ": %s\n", words.message);
    exception_text_clear(&words);
}

/* The first rows of a reason. */
static void
append_reason(const Result *result, ExceptionReader *reader, Reason reason, GString *text)
{
    guint64 count = 0;
    for (guint i = 0; i < result->exceptions->len; i++) {
        const ExceptionEntry *entry = result_exception(result, i);
        if (entry->reason != reason)
            continue;
        if (count == 0)
            g_string_append_printf(text, "%s, %s:\n", REASONS[reason].name,
                                   STATE_NAMES[REASONS[reason].state]);
        if (count++ < MOST_ROWS)
            append_row(reader, entry, text);
    }
    if (count > MOST_ROWS)
        g_string_append_printf(text, "  and %" G_GUINT64_FORMAT " more\n", count - MOST_ROWS);
}

void
listing_text(const Result *result, GString *text)
{
    g_autoptr(ExceptionReader) reader = exception_reader_new(result);
    for (Reason reason = REASON_NONE + 1; reason < REASON_COUNT; reason++)
        append_reason(result, reader, reason, text);
    if (result->exceptions->len > 0)
        g_string_append_c(text, '\n');
}

void
listing_json(const Result *result, Json *json)
{
    static const guint COLUMNS[] = {EXCEPTION_FILE,     EXCEPTION_LINE,    EXCEPTION_COLUMN,
                                    EXCEPTION_REASON,   EXCEPTION_OUTCOME, EXCEPTION_SCHEME,
                                    EXCEPTION_PROVIDER, EXCEPTION_MONTH,   EXCEPTION_ITEM,
                                    EXCEPTION_MESSAGE};
    g_autoptr(ExceptionReader) reader = exception_reader_new(result);
    g_autoptr(GString) scratch = g_string_new(NULL);
    json_open_array(json, "rows");
    for (guint i = 0; i < result->exceptions->len; i++) {
        ExceptionText words;
        Record record = {.result = result,
                         .scratch = scratch,
                         .exception = result_exception(result, i),
                         .text = &words};
        exception_reader_read(reader, record.exception, &words);
        json_open_object(json, NULL);
        for (guint c = 0; c < G_N_ELEMENTS(COLUMNS); c++) {
            const Field *field = &EXCEPTION_FIELDS[COLUMNS[c]];
            Figure figure = field->get(&record);
            json_figure(json, field->name, figure.kind == FIGURE_EMPTY ? figure_text("") : figure);
        }
        json_close_object(json);
        exception_text_clear(&words);
    }
    json_close_array(json);
}
