/* How periods and people's words for things are written, the same in every report. */
#pragma once

#include "pack/pack.h"

/* "September 2025"; "year-end 2025-26". */
void wording_append_period(GString *text, const Period *period);
/* "Payments: September 2025", for titles. Free with g_free. */
char *wording_title(const char *what, const Period *period) G_GNUC_WARN_UNUSED_RESULT;
/* "Sep 2025". */
void wording_append_month(GString *text, Month month);
/* "30 September 2025". */
void wording_append_day(GString *text, Day day);
/* The name of a payee: that of the provider of this code, in force in the run, or "" where no
 * provider has it. Lives as long as the register. */
const char *wording_payee_name(const Register *reg, const char *payee);
