/* Rows of providers that are not in the register, in files in which they are accepted and unused: a
 * national file may be among the inputs as it is. */
#pragma once

#include "pack/register.h"

typedef struct Strangers Strangers;

/* None yet; register and faults must outlive it. Free with strangers_free. */
Strangers *strangers_new(const Register *reg, Faults *faults) G_GNUC_WARN_UNUSED_RESULT;
void strangers_free(Strangers *strangers);
/* Counts a row whose provider, in a column of its kind, is not in the register. A warning says
 * where it is one of the register but for letter case and blanks. */
void strangers_add(Strangers *strangers, const InputRow *row, guint column);
/* One warning a file says how many there were; to be called behind the last row. */
void strangers_end_file(Strangers *strangers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Strangers, strangers_free)
