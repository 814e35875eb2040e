#include "report/statement/mailing.h"

#include <string.h>

#include "base/workers.h"
#include "report/statement/content.h"
#include "report/statement/header.h"
#include "report/statement/paperprint.h"

#include "base/poison.h"

FIELD_GETTER(Letter, get_payee, figure_text(at->payee))
FIELD_GETTER(Letter, get_name, figure_text(at->name))
FIELD_GETTER(Letter, get_email, figure_text(at->email))
FIELD_GETTER(Letter, get_file, figure_text(at->file))
FIELD_GETTER(Letter, get_amount, figure_money(at->amount))
FIELD_GETTER(Letter, get_new_exceptions,
             at->has_exceptions ? figure_whole(at->new_exceptions) : figure_empty())
FIELD_GETTER(Letter, get_reply_by, figure_text(at->reply_by))

const Field MAILING_FIELDS[MAILING_FIELD_COUNT] = {
    [MAILING_PAYEE] = {"payee", "Payee", "code of the payee", get_payee},
    [MAILING_NAME] = {"name", "Name",
                      "name of the provider of that code; empty where there is none", get_name},
    [MAILING_EMAIL] =
        {"email", "E-mail",
         "where to send it: `email` of that provider in `providers`, as the run had it", get_email},
    [MAILING_FILE] = {"file", "File", "the statement's file, in the same folder", get_file},
    [MAILING_AMOUNT] =
        {"amount", "Amount",
         "what the run pays the payee, as it was sealed; the same as in the statement", get_amount},
    [MAILING_NEW_EXCEPTIONS] = {"new_exceptions", "New exceptions",
                                "how many of its exceptions no approved run has listed before",
                                get_new_exceptions},
    [MAILING_REPLY_BY] =
        {"reply_by", "Reply by",
         "until when to reply, in the statement's words: `reply_by` of `office.csv`", get_reply_by},
};

static void
clear_letter(gpointer pointer)
{
    Letter *letter = pointer;
    g_free(letter->payee);
    g_free(letter->name);
    g_free(letter->email);
    g_free(letter->file);
    g_free(letter->reply_by);
}

Mailing *
mailing_new(const char *run, const char *ending)
{
    Mailing *mailing = g_new0(Mailing, 1);
    mailing->run = g_strdup(run);
    mailing->ending = g_strdup(ending);
    mailing->letters = g_array_new(FALSE, TRUE, sizeof(Letter));
    g_array_set_clear_func(mailing->letters, clear_letter);
    return mailing;
}

void
mailing_free(Mailing *mailing)
{
    if (mailing == NULL)
        return;
    g_array_unref(mailing->letters);
    g_free(mailing->run);
    g_free(mailing->ending);
    g_free(mailing);
}

const Letter *
mailing_letter(const Mailing *mailing, guint letter)
{
    return &g_array_index(mailing->letters, Letter, letter);
}

void
mailing_add(Mailing *mailing, const char *payee, Money amount)
{
    gsize period = strcspn(mailing->run, "/");
    const char *number = mailing->run[period] == '\0' ? "" : mailing->run + period + 1;
    Letter letter = {.payee = g_strdup(payee),
                     .name = g_strdup(""),
                     .email = g_strdup(""),
                     .file = g_strdup_printf("%.*s payment statement %s run %s.%s", (int)period,
                                             mailing->run, payee, number, mailing->ending),
                     .amount = amount,
                     .reply_by = g_strdup("")};
    g_array_append_val(mailing->letters, letter);
}

/* The payee of a code, or NULL. */
static const Payee *
find_payee(const Payees *payees, const char *code)
{
    for (guint low = 0, high = payees->payees->len; low < high;) {
        guint middle = (low + high) / 2;
        int order = strcmp(code, payees_get(payees, middle)->code);
        if (order == 0)
            return payees_get(payees, middle);
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static void
replace(char **text, const char *by)
{
    g_free(*text);
    *text = g_strdup(by);
}

void
mailing_tell(Mailing *mailing, const Result *result)
{
    g_autoptr(Payees) payees = payees_new(result);
    g_autofree char *reply_by = header_reply_by(result->pack->rules);
    for (guint i = 0; i < mailing->letters->len; i++) {
        Letter *letter = &g_array_index(mailing->letters, Letter, i);
        const Payee *payee = find_payee(payees, letter->payee);
        if (payee == NULL)
            continue;
        replace(&letter->name, payee->name);
        replace(&letter->email, payee->email);
        replace(&letter->reply_by, reply_by);
        letter->has_exceptions = true;
        letter->new_exceptions = payee_new_exceptions(payees, result, payee);
    }
}

Sum
mailing_sum(const Mailing *mailing)
{
    Sum sum = {0};
    for (guint i = 0; i < mailing->letters->len; i++)
        sum_add(&sum, mailing_letter(mailing, i)->amount);
    return sum;
}

guint
mailing_without_address(const Mailing *mailing)
{
    guint count = 0;
    for (guint i = 0; i < mailing->letters->len; i++)
        count += mailing_letter(mailing, i)->email[0] == '\0' ? 1 : 0;
    return count;
}

guint64
mailing_new_exceptions(const Mailing *mailing)
{
    guint64 count = 0;
    for (guint i = 0; i < mailing->letters->len; i++)
        count += mailing_letter(mailing, i)->new_exceptions;
    return count;
}

typedef struct {
    const Mailing *mailing;
    const Result *result;
    bool is_approved;
    const Payees *payees;
    const char *folder;
} Writing;

static bool
write_statement(gsize number, gpointer user, GError **error)
{
    const Writing *writing = user;
    const Letter *letter = mailing_letter(writing->mailing, (guint)number);
    const Payee *payee = find_payee(writing->payees, letter->payee);
    g_autofree char *path = g_build_filename(writing->folder, letter->file, NULL);
    g_autoptr(Page) page = content_new(writing->result, writing->mailing->run, writing->is_approved,
                                       writing->payees, payee);
    return paperprint_write(page, path, error);
}

bool
mailing_write_statements(const Mailing *mailing, const Result *result, bool is_approved,
                         const char *folder, GError **error)
{
    g_autoptr(Payees) payees = payees_new(result);
    Writing writing = {mailing, result, is_approved, payees, folder};
    if (mailing->letters->len == 0)
        return true;
    return workers_finish(
        workers_start(result->pack->threads, mailing->letters->len, write_statement, &writing),
        error);
}

void
mailing_csv(const Mailing *mailing, GString *text)
{
    CsvOut out = {text, false};
    csv_out_fields(&out, MAILING_FIELDS, MAILING_FIELD_COUNT, NULL);
    for (guint i = 0; i < mailing->letters->len; i++)
        csv_out_fields(&out, MAILING_FIELDS, MAILING_FIELD_COUNT, mailing_letter(mailing, i));
}
