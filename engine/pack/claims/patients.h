/* Patient references as numbers.
 *
 * A reference of up to ten letters, digits and hyphens is spelled into its number, six bits a
 * character; any other is interned. Either way equal references have equal numbers and different
 * ones different numbers. The order of the numbers means nothing. */
#pragma once

#include "base/codes.h"

typedef struct Patients Patients;

Patients *patients_new(void);
void patients_free(Patients *patients);
/* The number of a reference that is not empty; never 0. Safe from several threads. */
guint64 patients_number(Patients *patients, Span reference);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Patients, patients_free)
