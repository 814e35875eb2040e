/* Unusual counts: an activity of a contract and month that is far above what is claimed otherwise
 * (rules/README.md, What is unusual). Nothing is held by it.
 *
 * The count is that of lines.csv, all prices of a month together. The median is that of the
 * contract's other months of the activity, up to the run's, with a count above 0. Where there are
 * fewer than three, it is that of the other providers' counts of the month by registered patient,
 * times the contract's own list, both in force at the month's end; whoever has no list is not
 * judged, nor compared with. Of an even number the median is the mean of the two in the middle.
 * Unusual is a count above so many times the median whose excess over it, times the price, is above
 * so many pounds (Rules.unusual). Where a month has several prices, it is their mean by count. */
#pragma once

#include "pay/result.h"

/* Fills result->unusual from its lines. What does not fit 128 bits is not judged. */
void unusual_find(Result *result);
