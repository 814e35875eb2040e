/* The part of a statement that says what is not paid as claimed, what that means, and what to do.
 *
 * Rows that differ in nothing but their line are told once, with their number; reasons come in the
 * order of their list. Never a patient reference: the words are those of exceptions.csv. */
#pragma once

#include "report/statement/page.h"

void unpaid_write(Page *page);
