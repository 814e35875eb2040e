/* Contracts: one provider taking part in one scheme, with its spells of participation. */
#pragma once

#include "pack/register.h"
#include "pack/claims/tally.h"

/* One row of participation. */
typedef struct {
    Day from, to; /* inclusive; DAY_OPEN */
    bool has_annual_value;
    Micros annual_value;
    Day list_date;       /* its own day for lists and facts; DAY_NONE: the scheme's */
    guint32 merged_into; /* the provider that this one became part of, or CODE_NONE */
    RowPlaceId place;
} Spell;

typedef struct {
    guint32 scheme, provider;
    guint first_spell, spell_count; /* into Contracts.spells, by from */
    guint32 merged_into;            /* the contract whose achievement counts, or CODE_NONE */
} ContractKey;

typedef struct Contracts {
    GArray *keys;   /* of ContractKey, by scheme, then provider */
    GArray *spells; /* of Spell */
    Tally index;    /* scheme and provider to the number of the contract */
    bool is_whole;  /* all of register and participation could be read */
} Contracts;

/* A payment of approved runs: what the ledger says was paid for a contract. */
typedef struct {
    char *scheme, *provider;
    Money paid;
} LedgerEntry;

/* What the last approved year-end of the year before left to carry: part of this year's entitlement
 * of the same contract. */
typedef struct {
    const char *run;       /* "2024-25-YE/001" */
    const GArray *entries; /* of LedgerEntry: paid is what was carried */
} BroughtForward;

/* Reads the participation files (fixtures/README.md, participation). Faults: unreadable fields,
 * schemes or providers that are not known, a scheme that the provider's type does not deliver, from
 * after to, spells that overlap, no annual value where the scheme is paid by it, a list_date in an
 * activity scheme, a merged_into that is none (fixtures/README.md, participation). Contracts of
 * ledger entries (of LedgerEntry, or NULL) without participation are added with no spell; of a
 * scheme or provider that is gone they are faults. Contracts that are brought forward (NULL: none)
 * are added likewise where their scheme and provider are known. */
Contracts *contracts_read(InputFiles *inputs, const Rules *rules, const Register *reg,
                          const GArray *ledger, const BroughtForward *brought,
                          Faults *faults) G_GNUC_WARN_UNUSED_RESULT;
void contracts_free(Contracts *contracts);
guint contracts_count(const Contracts *contracts);
const ContractKey *contracts_key(const Contracts *contracts, guint contract);
const Spell *contracts_spell(const Contracts *contracts, const ContractKey *key, guint spell);
/* The number of a contract, or CODE_NONE. */
guint32 contracts_find(const Contracts *contracts, guint32 scheme, guint32 provider);
/* The contract of a row that needs one with a participation row, by the row's columns: or CODE_NONE
 * with a fault, but for one where the row that is missing may be a fault already. */
guint32 contracts_of_row(const Contracts *contracts, const Rules *rules, const Register *reg,
                         const InputRow *row, guint scheme, guint provider);
/* The day whose lists and facts count for a spell (NULL: for none): its own, else the scheme's,
 * else 1 April. */
Day spell_day(const Spell *spell, const Scheme *scheme, int year);
/* The day whose facts count for a contract as such: that of its last spell that touches the year,
 * else of its scheme, else 1 April. */
Day contract_day(const Contracts *contracts, guint32 contract, const Scheme *scheme, int year);
/* Whether a spell of the contract covers any of the days from … to. */
bool contract_touches(const Contracts *contracts, guint32 contract, Day from, Day to);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Contracts, contracts_free)
