/* Names of persons, compared as people see them.
 *
 * Two names are one person's where nothing but these makes a difference: capitals, forms of the
 * same character (full width, ligatures), accents and other marks, characters that do not show, and
 * how many blanks there are. A name whose letters are of two scripts is refused: a Cyrillic letter
 * in a Latin name would make another person of the same one. */
#pragma once

#include <glib.h>
#include <stdbool.h>

bool persons_are_same(const char *a, const char *b);
/* Whether all letters of a name are of one script; those that are written together in Chinese,
 * Japanese or Korean count as one. */
bool person_has_one_script(const char *name);
