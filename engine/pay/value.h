/* The value of an achievement contract, for the part of the year in which the provider takes part,
 * and the instalments it is paid in (rules/README.md, Achievement schemes). */
#pragma once

#include "pay/result.h"

typedef enum {
    VALUE_KNOWN,
    VALUE_NO_LIST,     /* the list size it needs is not there */
    VALUE_OUT_OF_RANGE /* the arithmetic leaves 128 bits, or the pence 64 */
} ValueOutcome;

/* The list size that a contract's value is worked out from: the one in force on the scheme's
 * list_date. NULL where the value needs none, or none is in force. */
const ListSize *contract_list(const Pack *pack, const Contract *contract);

/* Works out the contract value, rounded once by the scheme's rounding. 0 where the participation
 * does not touch the year, with or without a list size. */
ValueOutcome contract_value(const Pack *pack, const Contract *contract, Money *value);

/* A part of the year: days of all its days, or months of 12, as the scheme's pro_rata says;
 * without pro-rata 1 of 1. */
typedef struct {
    int counted, whole;
} YearPart;

/* That whole, of a financial year. */
int pro_rata_whole(ProRata pro_rata, int year);
/* Whether a spell touches a financial year. */
bool spell_touches_year(const Spell *spell, int year);
/* The part of a financial year that a spell counts for: its days, or the months whose first day it
 * covers; without pro-rata all of it, or 0 of 1 where the spell does not touch the year. */
YearPart spell_part_of_year(const Spell *spell, ProRata pro_rata, int year);
/* The part of the run's year that all spells of a contract count for together; without pro-rata all
 * of it. */
YearPart contract_part_of_year(const Pack *pack, const Contract *contract);

/* Instalments of a participation: how many there are, and how many are due. */
typedef struct {
    guint due, all;
} Instalments;

/* Counts the instalments of an achievement contract that are due by a month. One belongs to the
 * participation when its month has a day covered; where none does, there is one, due in March. */
Instalments contract_instalments(const Pack *pack, const Contract *contract, Month by);
/* What a contract is entitled to by the end of a month of the year, by its value and instalments,
 * rounded. False where that is out of range. */
bool instalments_amount(const Pack *pack, const Contract *contract, Month by,
                        Money *amount) G_GNUC_WARN_UNUSED_RESULT;
/* What the instalments of a contract add in a month: the amount by its end less that by the end of
 * the month before, so that the months add up to the amount. False as above. */
bool instalments_added(const Pack *pack, const Contract *contract, Month month,
                       Money *added) G_GNUC_WARN_UNUSED_RESULT;
