/* Achievement against thresholds, and what the indicators of a contract earn (rules/README.md,
 * Achievement schemes). */
#pragma once

#include "pay/reached.h"
#include "pay/result.h"

/* What was reached as a fraction of an indicator's share; above 1 only by steps that say so. Out of
 * range where the arithmetic leaves 128 bits. Thresholds are compared exactly: 79.995 % is not
 * 80 %. Nothing achieved, or no baseline, gives 0. */
Fraction indicator_fraction(const Indicator *indicator, const Reached *reached);

/* The same in a pack that may take something as given (pack/assumed.h): then the year-end's case
 * decides. */
Fraction indicator_counts_as(const Pack *pack, const Indicator *indicator, const Reached *reached);
/* Whether a pack takes for given what is reached of an indicator at the year-end, whatever was
 * reported: *is_full says whether all of it, else nothing. */
bool indicator_is_given(const Pack *pack, const Indicator *indicator, const Reached *reached,
                        bool *is_full);

/* What one indicator earns by a month. */
typedef struct {
    bool is_due; /* else all others are 0 */
    Money share; /* of the contract's value; of a group, where it is the one that gets it */
    Reached reached;
    Fraction fraction;
    Money amount; /* share × fraction, rounded */
} IndicatorEarning;

/* Whether an indicator is paid to a contract by a month; at year-end all are. */
bool indicator_is_due(const Pack *pack, const Contract *contract, guint32 indicator, Month by);
/* Works out what each indicator of an achievement contract earns by a month; at year-end all of
 * them are due. earnings receives one for each. False where that is out of range. */
bool indicators_earn(const Pack *pack, const Contract *contract, Month by,
                     IndicatorEarning *earnings) G_GNUC_WARN_UNUSED_RESULT;
/* The sum of that; false likewise. */
bool indicators_earned(const Pack *pack, const Contract *contract, Month by,
                       Money *amount) G_GNUC_WARN_UNUSED_RESULT;
/* The input rows behind what a contract reached of an indicator: those that count, then that of the
 * baseline. Of RowPlaceId; free with g_array_unref. */
GArray *indicator_rows(const Pack *pack, const Contract *contract,
                       guint32 indicator) G_GNUC_WARN_UNUSED_RESULT;
