#include "wide.h"

#include "support.h"

Wide
wide_of(Int128 number)
{
    __extension__ typedef unsigned __int128 Size;
    Wide wide = {.is_negative = number < 0};
    Size size = number < 0 ? (Size)0 - (Size)number : (Size)number;
    for (guint i = 0; size != 0; i++, size >>= 32)
        wide.limbs[i] = (uint32_t)size;
    return wide;
}

static int
compare_sizes(const Wide *a, const Wide *b)
{
    for (guint i = WIDE_LIMBS; i-- > 0;)
        if (a->limbs[i] != b->limbs[i])
            return a->limbs[i] < b->limbs[i] ? -1 : 1;
    return 0;
}

Wide
wide_multiply(Wide a, Wide b)
{
    Wide product = {.is_negative = a.is_negative != b.is_negative};
    for (guint i = 0; i < WIDE_LIMBS; i++) {
        uint64_t carry = 0;
        for (guint j = 0; j < WIDE_LIMBS; j++) {
            uint64_t term = (uint64_t)a.limbs[i] * b.limbs[j] + carry;
            if (i + j >= WIDE_LIMBS) {
                CHECK(term == 0);
                continue;
            }
            term += product.limbs[i + j];
            product.limbs[i + j] = (uint32_t)term;
            carry = term >> 32;
        }
        CHECK(carry == 0);
    }
    return product;
}

Wide
wide_add(Wide a, Wide b)
{
    if (a.is_negative == b.is_negative) {
        uint64_t carry = 0;
        for (guint i = 0; i < WIDE_LIMBS; i++) {
            carry += (uint64_t)a.limbs[i] + b.limbs[i];
            a.limbs[i] = (uint32_t)carry;
            carry >>= 32;
        }
        CHECK(carry == 0);
        return a;
    }
    bool is_swapped = compare_sizes(&a, &b) < 0;
    Wide larger = is_swapped ? b : a, smaller = is_swapped ? a : b;
    int64_t borrow = 0;
    for (guint i = 0; i < WIDE_LIMBS; i++) {
        int64_t rest = (int64_t)larger.limbs[i] - smaller.limbs[i] - borrow;
        borrow = rest < 0 ? 1 : 0;
        larger.limbs[i] = (uint32_t)rest;
    }
    return larger;
}

Wide
wide_subtract(Wide a, Wide b)
{
    b.is_negative = !b.is_negative;
    return wide_add(a, b);
}

int
wide_compare(Wide a, Wide b)
{
    static const Wide ZERO = {0};
    Wide rest = wide_subtract(a, b);
    if (compare_sizes(&rest, &ZERO) == 0)
        return 0;
    return rest.is_negative ? -1 : 1;
}
