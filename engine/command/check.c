#include "command/check.h"

#include "archive/open.h"
#include "command/console.h"
#include "command/work.h"
#include "report/screen/closing.h"

#include "base/poison.h"

bool
command_check(const Options *options, GError **error)
{
    Period period;
    if (!work_period(options, &period, error) || !work_rules_pass(options, &period, error))
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
