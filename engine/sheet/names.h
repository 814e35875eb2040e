/* Names of sheets: legal for spreadsheets, and each given once.
 *
 * At most 31 characters, none of [ ] : * ? / \, no apostrophe at either end, not "History", and no
 * two alike but for letter case. */
#pragma once

#include <glib.h>

typedef struct SheetNames SheetNames;

SheetNames *sheet_names_new(void);
void sheet_names_free(SheetNames *names);
/* Keeps a name, which must be legal, for a sheet of our own. */
void sheet_names_reserve(SheetNames *names, const char *name);
/* A legal name as near to the one wanted as can be, and takes it: "QIF", then "QIF (2)". Free
 * with g_free. */
char *sheet_names_take(SheetNames *names, const char *wanted) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SheetNames, sheet_names_free)
