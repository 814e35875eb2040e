/* response-file.csv: the columns of what comes back from whoever pays. See rules/README.md. */
#pragma once

#include "pack/rules/reader.h"

extern const RulesTable RESPONSE_FILE_TABLE;
