#include "command/check.h"

#include "archive/open.h"
#include "command/console.h"
#include "command/work.h"
#include "report/screen/closing.h"

#include "base/poison.h"

/* The period asked for: --month or --year, and one of them alone. */
static bool
read_period(const Options *options, Period *period, GError **error)
{
    if (options->inputs == NULL) {
        g_set_error(error, SP_ERROR, SP_ERROR_USAGE, "--inputs is needed");
        return false;
    }
    if ((options->month == NULL) == (options->year == NULL)) {
        g_set_error(error, SP_ERROR, SP_ERROR_USAGE, "%s",
                    options->month == NULL ? "--month or --year is needed"
                                           : "--month and --year exclude each other");
        return false;
    }
    return options->month != NULL ? work_month(options, period, error)
                                  : work_year(options, period, error);
}

bool
command_check(const Options *options, GError **error)
{
    Period period;
    if (!read_period(options, &period, error) || !work_rules_pass(options, &period, error))
        return false;
    g_autoptr(Archive) archive = archive_open(options->archive, error);
    if (archive == NULL || !archive_require_whole(archive, SP_ERROR_INPUT, error))
        return false;
    if (period.is_year_end)
        period = ledger_next_year_end(archive, period.year);
    g_autoptr(GError) closed = NULL;
    if (!ledger_allows(archive, &period, &closed))
        console_warn(closed->message);
    g_autoptr(Work) work = work_new(options, archive, &period, error);
    if (work == NULL)
        return false;
    g_autoptr(GString) text = g_string_new(NULL);
    if (options->json)
        closing_check_json(work->result, text);
    else if (!options->quiet)
        closing_check_text(work->result, text);
    return console_print(text->str, error);
}
