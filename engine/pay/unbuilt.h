/* What the rules and inputs can say and the calculation cannot work out yet: such a run is refused,
 * so that no amount is ever wrong. A row of the table in unbuilt.c goes with each that is built. */
#pragma once

#include "pack/pack.h"

/* Adds a fault for everything in a pack that is not worked out yet. */
void unbuilt_refuse(const Pack *pack, Faults *faults);
