/* What a clause asks for in one of its spans, for the calculation and for whoever shows it. */
#pragma once

#include "pay/result.h"

/* The fact in force for a span, or NULL: on the scheme's list_date, else on the span's first day.
 */
const Fact *step_fact(const Pack *pack, const Contract *contract, Month from, guint32 fact);
/* The spell by which the contract's provider takes part in a scheme on the last day of a month;
 * NULL where it does not. */
const Spell *step_spell(const Pack *pack, const Contract *contract, guint32 scheme, Month month);
/* The single tests of a clause: of its test, or of those that it says how many of must be met.
 * *count receives how many; 0 where it has none. */
const Test *const *step_tests(const Clause *clause, guint *count);
