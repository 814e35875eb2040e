/* What the parts of work out share while a Result is being made. Not for other folders. */
#pragma once

#include "pay/result.h"

/* What a contract has earned by the run's month and by the one before, clauses included; what it
 * was paid, where it is held. */
typedef struct {
    Money now, before;
} Standing;

typedef struct {
    const Pack *pack;
    Result *result;
    Faults *faults;
    GArray *counted;    /* the activity method's own: sums by contract, activity, month, price */
    guint next_counted; /* the first of them whose contract is still to come */
    guint number;       /* of the contract at hand, in Result.contracts */
    GArray *lines;   /* of Line: those of the contracts of the scheme at hand, up to the clauses */
    GArray *earlier; /* of Line: the activity lines of the contract at hand as they stood at the
                        end of the month before, worked out as all lines are */
    GArray *lacks;   /* of ExceptionEntry: those of contracts, in no order yet */
    Standing *standings; /* by number of the contract, of those that come before */
} Working;

/* A payment kind: how the entitlement of its contracts comes about. Each function adds the lines
 * of one contract and sets *before to what of their sum belongs to the months before the run's. */
typedef struct {
    void (*prepare)(Working *working); /* once, before the contracts; may be NULL */
    /* What a contract is worth, before it is known whether it is held; may be NULL. False after a
     * fault. */
    bool (*value)(Working *working, Contract *contract);
    void (*add_lines)(Working *working, Contract *contract, Money *before);
} PaymentMethod;

/* Lists an exception of the contract at hand, Working.number: a
 * reason, and the item it is about (CODE_NONE: none). risk is NULL where none is known. Where
 * is_held, the contract is held, by the first of its reasons. */
void working_lack(Working *working, Contract *contract, Reason reason, ItemKind kind, guint32 item,
                  const Money *risk, bool is_held);

/* Amounts of £1,000,000,000,000 or more, either way, are not paid by anybody: a fault. */
#define AMOUNT_LIMIT_PENCE INT64_C(100000000000000)

/* Adds the fault that a figure of scheme/provider is out of range. */
void working_refuse(const Working *working, const char *scheme, const char *provider,
                    const char *figure);
/* The same for a contract. */
void working_refuse_contract(const Working *working, const Contract *contract, const char *figure);
/* Whether an amount of a contract may stand in an output; a fault is added where it may not. */
bool working_check(const Working *working, const Contract *contract, Money amount,
                   const char *figure);
