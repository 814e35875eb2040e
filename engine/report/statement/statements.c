#include "report/statement/statements.h"

#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "base/workers.h"
#include "report/statement/content.h"
#include "report/statement/sheetprint.h"

#include "base/poison.h"

/* A file system in memory, where there is one: ten files are made and removed again for each
 * workbook. */
#define SCRATCH "/dev/shm"

struct Statements {
    const Result *result;
    const Edition *edition;
    Payees *payees;
    char *folder;
    const char *scratch; /* NULL: beside the statements */
    Workers *workers;    /* NULL: there are no payees */
};

/* Some systems keep a few names for devices, whatever stands behind a dot: those get an apostrophe
 * in front, which no code begins with. */
char *
statement_sealed_name(const char *payee)
{
    static const char *const DEVICES[] = {"CON", "PRN", "AUX", "NUL"};
    static const char *const PORTS[] = {"COM", "LPT"};
    gsize length = strcspn(payee, ".");
    bool is_device = false;
    for (guint i = 0; length == 3 && i < G_N_ELEMENTS(DEVICES); i++)
        is_device = is_device || g_ascii_strncasecmp(payee, DEVICES[i], 3) == 0;
    for (guint i = 0; length == 4 && i < G_N_ELEMENTS(PORTS); i++)
        is_device = is_device || (g_ascii_strncasecmp(payee, PORTS[i], 3) == 0 && payee[3] >= '1' &&
                                  payee[3] <= '9');
    return g_strconcat(is_device ? "'" : "", payee, ".xlsx", NULL);
}

static bool
write_statement(gsize number, gpointer user, GError **error)
{
    const Statements *writing = user;
    const Payee *payee = payees_get(writing->payees, (guint)number);
    g_autoptr(Page) page =
        content_new(writing->result, writing->edition->run, false, writing->payees, payee);
    g_autofree char *name = statement_sealed_name(payee->code);
    g_autofree char *path = g_build_filename(writing->folder, name, NULL);
    /* Where memory is full, there may be room on the disk. */
    return (writing->scratch != NULL && sheetprint_write(page, path, writing->scratch, NULL)) ||
           sheetprint_write(page, path, NULL, error);
}

static void
statements_free(Statements *statements)
{
    payees_free(statements->payees);
    g_free(statements->folder);
    g_free(statements);
}

Statements *
statements_start(const Result *result, const Edition *edition, const char *folder, GError **error)
{
    Statements *statements = g_new0(Statements, 1);
    statements->result = result;
    statements->edition = edition;
    statements->payees = payees_new(result);
    statements->folder = g_build_filename(folder, STATEMENTS_FOLDER, NULL);
    statements->scratch = access(SCRATCH, W_OK) == 0 ? SCRATCH : NULL;
    guint count = statements->payees->payees->len;
    if (count > 0 && !folder_make(statements->folder, error)) {
        statements_free(statements);
        return NULL;
    }
    if (count > 0)
        statements->workers =
            workers_start(result->pack->threads, count, write_statement, statements);
    return statements;
}

bool
statements_finish(Statements *statements, GError **error)
{
    bool is_written = statements->workers == NULL || workers_finish(statements->workers, error);
    statements_free(statements);
    return is_written;
}

void
statements_stop(Statements *statements)
{
    if (statements->workers != NULL)
        workers_stop(statements->workers);
    statements_free(statements);
}
