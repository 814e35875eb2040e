/* payment-file.csv: the columns of the payment file as an upload wants them. See rules/README.md.
 */
#pragma once

#include "pack/rules/reader.h"

extern const RulesTable PAYMENT_FILE_TABLE;
