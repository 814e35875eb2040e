/* The fields of a run's records: contracts, lines, exceptions and control totals.
 *
 * Every printer of a record takes name, heading, words and figure of a field from here. The first
 * fields of each table, *_RECORDED of them, are the columns of its CSV file, in their order; those
 * behind them are shown beside them elsewhere. */
#pragma once

#include "base/figure.h"
#include "pay/exception_text.h"

/* The record at hand; only what its table names is set. The texts of some figures are made: they
 * are in scratch, and good until the next figure is got. */
typedef struct {
    const Result *result;
    GString *scratch;
    const Contract *contract;
    const Line *line;
    const ExceptionEntry *exception;
    const ExceptionText *text;
    const InputFile *file;
} Record;

/* Of a contract: payments.csv. Needs result, scratch and contract. */
enum {
    CONTRACT_PAYMENT_ID,
    CONTRACT_PERIOD,
    CONTRACT_SCHEME,
    CONTRACT_PROVIDER,
    CONTRACT_PAYEE,
    CONTRACT_VALUE,
    CONTRACT_ENTITLEMENT,
    CONTRACT_PAID,
    CONTRACT_OWED,
    CONTRACT_CURRENT,
    CONTRACT_PRIOR,
    CONTRACT_STATUS,
    CONTRACT_RECORDED,
    CONTRACT_NAME = CONTRACT_RECORDED,
    CONTRACT_PAYEE_NAME,
    CONTRACT_TYPE,
    CONTRACT_NETWORK,
    CONTRACT_FIELD_COUNT
};
extern const Field CONTRACT_FIELDS[CONTRACT_FIELD_COUNT];

/* Of a line of a contract: lines.csv. Needs result, scratch, contract and line. */
enum {
    LINE_SCHEME,
    LINE_PROVIDER,
    LINE_KIND,
    LINE_ITEM,
    LINE_MONTH,
    LINE_COUNT,
    LINE_RATE,
    LINE_FRACTION,
    LINE_AMOUNT,
    LINE_RECORDED,
    LINE_NAME = LINE_RECORDED,
    LINE_MEANING,
    LINE_SOURCE,
    LINE_FIELD_COUNT
};
extern const Field LINE_FIELDS[LINE_FIELD_COUNT];

/* Of an exception: exceptions.csv. Needs result, exception and its text. */
enum {
    EXCEPTION_FILE,
    EXCEPTION_LINE,
    EXCEPTION_COLUMN,
    EXCEPTION_REASON,
    EXCEPTION_OUTCOME,
    EXCEPTION_SCHEME,
    EXCEPTION_PROVIDER,
    EXCEPTION_MONTH,
    EXCEPTION_ITEM,
    EXCEPTION_AT_RISK,
    EXCEPTION_SINCE,
    EXCEPTION_MESSAGE,
    EXCEPTION_RECORDED,
    EXCEPTION_NAME = EXCEPTION_RECORDED,
    EXCEPTION_FIELD_COUNT
};
extern const Field EXCEPTION_FIELDS[EXCEPTION_FIELD_COUNT];

/* Of the control totals of an input file: controls.csv. Needs file. */
enum {
    CONTROL_FILE,
    CONTROL_DIGEST,
    CONTROL_ROWS,
    CONTROL_ACCEPTED,
    CONTROL_SUPERSEDED,
    CONTROL_LATER,
    CONTROL_REJECTED,
    CONTROL_HELD,
    CONTROL_RECORDED,
    CONTROL_UNACCOUNTED = CONTROL_RECORDED,
    CONTROL_FIELD_COUNT
};
extern const Field CONTROL_FIELDS[CONTROL_FIELD_COUNT];
