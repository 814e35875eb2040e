/* tariffs.csv: dated prices of the activities of a scheme. See rules/README.md. */
#pragma once

#include "pack/rules/reader.h"

extern const RulesTable TARIFFS_TABLE;
