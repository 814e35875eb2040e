/* Reading what a clause says in its column `is`: amounts and tests. Texts are read once, into what
 * clause.h describes.
 *
 *     AMOUNT = N | N "a" FACT
 *     TEST   = SINGLE | K "of" SINGLE "|" SINGLE …
 *     SINGLE = CODE (">=" | ">" | "<=" | "<") N | "scheme" CODE
 *
 * A text that is none leaves what is wrong in *fault, quoted. It stays empty where the text only
 * names what may be in a row that is listed as a fault already. */
#pragma once

#include "pack/rules/reader.h"

/* An amount in pounds, or in pounds for each of a fact, which is added to those of the rules. */
bool clause_read_amount(const RulesReader *reader, Span text, Amount *amount, GString *fault);
/* Whether a text is "scheme CODE", whatever the code. */
bool clause_names_scheme(Span text);
/* The scheme that "scheme CODE" names, or CODE_NONE with a fault. */
guint32 clause_read_scheme(const RulesReader *reader, Span text, GString *fault);
/* A test of a scheme: to be freed with test_free; NULL where it cannot be read. A code is an
 * indicator of the scheme, else an activity of it, else a fact, which is added to those of the
 * rules. */
Test *clause_read_test(const RulesReader *reader, guint32 scheme, Span text,
                       GString *fault) G_GNUC_WARN_UNUSED_RESULT;
