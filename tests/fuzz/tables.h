/* Rules tables in a temporary folder, and the parts of an input that are a pack. */
#pragma once

#include "base/text.h"
#include "pack/pack.h"
#include "pay/result.h"

#define FUZZ_YEAR 2025

enum { TABLE_SCHEMES, TABLE_INDICATORS, TABLE_TARIFFS, TABLE_LIMITS, TABLE_HEADINGS, TABLES };

/* Writes tables as the rules of FUZZ_YEAR, where they differ from those there. Where the first
 * three are empty, they are the ones of tests/fuzz/rules, with tests/fuzz/headings.csv, and so are
 * the others unless they are given. Else those of the others that are empty are left out. Returns
 * the rules folder. */
const char *tables_write(const Span tables[TABLES]);
