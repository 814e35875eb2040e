/* indicators.csv: what a scheme measures, and how achievement becomes a fraction. See
 * rules/README.md. */
#pragma once

#include "pack/rules/reader.h"

extern const RulesTable INDICATORS_TABLE;
