#include "sheet/names.h"

#include <string.h>

#include "base/poison.h"

#define MOST_CHARACTERS 31

GHashTable *
names_new(void)
{
    GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    names_take(names, "History");
    return names;
}

gboolean
names_take(GHashTable *names, const char *name)
{
    return g_hash_table_add(names, g_ascii_strdown(name, -1));
}

/* Codes are ASCII; anything else in a name becomes a hyphen, and so do apostrophes. */
static char *
legal_name(const char *wanted)
{
    char *name = wanted[0] != '\0' ? g_strndup(wanted, MOST_CHARACTERS) : g_strdup("-");
    g_strdelimit(name, "[", '(');
    g_strdelimit(name, "]", ')');
    for (char *at = name; *at != '\0'; at++)
        if (*at < ' ' || *at > '~' || strchr(":*?/\\'", *at) != NULL)
            *at = '-';
    return name;
}

char *
names_take_near(GHashTable *names, const char *wanted)
{
    g_autofree char *legal = legal_name(wanted);
    char *name = g_strdup(legal);
    for (guint number = 2; !names_take(names, name); number++) {
        g_autofree char *suffix = g_strdup_printf(" (%u)", number);
        g_free(name);
        name = g_strdup_printf("%.*s%s", MOST_CHARACTERS - (int)strlen(suffix), legal, suffix);
    }
    return name;
}
