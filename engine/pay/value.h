/* The value of an achievement contract, for the part of the year in which the provider takes part,
 * and the instalments it is paid in (rules/README.md, Achievement schemes). */
#pragma once

#include "pay/result.h"

typedef enum {
    VALUE_KNOWN,
    VALUE_NO_LIST,     /* a list size it needs is not there */
    VALUE_NO_FACTOR,   /* a factor it needs is not in force */
    VALUE_OUT_OF_RANGE /* the arithmetic leaves 128 bits, or the pence 64 */
} ValueOutcome;

/* The list size that counts for a spell: the one in force on its day. NULL where the value needs
 * none, or none is in force that gives what it needs. */
const ListSize *spell_list(const Pack *pack, const Contract *contract, const Spell *spell);
/* The list of the contract's last spell that touches the year; NULL where there is none. */
const ListSize *contract_list(const Pack *pack, const Contract *contract);
/* Whether a spell of the contract has a day of its own for its list and facts. */
bool contract_has_own_days(const Pack *pack, const Contract *contract);
/* Whether the value needs a list size that is not in force; the contract touches the year. */
bool contract_lacks_list(const Pack *pack, const Contract *contract);

/* The fact by which the points of an indicator are multiplied for a contract, or NULL where it has
 * no factor, or none is in force. */
const Fact *contract_factor(const Pack *pack, const Contract *contract, const Indicator *indicator);
/* Points × factor of each indicator of the scheme, weights[0 …]; those of a group count once, with
 * its first. False where a factor is not in force; the contract touches the year. */
bool contract_weights(const Pack *pack, const Contract *contract,
                      Fraction *weights) G_GNUC_WARN_UNUSED_RESULT;
/* Their sum, out of range where a factor is not in force. */
Fraction contract_points(const Pack *pack, const Contract *contract);

/* Works out the contract value, rounded once by the scheme's rounding. 0 where the participation
 * does not touch the year, with or without a list size. */
ValueOutcome contract_value(const Pack *pack, const Contract *contract, Money *value);

/* Shares the value of a contract over the indicators of its scheme, by points × factor: shares
 * receives one for each. Of a group the first one's is that of the group, the others' are 0. False
 * where that is out of range, or a factor is not in force. */
bool contract_shares(const Pack *pack, const Contract *contract,
                     Money *shares) G_GNUC_WARN_UNUSED_RESULT;
/* What the in-year share is of: a fact in pounds, or NULL where it is the value (in_year_of is not
 * given), or where none is in force. */
const Fact *contract_in_year_fact(const Pack *pack, const Contract *contract);
/* The pounds that the in-year share is of, in millionths: the contract's value without the shares
 * of indicators that are due in the year, or that fact. 0 where the participation does not touch
 * the year. False where a fact is not in force, or it is out of range. */
bool contract_base(const Pack *pack, const Contract *contract,
                   Micros *base) G_GNUC_WARN_UNUSED_RESULT;

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
/* What the instalments of a contract come to by the end of a month of the year, by its base,
 * rounded. False where that is out of range. */
bool instalments_amount(const Pack *pack, const Contract *contract, Month by,
                        Money *amount) G_GNUC_WARN_UNUSED_RESULT;
/* What the instalments of a contract add in a month: the amount by its end less that by the end of
 * the month before, so that the months add up to the amount. False as above. */
bool instalments_added(const Pack *pack, const Contract *contract, Month month,
                       Money *added) G_GNUC_WARN_UNUSED_RESULT;
/* The input rows that value and instalments of a contract rest on, each once: its spells, then
 * lists, then facts. Of RowPlaceId; free with g_array_unref. */
GArray *contract_rows(const Pack *pack, const Contract *contract) G_GNUC_WARN_UNUSED_RESULT;
