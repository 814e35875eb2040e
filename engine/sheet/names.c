#include "sheet/names.h"

#include <stdbool.h>
#include <string.h>

#include "base/poison.h"

#define MOST_CHARACTERS 31

struct SheetNames {
    GHashTable *taken; /* set of char *, in lower case */
};

SheetNames *
sheet_names_new(void)
{
    SheetNames *names = g_new0(SheetNames, 1);
    names->taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    sheet_names_reserve(names, "History");
    return names;
}

void
sheet_names_free(SheetNames *names)
{
    if (names == NULL)
        return;
    g_hash_table_unref(names->taken);
    g_free(names);
}

void
sheet_names_reserve(SheetNames *names, const char *name)
{
    g_hash_table_add(names->taken, g_ascii_strdown(name, -1));
}

/* Codes are ASCII; anything else in a name becomes a hyphen, and so do apostrophes. */
static char *
legal_name(const char *wanted)
{
    char *name = g_strndup(wanted, MOST_CHARACTERS);
    for (char *at = name; *at != '\0'; at++) {
        if (*at == '[')
            *at = '(';
        else if (*at == ']')
            *at = ')';
        else if (*at < ' ' || *at > '~' || strchr(":*?/\\'", *at) != NULL)
            *at = '-';
    }
    if (name[0] != '\0')
        return name;
    g_free(name);
    return g_strdup("-");
}

static bool
take(SheetNames *names, const char *name)
{
    return g_hash_table_add(names->taken, g_ascii_strdown(name, -1));
}

char *
sheet_names_take(SheetNames *names, const char *wanted)
{
    g_autofree char *name = legal_name(wanted);
    if (take(names, name))
        return g_steal_pointer(&name);
    for (guint number = 2;; number++) {
        char suffix[16];
        int length = g_snprintf(suffix, sizeof suffix, " (%u)", number);
        g_autofree char *numbered =
            g_strdup_printf("%.*s%s", MOST_CHARACTERS - length, name, suffix);
        if (take(names, numbered))
            return g_steal_pointer(&numbered);
    }
}
