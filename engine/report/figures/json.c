#include "report/figures/json.h"

#include "base/text.h"

#include <string.h>

#include "base/poison.h"

#define INDENT 2

static void
new_line(Json *json)
{
    g_string_append_c(json->text, '\n');
    for (guint i = 0; i < json->depth * INDENT; i++)
        g_string_append_c(json->text, ' ');
}

/* A character by its number, in UTF-16 as JSON has it. */
static void
append_units(GString *text, gunichar character)
{
    if (character < 0x10000)
        g_string_append_printf(text, "\\u%04x", character);
    else
        g_string_append_printf(text, "\\u%04x\\u%04x", 0xd800 + ((character - 0x10000) >> 10),
                               0xdc00 + ((character - 0x10000) & 0x3ff));
}

static void
append_string(GString *text, const char *value)
{
    g_autofree char *valid =
        utf8_is_valid(value, strlen(value)) ? NULL : g_utf8_make_valid(value, -1);
    g_string_append_c(text, '"');
    for (const char *at = valid != NULL ? valid : value; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar character = g_utf8_get_char(at);
        if (character == '"' || character == '\\')
            g_string_append_printf(text, "\\%c", (char)character);
        else if (text_is_plain(character))
            g_string_append_unichar(text, character);
        else
            append_units(text, character);
    }
    g_string_append_c(text, '"');
}

/* Comma, line and key in front of a value. */
static void
begin_value(Json *json, const char *key)
{
    if (json->has_value)
        g_string_append_c(json->text, ',');
    if (json->depth > 0)
        new_line(json);
    json->has_value = true;
    if (key == NULL)
        return;
    append_string(json->text, key);
    g_string_append(json->text, ": ");
}

static void
open_bracket(Json *json, const char *key, char bracket)
{
    begin_value(json, key);
    g_string_append_c(json->text, bracket);
    json->depth++;
    json->has_value = false;
}

static void
close_bracket(Json *json, char bracket)
{
    json->depth--;
    if (json->has_value)
        new_line(json);
    g_string_append_c(json->text, bracket);
    json->has_value = true;
    if (json->depth == 0)
        g_string_append_c(json->text, '\n');
}

void
json_begin(Json *json)
{
    json_open_object(json, NULL);
    json_whole(json, "format", JSON_FORMAT);
}

void
json_open_object(Json *json, const char *key)
{
    open_bracket(json, key, '{');
}

void
json_open_array(Json *json, const char *key)
{
    open_bracket(json, key, '[');
}

void
json_close_object(Json *json)
{
    close_bracket(json, '}');
}

void
json_close_array(Json *json)
{
    close_bracket(json, ']');
}

void
json_text(Json *json, const char *key, const char *value)
{
    begin_value(json, key);
    append_string(json->text, value);
}

void
json_whole(Json *json, const char *key, guint64 value)
{
    begin_value(json, key);
    g_string_append_printf(json->text, "%" G_GUINT64_FORMAT, value);
}

void
json_bool(Json *json, const char *key, bool value)
{
    begin_value(json, key);
    g_string_append(json->text, value ? "true" : "false");
}

void
json_null(Json *json, const char *key)
{
    begin_value(json, key);
    g_string_append(json->text, "null");
}

void
json_money(Json *json, const char *key, Money value)
{
    json_figure(json, key, figure_money(value));
}

void
json_figure(Json *json, const char *key, Figure figure)
{
    if (figure.kind == FIGURE_EMPTY || figure.kind == FIGURE_TEXT) {
        json_text(json, key, figure.kind == FIGURE_TEXT ? figure.text : "-");
        return;
    }
    if (figure.kind == FIGURE_WHOLE) {
        json_whole(json, key, figure.whole);
        return;
    }
    g_autoptr(GString) text = g_string_new(NULL);
    CsvOut out = {text, false};
    csv_out_figure(&out, &figure);
    json_text(json, key, text->str);
}

void
json_fields(Json *json, const Field *fields, guint count, gconstpointer record)
{
    for (guint f = 0; f < count; f++)
        json_figure(json, fields[f].name, fields[f].get(record));
}
