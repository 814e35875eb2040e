/* A mailing: the statements of a sealed run as files to be sent, and the list that a mail merge
 * takes, mailing.csv.
 *
 * - A letter's amount is the one that was sealed, whoever tells it.
 * - The same run gives the same bytes, for any number of threads. */
#pragma once

#include "base/figure.h"
#include "report/figures/payees.h"

#define MAILING_LIST "mailing.csv"

/* What goes to one payee. */
typedef struct {
    char *payee, *name, *email, *file; /* name and email: "" where they are not known */
    Money amount;
    bool has_exceptions; /* it is known how many are new */
    guint new_exceptions;
    char *reply_by;
} Letter;

enum {
    MAILING_PAYEE,
    MAILING_NAME,
    MAILING_EMAIL,
    MAILING_FILE,
    MAILING_AMOUNT,
    MAILING_NEW_EXCEPTIONS,
    MAILING_REPLY_BY,
    MAILING_FIELD_COUNT
};
extern const Field MAILING_FIELDS[MAILING_FIELD_COUNT]; /* of Letter */

typedef struct {
    char *run;
    char *ending;    /* of the files: "pdf" */
    GArray *letters; /* of Letter, in byte order of their payees where they are added so */
} Mailing;

/* A mailing without letters, of a run: "2025-09/001". Free with mailing_free. */
Mailing *mailing_new(const char *run, const char *ending);
void mailing_free(Mailing *mailing);
const Letter *mailing_letter(const Mailing *mailing, guint letter);
/* Adds the letter to a payee with the amount that was sealed. Its file is called
 * "2025-09 payment statement ZP075 run 001.pdf". */
void mailing_add(Mailing *mailing, const char *payee, Money amount);
/* Adds what the run, worked out again, says of each payee: name, address, exceptions and until when
 * to reply. */
void mailing_tell(Mailing *mailing, const Result *result);

/* What the letters come to; how many of them have no address; how many exceptions are new. */
Sum mailing_sum(const Mailing *mailing);
guint mailing_without_address(const Mailing *mailing);
guint64 mailing_new_exceptions(const Mailing *mailing);

/* Writes each letter's statement into a folder as PDF, on as many processes as the pack has
 * threads; to be called while no other thread runs. is_approved: what the run pays is paid. The
 * payees must be those of the result. Errors as of paperprint_write. */
bool mailing_write_statements(const Mailing *mailing, const Result *result, bool is_approved,
                              const char *folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Appends the list as CSV. */
void mailing_csv(const Mailing *mailing, GString *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Mailing, mailing_free)
