/* office.csv: whom to ask about a payment. See rules/README.md. */
#pragma once

#include "pack/rules/reader.h"

extern const RulesTable OFFICE_TABLE;
