#include "report/statement/statements.h"

#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "base/workers.h"
#include "report/statement/header.h"
#include "report/statement/paid.h"
#include "report/statement/replaced.h"
#include "report/statement/unpaid.h"
#include "report/statement/workings.h"

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

/* By provider, the payee's own contracts first; of one provider in the order of the schemes. */
static int
compare_contracts(gconstpointer left, gconstpointer right, gpointer user)
{
    const Contract *a = *(const Contract *const *)left, *b = *(const Contract *const *)right;
    const char *payee = user;
    bool a_is_own = strcmp(a->provider->code, payee) == 0;
    bool b_is_own = strcmp(b->provider->code, payee) == 0;
    if (a_is_own != b_is_own)
        return a_is_own ? -1 : 1;
    int order = strcmp(a->provider->code, b->provider->code);
    return order != 0 ? order : (a->key > b->key) - (a->key < b->key);
}

static void
find_contracts(Page *page)
{
    const Payee *payee = page->payee;
    for (guint i = 0; i < payee->contract_count; i++) {
        const Contract *contract = payee_contract(page->payees, page->result, payee, i);
        g_array_append_val(page->contracts, contract);
        if (strcmp(contract->provider->code, payee->code) != 0)
            page->has_other_providers = true;
    }
    g_array_sort_with_data(page->contracts, compare_contracts, (gpointer)payee->code);
}

/* A page that is full is laid out again with wider columns: its texts take fewer lines then, and
 * may fit. */
static bool
write_page(Page *page, const char *path, const char *scratch, GError **error)
{
    static void (*const PARTS[])(Page *) = {header_write,   paid_write,     unpaid_write,
                                            replaced_write, workings_write, paid_write_year};
    bool is_open = page_open(page, path, scratch, error);
    for (guint i = 0; is_open && i < G_N_ELEMENTS(PARTS); i++)
        PARTS[i](page);
    if (is_open && page_is_full(page) && !page->is_dense) {
        page_clear(page);
        page->is_dense = true;
        return write_page(page, path, scratch, error);
    }
    bool is_written = is_open && page_close(page, error);
    page_clear(page);
    return is_written;
}

/* The name of a payee's statement. Some systems keep a few names for devices, whatever stands
 * behind a dot: those get an apostrophe in front, which no code begins with. */
static char *
file_name(const char *payee)
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
    Page page = {.result = writing->result,
                 .run = writing->edition->run,
                 .payees = writing->payees,
                 .payee = payees_get(writing->payees, (guint)number),
                 .contracts = g_array_new(FALSE, FALSE, sizeof(const Contract *))};
    g_autofree char *name = file_name(page.payee->code);
    g_autofree char *path = g_build_filename(writing->folder, name, NULL);
    find_contracts(&page);
    /* Where memory is full, there may be room on the disk. */
    bool is_written =
        (writing->scratch != NULL && write_page(&page, path, writing->scratch, NULL)) ||
        write_page(&page, path, NULL, error);
    g_array_unref(page.contracts);
    return is_written;
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
