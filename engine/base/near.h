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
