/* schemes.csv: one row a scheme. See rules/README.md. */
#pragma once

#include "pack/rules_reader.h"

extern const RulesTable SCHEMES_TABLE;
