#include "pack/nextyear.h"

#include <string.h>

#include "base/poison.h"

static void
file_free(gpointer pointer)
{
    NextFile *file = pointer;
    g_free(file->name);
    g_string_free(file->text, TRUE);
    g_free(file);
}

static void
note_clear(gpointer pointer)
{
    NextNote *note = pointer;
    g_free(note->name);
    g_free(note->text);
}

static GArray *
notes_new(void)
{
    GArray *notes = g_array_new(FALSE, FALSE, sizeof(NextNote));
    g_array_set_clear_func(notes, note_clear);
    return notes;
}

NextYear *
next_year_new(int year)
{
    NextYear *next = g_new0(NextYear, 1);
    next->year = year;
    next->files = g_ptr_array_new_with_free_func(file_free);
    next->to_confirm = notes_new();
    next->left_out = notes_new();
    next->texts = g_string_chunk_new(4096);
    return next;
}

void
next_year_free(NextYear *next)
{
    if (next == NULL)
        return;
    g_ptr_array_unref(next->files);
    g_array_unref(next->to_confirm);
    g_array_unref(next->left_out);
    g_string_chunk_free(next->texts);
    g_free(next);
}

const NextFile *
next_year_file(const NextYear *next, guint file)
{
    return g_ptr_array_index(next->files, file);
}

/* A cell as it was read: it is read again, so nothing is put in front of it. */
static void
append_cell(GString *text, const char *cell)
{
    if (strpbrk(cell, ",\"\r\n") == NULL) {
        g_string_append(text, cell);
        return;
    }
    g_string_append_c(text, '"');
    for (const char *at = cell; *at != '\0'; at++) {
        if (*at == '"')
            g_string_append_c(text, '"');
        g_string_append_c(text, *at);
    }
    g_string_append_c(text, '"');
}

NextTable
next_table_begin(NextYear *next, NextFolder folder, const char *name, const Column *columns,
                 guint count)
{
    NextFile *file = g_new0(NextFile, 1);
    file->folder = folder;
    file->name = g_strdup(name);
    file->text = g_string_new(NULL);
    for (guint c = 0; c < count; c++)
        g_string_append_printf(file->text, "%s%s", c == 0 ? "" : ",", columns[c].name);
    g_string_append(file->text, count == 0 ? "" : "\n");
    g_ptr_array_add(next->files, file);
    return (NextTable){next, file, columns, count, 1};
}

void
next_table_row(NextTable *table, const char *const *cells)
{
    GString *text = table->file->text;
    table->line = 1;
    for (gsize i = 0; i < text->len; i++)
        table->line += text->str[i] == '\n';
    for (guint c = 0; c < table->count; c++) {
        if (c > 0)
            g_string_append_c(text, ',');
        append_cell(text, cells[c]);
    }
    g_string_append_c(text, '\n');
    table->file->rows++;
}

void
next_table_confirm(NextTable *table, guint column, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    NextNote note = {table->file, NULL, table->line, table->columns[column].name,
                     g_strdup_vprintf(format, arguments)};
    va_end(arguments);
    g_array_append_val(table->next->to_confirm, note);
}

void
next_year_leave_out(NextYear *next, const char *name, guint64 line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    NextNote note = {NULL, g_strdup(name), line, NULL, g_strdup_vprintf(format, arguments)};
    va_end(arguments);
    g_array_append_val(next->left_out, note);
}

const char *
next_text(NextYear *next, Span text)
{
    return g_string_chunk_insert_len(next->texts, text.text == NULL ? "" : text.text,
                                     (gssize)text.length);
}

const char *
next_day(NextYear *next, Day day)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (day != DAY_OPEN)
        day_append(text, day);
    return g_string_chunk_insert(next->texts, text->str);
}

Day
day_a_year_on(Day day)
{
    int year, month, of_month;
    day_split(day, &year, &month, &of_month);
    Day moved = day_of(year + 1, month, of_month);
    return moved == DAY_NONE ? day_of(year + 1, month, of_month - 1) : moved;
}
