/* The value of an achievement contract: the basis of its scheme, for the part of the year in which
 * the provider takes part. */
#pragma once

#include "pack/pack.h"

typedef enum {
    VALUE_KNOWN,
    VALUE_NO_LIST,     /* the list size it needs is not there */
    VALUE_OUT_OF_RANGE /* the arithmetic leaves 128 bits, or the pence 64 */
} ValueOutcome;

/* Works out V, rounded once by the scheme's rounding. 0 where the participation does not touch the
 * year, list or none. */
ValueOutcome contract_value(const Pack *pack, guint32 contract, Money *value);
