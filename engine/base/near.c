#include "base/near.h"

#include <string.h>

#include "base/poison.h"

#define MOST_LETTERS 64    /* a longer name is near none */
#define MOST_MEANT 3       /* codes named as what may have been meant */
#define MOST_ANSWERS 10000 /* hints remembered */

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

/* How many letters a name may be away from a known one of so many letters. */
static guint
most_apart(guint count)
{
    return count < 4 ? 0 : count < 7 ? 1 : 2;
}

bool
near_name(Span name, Span known)
{
    gunichar letters[MOST_LETTERS];
    guint count;
    if (!letters_of(known, letters, &count))
        return false;
    guint most = most_apart(count);
    return near_distance(name, known, most) <= most;
}

typedef struct {
    const char *code;
    guint count;       /* of its letters and digits */
    guint64 occurring; /* a bit for each of them; some share one */
} KnownCode;

struct NearCodes {
    GArray *known;       /* of KnownCode */
    GHashTable *answers; /* codes that were asked for, to their hints */
};

NearCodes *
near_codes_new(void)
{
    NearCodes *codes = g_new0(NearCodes, 1);
    codes->known = g_array_new(FALSE, FALSE, sizeof(KnownCode));
    codes->answers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return codes;
}

void
near_codes_free(NearCodes *codes)
{
    if (codes == NULL)
        return;
    g_array_unref(codes->known);
    g_hash_table_unref(codes->answers);
    g_free(codes);
}

static guint64
occurring_letters(const gunichar *letters, guint count)
{
    guint64 bits = 0;
    for (guint i = 0; i < count; i++)
        bits |= G_GUINT64_CONSTANT(1) << (letters[i] & 63);
    return bits;
}

void
near_codes_add(NearCodes *codes, const char *code)
{
    gunichar letters[MOST_LETTERS];
    KnownCode known = {.code = code};
    if (!letters_of((Span){code, strlen(code)}, letters, &known.count))
        return;
    known.occurring = occurring_letters(letters, known.count);
    g_array_append_val(codes->known, known);
}

/* The known codes that are nearest to some letters, as far as they are near at all. */
typedef struct {
    guint distance;
    guint count;
    const char *first[MOST_MEANT];
} Nearest;

static Nearest
find_nearest(const NearCodes *codes, const gunichar *letters, guint count)
{
    Nearest nearest = {.distance = G_MAXUINT};
    guint64 occurring = occurring_letters(letters, count);
    for (guint i = 0; i < codes->known->len; i++) {
        const KnownCode *known = &g_array_index(codes->known, KnownCode, i);
        guint most = MIN(most_apart(known->count), nearest.distance);
        guint longer = MAX(known->count, count) - MIN(known->count, count);
        /* A letter that is changed takes one away and brings another. */
        if (longer > most || (guint)__builtin_popcountll(known->occurring ^ occurring) > 2 * most)
            continue;
        gunichar known_letters[MOST_LETTERS];
        guint known_count;
        (void)letters_of((Span){known->code, strlen(known->code)}, known_letters, &known_count);
        guint here = distance(letters, count, known_letters, known_count);
        if (here > most)
            continue;
        if (here < nearest.distance)
            nearest = (Nearest){.distance = here};
        if (nearest.count < MOST_MEANT)
            nearest.first[nearest.count] = known->code;
        nearest.count++;
    }
    return nearest;
}

/* ": did you mean A, B or C?" */
static char *
make_hint(const NearCodes *codes, Span code)
{
    gunichar letters[MOST_LETTERS];
    guint count;
    if (!letters_of(code, letters, &count))
        return g_strdup("");
    Nearest nearest = find_nearest(codes, letters, count);
    if (nearest.count == 0)
        return g_strdup("");
    GString *hint = g_string_new(": did you mean ");
    guint named = MIN(nearest.count, MOST_MEANT);
    for (guint i = 0; i < named; i++) {
        bool is_last = i + 1 == nearest.count;
        g_string_append_printf(hint, "%s%s",
                               i == 0    ? ""
                               : is_last ? " or "
                                         : ", ",
                               nearest.first[i]);
    }
    g_string_append(hint, nearest.count > named ? " or another?" : "?");
    return g_string_free(hint, FALSE);
}

const char *
near_codes_hint(NearCodes *codes, Span code)
{
    g_autofree char *asked = span_copy(code);
    const char *known = g_hash_table_lookup(codes->answers, asked);
    if (known != NULL)
        return known;
    if (g_hash_table_size(codes->answers) >= MOST_ANSWERS)
        g_hash_table_remove_all(codes->answers);
    char *hint = make_hint(codes, code);
    g_hash_table_insert(codes->answers, g_steal_pointer(&asked), hint);
    return hint;
}
