/* schemes.csv: one row a scheme. See rules/README.md. */
#pragma once

#include "pack/rules/reader.h"

extern const RulesTable SCHEMES_TABLE;
