/* The value of an achievement contract: the basis of its scheme, for the part of the year in which
 * the provider takes part. */
#pragma once

#include "pack/pack.h"

typedef enum {
    VALUE_KNOWN,
    VALUE_NO_LIST,     /* the list size it needs is not there */
    VALUE_OUT_OF_RANGE /* the arithmetic leaves 128 bits, or the pence 64 */
} ValueOutcome;

/* The list size that a contract's value is worked out from: the one in force on the scheme's
 * list_date. NULL where the value needs none, or none is in force. */
const ListSize *contract_list(const Pack *pack, const ContractKey *parties);

/* Works out V, rounded once by the scheme's rounding. 0 where the participation does not touch the
 * year, list or none. */
ValueOutcome contract_value(const Pack *pack, guint32 contract, Money *value);

/* Days of a spell within a financial year; months of it whose first day the spell covers. */
int spell_days(const Spell *spell, int year);
int spell_months(const Spell *spell, int year);

/* Instalments of a participation: how many there are, and how many are due. */
typedef struct {
    guint due, all;
} Instalments;

/* Counts the instalments of an achievement contract that are due by a month. One belongs to the
 * participation when its month has a day covered; where none does, there is one, due in March. */
Instalments contract_instalments(const Pack *pack, guint32 contract, Month by);
/* What a contract of such a value is entitled to by a month of the year. False where that is out
 * of range. */
bool instalments_amount(const Scheme *scheme, Money value, Instalments instalments,
                        Money *amount) G_GNUC_WARN_UNUSED_RESULT;
