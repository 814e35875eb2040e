#include "archive/since.h"

#include <string.h>

#include "archive/columns.h"
#include "archive/sealed.h"
#include "report/record/record.h"

#include "base/poison.h"

#define EXCEPTIONS_PATH OUTPUTS_FOLDER "/exceptions.csv"

/* The columns that tell a row, as they stand in the file: file, reason and so on. */
static const guint KEY_FIELDS[] = {EXCEPTION_FILE,   EXCEPTION_REASON,   EXCEPTION_OUTCOME,
                                   EXCEPTION_SCHEME, EXCEPTION_PROVIDER, EXCEPTION_MONTH,
                                   EXCEPTION_ITEM};
#define KEY_LENGTH G_N_ELEMENTS(KEY_FIELDS)

/* Equal rows: how many of them each run lists, and how many this one does so far. */
typedef struct {
    guint met;
    guint listed[]; /* by run */
} Known;

typedef struct {
    GPtrArray *runs;   /* of const Run *: those of the year, by period; not owned */
    GHashTable *known; /* cells of a row to Known: rows that the last run lists */
    GString *key;      /* scratch */
} Since;

/* Counts a row of the sealed file: of the last run each, of those before it what is known. */
static void
count_row(Since *since, guint run, const GArray *row, const guint places[KEY_LENGTH])
{
    g_string_truncate(since->key, 0);
    for (guint i = 0; i < KEY_LENGTH; i++) {
        Span cell = places[i] < row->len ? g_array_index(row, Span, places[i]) : (Span){"", 0};
        g_string_append_printf(since->key, "%s", i == 0 ? "" : ",");
        g_string_append_len(since->key, cell.text, (gssize)cell.length);
    }
    g_string_append_c(since->key, '\n');
    Known *known = g_hash_table_lookup(since->known, since->key->str);
    if (known == NULL && run + 1 == since->runs->len) {
        known = g_malloc0(sizeof *known + since->runs->len * sizeof known->listed[0]);
        g_hash_table_insert(since->known, g_strdup(since->key->str), known);
    }
    if (known != NULL)
        known->listed[run]++;
}

/* Counts the rows of a run. A file without one of the columns lists nothing. */
static void
count_rows(Since *since, guint run, Span text)
{
    g_autoptr(GArray) row = g_array_new(FALSE, FALSE, sizeof(Span));
    guint places[KEY_LENGTH];
    const char *names[KEY_LENGTH];
    columns_take_row(&text, row);
    for (guint i = 0; i < KEY_LENGTH; i++)
        names[i] = EXCEPTION_FIELDS[KEY_FIELDS[i]].name;
    if (!columns_find(row, names, KEY_LENGTH, places))
        return;
    while (text.length > 0) {
        columns_take_row(&text, row);
        count_row(since, run, row, places);
    }
}

/* The earliest run that lists the row without a gap up to the last; NULL where that does not. */
static const Period *
earliest(const Since *since, Known *known)
{
    const Period *period = NULL;
    guint number = ++known->met;
    for (guint run = since->runs->len; run > 0 && known->listed[run - 1] >= number; run--)
        period = &((const Run *)g_ptr_array_index(since->runs, run - 1))->name.period;
    return period;
}

static void
mark_rows(const Since *since, Result *result)
{
    g_autoptr(GString) scratch = g_string_new(NULL);
    g_autoptr(ExceptionReader) reader = exception_reader_new(result);
    for (guint i = 0; i < result->exceptions->len; i++) {
        ExceptionEntry *entry = &g_array_index(result->exceptions, ExceptionEntry, i);
        ExceptionText text;
        exception_reader_read(reader, entry, &text);
        Record record = {.result = result, .scratch = scratch, .exception = entry, .text = &text};
        CsvOut cells = {since->key, false};
        g_string_truncate(since->key, 0);
        for (guint k = 0; k < KEY_LENGTH; k++) {
            Figure figure = EXCEPTION_FIELDS[KEY_FIELDS[k]].get(&record);
            csv_out_figure(&cells, &figure);
        }
        csv_out_end_row(&cells);
        Known *known = g_hash_table_lookup(since->known, since->key->str);
        if (known != NULL)
            entry->since = earliest(since, known);
        exception_text_clear(&text);
    }
}

bool
since_mark(Result *result, const Ledger *ledger, const char *reader, GPtrArray *findings,
           GError **error)
{
    g_autoptr(GPtrArray) runs = g_ptr_array_new();
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(GString) key = g_string_new(NULL);
    Since since = {runs, known, key};
    for (guint i = 0; i < ledger->counted->len; i++) {
        const Run *run = g_ptr_array_index(ledger->counted, i);
        if (run->name.period.year == result->pack->period.year)
            g_ptr_array_add(runs, (gpointer)run);
    }
    for (guint run = runs->len; run > 0; run--) {
        g_autofree char *bytes = NULL;
        gsize length;
        if (!sealed_read(g_ptr_array_index(runs, run - 1), EXCEPTIONS_PATH, reader, findings,
                         &bytes, &length, error))
            return false;
        count_rows(&since, run - 1, (Span){bytes == NULL ? "" : bytes, length});
    }
    if (g_hash_table_size(known) > 0 && result->exceptions->len > 0)
        mark_rows(&since, result);
    return true;
}
