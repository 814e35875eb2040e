/* office.csv: whom to ask about a payment. See rules/README.md. */
#pragma once

#include "pack/rules_reader.h"

extern const RulesTable OFFICE_TABLE;
