/* Names that were misspelt: whether one is near another.
 *
 * Only letters and digits are compared, without regard to case, so that blanks, hyphens and
 * characters that do not show make no difference at all. */
#pragma once

#include "base/text.h"

/* How many letters must be put in, taken out or changed to make one name of the other; most + 1
 * where it is more than most. */
guint near_distance(Span a, Span b, guint most);
/* Whether a name is a known one but for one letter; two where the known one has seven letters or
 * more, none where it has fewer than four (fixtures/README.md, What refuses a whole run). */
bool near_name(Span name, Span known);

/* Known codes, one of which may have been meant by one that is not known. For one thread. */
typedef struct NearCodes NearCodes;

NearCodes *near_codes_new(void) G_GNUC_WARN_UNUSED_RESULT;
void near_codes_free(NearCodes *codes);
/* Adds a code, which must outlive the table. */
void near_codes_add(NearCodes *codes, const char *code);
/* What a message says of a code that is none of them: ": did you mean M83001?", of several equally
 * near ones the first three; "" where it is near none, see near_name. Valid until the next call.
 * Cheap where it is asked again. */
const char *near_codes_hint(NearCodes *codes, Span code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(NearCodes, near_codes_free)
