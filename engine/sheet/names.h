/* Names of sheets: legal for spreadsheets, and each given once.
 *
 * At most 31 characters, none of [ ] : * ? / \, no apostrophe, not "History", and no two alike but
 * for letter case. Names that are taken are a set of texts in lower case. */
#pragma once

#include <glib.h>

/* Free with g_hash_table_unref. */
GHashTable *names_new(void);
/* Takes a legal name; false where it is taken. */
gboolean names_take(GHashTable *names, const char *name);
/* Takes a legal name as near to the one wanted as can be: "QIF", then "QIF (2)". Free with
 * g_free. */
char *names_take_near(GHashTable *names, const char *wanted) G_GNUC_WARN_UNUSED_RESULT;
