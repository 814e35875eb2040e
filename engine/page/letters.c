#include "page/letters.h"

#include <string.h>

#include "base/poison.h"

/* What stands at 0x80 and above, up to 0x9f; the rest is as in Unicode. 0: nothing. */
#define FIRST_OF_ITS_OWN 0x80
static const guint16 ITS_OWN[32] = {0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
                                    0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017d, 0,
                                    0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                    0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};

/* Signs for which the nearest is not the one that a table of languages would give. */
static const struct {
    gunichar sign;
    const char *nearest; /* in the code page */
} SIGNS[] = {
    {0x00ad, ""},     /* a soft hyphen, which shows nothing */
    {0x2010, "-"},    /* hyphen */
    {0x2011, "-"},    /* hyphen that keeps a word together */
    {0x200b, ""},     /* a blank without width */
    {0x2212, "\x96"}, /* minus: as wide as a dash */
    {0xfeff, ""},     /* a mark of the order of bytes */
};

/* The byte of a letter, or 0. */
static char
byte_of(gunichar letter)
{
    bool is_unicodes = (letter >= ' ' && letter <= '~') || (letter >= 0xa0 && letter <= 0xff);
    if (is_unicodes && letter != 0xad)
        return (char)(guchar)letter;
    for (guint i = 0; letter != 0 && i < G_N_ELEMENTS(ITS_OWN); i++)
        if (ITS_OWN[i] == letter)
            return (char)(guchar)(FIRST_OF_ITS_OWN + i);
    return 0;
}

/* Appends what comes nearest to a letter that the code page lacks. */
static void
append_nearest(GString *letters, gunichar letter)
{
    char utf8[7] = {0};
    for (guint i = 0; i < G_N_ELEMENTS(SIGNS); i++)
        if (SIGNS[i].sign == letter) {
            g_string_append(letters, SIGNS[i].nearest);
            return;
        }
    (void)g_unichar_to_utf8(letter, utf8);
    g_autofree char *plain = g_str_to_ascii(utf8, "C"); /* of no language in particular */
    if (strchr(plain, '?') == NULL)
        g_string_append(letters, plain);
    else if (!g_unichar_ismark(letter)) /* the letter below an accent stands already */
        g_string_append_printf(letters, "[U+%04X]", letter);
}

char *
letters_of(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_autofree char *composed = g_utf8_normalize(valid, -1, G_NORMALIZE_DEFAULT_COMPOSE);
    GString *letters = g_string_new(NULL);
    for (const char *at = composed; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar letter = g_utf8_get_char(at);
        char byte = byte_of(letter);
        if (byte != 0)
            g_string_append_c(letters, byte);
        else if (letter == '\n')
            g_string_append_c(letters, '\n');
        else if (g_unichar_iscntrl(letter))
            g_string_append_c(letters, ' ');
        else
            append_nearest(letters, letter);
    }
    return g_string_free(letters, FALSE);
}
