/* The payees of a run: who gets the money, for which contracts, and what of theirs is not paid.
 *
 * A payee is one of the register's in force in the run that has a contract in its result. */
#pragma once

#include "base/sum.h"
#include "pay/result.h"

typedef struct {
    const char *code;  /* lives as long as the register */
    const char *name;  /* of the provider of that code, or "" */
    const char *email; /* likewise */
    guint first_contract, contract_count;
    guint first_exception, exception_count;
} Payee;

typedef struct {
    GArray *payees;     /* of Payee, in byte order of their codes */
    GArray *contracts;  /* of guint into Result.contracts: by payee, then as in payments.csv */
    GArray *exceptions; /* of guint into Result.exceptions: by payee, then as in exceptions.csv */
} Payees;

/* Groups a result by payee. Exceptions of rows whose provider is not known, or is of a payee that
 * has no contract, are nobody's here. Free with payees_free. */
Payees *payees_new(const Result *result);
void payees_free(Payees *payees);
const Payee *payees_get(const Payees *payees, guint payee);
/* Contract or exception i of a payee, from 0. */
const Contract *payee_contract(const Payees *payees, const Result *result, const Payee *payee,
                               guint i);
const ExceptionEntry *payee_exception(const Payees *payees, const Result *result,
                                      const Payee *payee, guint i);
/* What is paid to a payee: what is owed for its contracts that are marked pay. */
Sum payee_to_pay(const Payees *payees, const Result *result, const Payee *payee);
/* How many of its exceptions no approved run lists yet. */
guint payee_new_exceptions(const Payees *payees, const Result *result, const Payee *payee);

/* The name of a payee: that of the provider of this code, in force in the run, or "" where no
 * provider has it. Lives as long as the register. */
const char *payees_name(const Register *reg, const char *payee);

/* Appends what names a payment for good: "2025-09/M83001/QIF", period, payee and scheme. */
void payee_append_payment_id(GString *text, const char *period, const char *payee,
                             const char *scheme);

/* What is marked pay, by scheme and type of payee: for each scheme of the rules, and below them
 * for all, a sum by ProviderType and one of all types. A payee's type is that of the provider of
 * its code, else of the provider it is paid for. Free with g_free. */
#define PAYEE_SUMS (TYPE_COUNT + 1)
Sum *payees_to_pay(const Result *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Payees, payees_free)
