/* month-end and year-end: work out a period and seal it as a run. */
#pragma once

#include "command/options.h"

/* Works out and seals the run of a month. Errors as of work_new and seal_run;
 * SP_ERROR_NOT_ALLOWED where the month is approved or closed already. */
bool command_month_end(const Options *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same for the balance of a financial year. */
bool command_year_end(const Options *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
