/* Facts: numbers that hold for a provider from a day on. Registered and weighted patients, which
 * come from list sizes, are two of them. */
#pragma once

#include "pack/lists.h"

typedef struct {
    guint32 provider;
    guint32 fact; /* of Rules.facts; facts that no rule names are numbered on from there */
    Day as_at;
    bool is_given; /* false: a list without a weighted size, so that none is in force */
    Micros number; /* of either sign */
    RowPlaceId place;
} Fact;

typedef struct Facts {
    GArray *rows; /* of Fact, by provider, fact, as_at: providers of the register, facts that rules
                     name, up to the run's date */
} Facts;

/* Reads the fact files (fixtures/README.md, facts), and takes over the list sizes. Rows as at a day
 * after the run's date are later; rows of a provider that is not in the register, and facts that no
 * rule names, are accepted and unused. A fact that rules name and no row has is warned about.
 * Faults: fields that cannot be read, registered or weighted,
 * a factor below 0, two rows for one provider of the register, fact and day. */
Facts *facts_read(InputFiles *inputs, const Rules *rules, const Register *reg, const Lists *lists,
                  const Period *period, Faults *faults) G_GNUC_WARN_UNUSED_RESULT;
void facts_free(Facts *facts);
/* The fact in force on a day: the provider's latest on or before it; NULL where there is none, or
 * none is given by it. */
const Fact *facts_in_force(const Facts *facts, guint32 provider, guint32 fact, Day day);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Facts, facts_free)
