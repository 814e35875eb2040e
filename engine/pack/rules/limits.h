/* limits.csv: clauses on what the contracts of a scheme earn. See rules/README.md. */
#pragma once

#include "pack/rules/reader.h"

extern const RulesTable LIMITS_TABLE;
