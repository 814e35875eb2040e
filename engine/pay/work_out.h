/* The second verb: works a pack out into a result.
 *
 * A contract takes part where its participation touches the year to the end of the run's month, or
 * where it was paid or adjusted. Its payment kind adds its lines (working.h); adjustments are
 * added and what was paid is taken off; then the contracts of each payee are settled together
 * (rules/README.md, Calculation). */
#pragma once

#include "pay/result.h"

/* Works out a pack. NULL with SP_ERROR_INPUT where a figure is out of range (or reaches
 * £1,000,000,000,000 either way); each such figure is a fault that names its contract. The pack
 * must outlive the result; free with result_free. */
Result *work_out_pack(const Pack *pack, Faults *faults, GError **error) G_GNUC_WARN_UNUSED_RESULT;
