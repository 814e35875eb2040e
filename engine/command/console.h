/* What is said, and asked: results on standard output, all else on standard error.
 *
 * Whatever is shown goes through one function: control characters and marks of direction, from
 * inputs, manifests or names of files, are escaped and never reach a terminal. */
#pragma once

#include "command/options.h"
#include "base/fault.h"

/* Writes a result to standard output. False with SP_ERROR_IO where that fails. */
bool console_print(const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Makes one JSON object of two: the members of the second behind those of the first. */
void console_join_json(GString *first, const GString *second);
/* A line on standard error: "schemepay: ..." in front of every error's first line. */
void console_complain(const char *message);
/* "warning: ..." on standard error. */
void console_warn(const char *message);
/* "note: ..." on standard error. */
void console_note(const char *message);
/* Every fault and warning, one a line, on standard error. */
void console_faults(Faults *faults);
/* Where the work has got to: on a terminal only, and not when quiet. */
void console_progress(const Options *options, const char *what);
/* Asks a question that is answered by "yes": *is_yes tells whether it was. SP_ERROR_USAGE, which
 * says what to do instead, where there is no terminal to ask on. */
bool console_ask(const char *question, bool *is_yes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The person at work: --by, else the login name; free with g_free. NULL with SP_ERROR_USAGE where
 * it is neither given nor known, or not a name. */
char *console_person(const Options *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Now, as "2025-10-03T09:14:07Z"; free with g_free. Nothing below command/ reads the clock. */
char *console_now(void);
/* Who holds the archive's lock, in one line; free with g_free. */
char *console_holder(const Options *options, const char *person, const char *now);
