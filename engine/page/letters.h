/* Texts in the letters that every PDF reader has: Windows code page 1252, a byte a letter.
 *
 * No letter is dropped. One that the code page lacks is written by what comes nearest to it in
 * plain letters, "ŵ" as "w" and "Ł" as "L"; one that has nothing near, by its number, "[U+4E2D]".
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* The letters of a text in UTF-8; line feeds stay, and other control characters are blanks. Free
 * with g_free. */
char *letters_of(const char *text) G_GNUC_WARN_UNUSED_RESULT;
