/* Resubmission: of a scheme, provider and month, the rows of the highest submission replace all
 * lower ones, whole, even where they are rejected themselves. */
#pragma once

#include "pack/claims.h"

/* Marks the claims that are replaced as superseded, on up to threads threads. */
void claims_supersede(Claims *claims, guint threads);
