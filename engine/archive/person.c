#include "archive/person.h"

#include <string.h>

#include "base/poison.h"

/* Scripts that are written together, with Han. */
static const GUnicodeScript EAST[] = {G_UNICODE_SCRIPT_HAN, G_UNICODE_SCRIPT_HIRAGANA,
                                      G_UNICODE_SCRIPT_KATAKANA, G_UNICODE_SCRIPT_HANGUL,
                                      G_UNICODE_SCRIPT_BOPOMOFO};

/* Whether a character is a mark on another one, or does not show. */
static bool
is_beside(gunichar character)
{
    switch (g_unichar_type(character)) {
    case G_UNICODE_NON_SPACING_MARK:
    case G_UNICODE_SPACING_MARK:
    case G_UNICODE_ENCLOSING_MARK:
    case G_UNICODE_FORMAT:
    case G_UNICODE_CONTROL:
        return true;
    default:
        return g_unichar_iszerowidth(character);
    }
}

/* What is left of a name to compare. */
static char *
person_key(const char *name)
{
    g_autofree char *apart = g_utf8_normalize(name, -1, G_NORMALIZE_ALL);
    GString *key = g_string_new(NULL);
    for (const char *at = apart == NULL ? name : apart; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar character = g_utf8_get_char(at);
        if (g_unichar_isspace(character)) {
            if (key->len > 0 && key->str[key->len - 1] != ' ')
                g_string_append_c(key, ' ');
        } else if (!is_beside(character)) {
            g_string_append_unichar(key, character);
        }
    }
    if (key->len > 0 && key->str[key->len - 1] == ' ')
        g_string_truncate(key, key->len - 1);
    g_autofree char *folded = g_utf8_casefold(key->str, -1);
    g_string_free(key, TRUE);
    return g_utf8_normalize(folded, -1, G_NORMALIZE_ALL_COMPOSE);
}

bool
persons_are_same(const char *a, const char *b)
{
    g_autofree char *left = person_key(a);
    g_autofree char *right = person_key(b);
    return g_strcmp0(left, right) == 0;
}

/* A letter's script; of no script in particular: G_UNICODE_SCRIPT_COMMON. */
static GUnicodeScript
script_of(gunichar character)
{
    GUnicodeScript script = g_unichar_get_script(character);
    for (guint i = 0; i < G_N_ELEMENTS(EAST); i++)
        if (script == EAST[i])
            return G_UNICODE_SCRIPT_HAN;
    return script == G_UNICODE_SCRIPT_INHERITED ? G_UNICODE_SCRIPT_COMMON : script;
}

bool
person_has_one_script(const char *name)
{
    GUnicodeScript first = G_UNICODE_SCRIPT_COMMON;
    for (const char *at = name; *at != '\0'; at = g_utf8_next_char(at)) {
        GUnicodeScript script = script_of(g_utf8_get_char(at));
        if (first == G_UNICODE_SCRIPT_COMMON)
            first = script;
        else if (script != G_UNICODE_SCRIPT_COMMON && script != first)
            return false;
    }
    return true;
}
