/* The register of providers, with its history, as it is in one run. */
#pragma once

#include "base/codes.h"
#include "base/date.h"
#include "base/near.h"
#include "pack/input.h"
#include "pack/rules/rules.h"

/* One row of a provider's history. */
typedef struct {
    char *name, *pcn, *payee; /* payee: the provider itself where none is given */
    char *email;              /* where its statement is sent, or "" */
    ProviderType type;
    Day from, to;
    RowPlaceId place;
} ProviderRow;

/* A provider: its code and its rows, by from. */
typedef struct {
    char *code;
    GArray *rows;                /* of ProviderRow */
    const ProviderRow *in_force; /* what holds in this run */
} Provider;

typedef struct Register {
    GPtrArray *providers; /* of Provider, in byte order of their codes */
    Codes *codes;         /* number = place in providers */
} Register;

/* Reads the providers files (fixtures/README.md, providers). Faults: unreadable fields, codes that
 * are not well formed, types that are not known, from after to, rows of a provider that overlap,
 * payees that differ in letter case alone, e-mail addresses that are none. register_day picks the
 * row in force: the one that covers it, else the last that began before it, else the first. */
Register *register_read(InputFiles *inputs, Day register_day,
                        Faults *faults) G_GNUC_WARN_UNUSED_RESULT;
void register_free(Register *reg);
guint register_count(const Register *reg);
/* The codes of the register, as what may have been meant by another. Free with near_codes_free. */
NearCodes *register_near(const Register *reg) G_GNUC_WARN_UNUSED_RESULT;
const Provider *register_provider(const Register *reg, guint32 provider);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Register, register_free)
