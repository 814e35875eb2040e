/* Whole numbers of up to 640 bits, slow and simple: what fractions are checked against. */
#pragma once

#include "base/number.h"

#define WIDE_LIMBS 20

typedef struct {
    bool is_negative;
    uint32_t limbs[WIDE_LIMBS]; /* the size, lowest first */
} Wide;

Wide wide_of(Int128 number);
Wide wide_multiply(Wide a, Wide b);
Wide wide_add(Wide a, Wide b);
Wide wide_subtract(Wide a, Wide b);
/* -1, 0 or 1. */
int wide_compare(Wide a, Wide b);
