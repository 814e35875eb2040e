/* List sizes: how many patients a provider has on a day. */
#pragma once

#include "pack/period.h"
#include "pack/register.h"

typedef struct {
    guint32 provider;
    Day as_at;
    int64_t registered;
    bool has_weighted;
    Micros weighted;
    RowPlaceId place;
} ListSize;

typedef struct Lists {
    GArray *sizes; /* of ListSize, by provider, then as_at */
} Lists;

/* Reads the list size files (fixtures/README.md, list_sizes). Rows as at a day after the run's date
 * are later; rows of a provider that is not in the register are accepted and unused, even where
 * they stand there twice. Two rows for one provider of the register and day, and fields that cannot
 * be read, are faults. */
Lists *lists_read(InputFiles *inputs, const Register *reg, const Period *period,
                  Faults *faults) G_GNUC_WARN_UNUSED_RESULT;
void lists_free(Lists *lists);
/* The list in force on a day: the provider's latest on or before it, or NULL. */
const ListSize *lists_in_force(const Lists *lists, guint32 provider, Day day);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Lists, lists_free)
