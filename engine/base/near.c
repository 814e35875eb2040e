#include "base/near.h"

#include "base/poison.h"

#define MOST_LETTERS 64 /* a longer name is near none */

/* The letters and digits of a name, in lower case. False where they are too many. */
static bool
letters_of(Span name, gunichar *letters, guint *count)
{
    const char *end = name.text + name.length;
    *count = 0;
    for (const char *at = name.text; at < end;) {
        gunichar c = g_utf8_get_char_validated(at, end - at);
        if (c == (gunichar)-1 || c == (gunichar)-2) {
            at++;
            continue;
        }
        at = g_utf8_next_char(at);
        if (!g_unichar_isalnum(c))
            continue;
        if (*count == MOST_LETTERS)
            return false;
        letters[(*count)++] = g_unichar_tolower(c);
    }
    return true;
}

/* Row by row: row[j] is the distance of the letters of a so far to the first j of b. */
static guint
distance(const gunichar *a, guint a_count, const gunichar *b, guint b_count)
{
    guint row[MOST_LETTERS + 1];
    for (guint j = 0; j <= b_count; j++)
        row[j] = j;
    for (guint i = 1; i <= a_count; i++) {
        guint diagonal = row[0];
        row[0] = i;
        for (guint j = 1; j <= b_count; j++) {
            guint changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = MIN(changed, MIN(row[j], row[j - 1]) + 1);
        }
    }
    return row[b_count];
}

guint
near_distance(Span a, Span b, guint most)
{
    gunichar a_letters[MOST_LETTERS], b_letters[MOST_LETTERS];
    guint a_count, b_count;
    if (!letters_of(a, a_letters, &a_count) || !letters_of(b, b_letters, &b_count))
        return most + 1;
    return MIN(distance(a_letters, a_count, b_letters, b_count), most + 1);
}

bool
near_name(Span name, Span known)
{
    gunichar letters[MOST_LETTERS];
    guint count;
    if (!letters_of(known, letters, &count))
        return false;
    guint most = count < 4 ? 0 : count < 7 ? 1 : 2;
    return near_distance(name, known, most) <= most;
}
