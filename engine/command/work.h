/* The first two verbs as commands need them: read, with all that is wrong said, and work out. */
#pragma once

#include "archive/earlier.h"
#include "base/fault.h"
#include "command/options.h"
#include "pay/result.h"

/* A pack and its result, with the ledger that was counted. */
typedef struct {
    Ledger *ledger;
    Pack *pack;
    Result *result;
    Earlier *earlier; /* the run before, NULL where none of the year was counted */
} Work;

/* The period --month or --year asks for; SP_ERROR_USAGE where it is not one. */
bool work_month(const Options *options, Period *period, GError **error) G_GNUC_WARN_UNUSED_RESULT;
bool work_year(const Options *options, Period *period, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The period of --month or --year, of which one is given, beside --inputs; SP_ERROR_USAGE else. */
bool work_period(const Options *options, Period *period, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether the rules of a period's year can be used; SP_ERROR_RULES where not. All their faults are
 * said, before any fault of the inputs. */
bool work_rules_pass(const Options *options, const Period *period,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Says all faults and warnings and hands the refusal on, which is taken, where there is one (NULL:
 * none): then with --json as JSON, too. False where there is one, or that cannot be printed. */
bool work_say_faults(const Options *options, Faults *faults, GError *refusal,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Reads a pack with what approved runs paid (NULL: nothing); says all faults where it is refused,
 * and no warning. NULL with the errors of pack_read. */
Pack *work_pack(const Options *options, const Ledger *ledger, const Period *period,
                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Reads the inputs and works them out; says every fault and warning, warnings of earlier months
 * that were not approved among them. With --strict any rejected, held or doubtful row is a fault.
 * NULL with the error of what refuses the run. Free with work_free. */
Work *work_new(const Options *options, const Archive *archive, const Period *period,
               GError **error) G_GNUC_WARN_UNUSED_RESULT;
void work_free(Work *work);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Work, work_free)
