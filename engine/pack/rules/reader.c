#include "pack/rules/reader.h"

#include "base/poison.h"

void
rules_reader_fault(const RulesReader *reader, int column, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    faults_add(reader->faults, FAULT_RULES, document_name(csv_table_document(reader->csv)),
               reader->line, column < 0 ? NULL : reader->columns[column].name, "%s", text);
}

void
rules_reader_fault_value(const RulesReader *reader, int column, Span value, const char *what)
{
    g_autoptr(GString) message = g_string_new(NULL);
    text_append_quoted(message, value);
    rules_reader_fault(reader, column, "%s %s", message->str, what);
}

int
rules_reader_choice(const RulesReader *reader, int column, const char *const *names, guint count,
                    int fallback)
{
    const Value *value = &reader->values[column];
    if (!value->is_given)
        return fallback;
    for (guint i = 0; i < count; i++)
        if (span_is(value->text, names[i]))
            return (int)i;
    g_autoptr(GString) message = g_string_new(NULL);
    text_append_quoted(message, value->text);
    for (guint i = 0; i < count; i++)
        g_string_append_printf(message, "%s%s",
                               i == 0           ? " is not one of "
                               : i + 1 == count ? " or "
                                                : ", ",
                               names[i]);
    rules_reader_fault(reader, column, "%s", message->str);
    return -1;
}

GPtrArray *
rules_reader_split(Span field)
{
    GPtrArray *parts = g_ptr_array_new_with_free_func(g_free);
    gsize start = 0;
    for (gsize i = 0; i <= field.length; i++) {
        if (i < field.length && field.text[i] != '|')
            continue;
        g_ptr_array_add(parts, span_copy(span_trim((Span){field.text + start, i - start})));
        start = i + 1;
    }
    return parts;
}

guint32
rules_reader_fact(const RulesReader *reader, int column)
{
    const Value *value = &reader->values[column];
    return value->is_given ? codes_add(reader->rules->facts, value->text) : CODE_NONE;
}

bool
rules_reader_is_lost(const RulesReader *reader, Span scheme)
{
    return !reader->knows_schemes || codes_find(reader->lost_schemes, scheme) != CODE_NONE;
}

guint32
rules_reader_scheme(const RulesReader *reader, int column)
{
    guint32 scheme = codes_find(reader->rules->scheme_codes, reader->values[column].text);
    if (scheme == CODE_NONE && !rules_reader_is_lost(reader, reader->values[column].text))
        rules_reader_fault_value(reader, column, reader->values[column].text,
                                 "is not a scheme of schemes.csv");
    return scheme;
}
