#include "archive/outputs.h"

#include "base/parallel.h"
#include "report/record/payment_file.h"
#include "report/record/record.h"
#include "report/statement/statements.h"
#include "report/workbook/workbook.h"

#include "base/poison.h"

/* What is written at the same time, in the order in which it is begun. */
typedef enum {
    PART_BESIDE,
    PART_WORKBOOK,
    PART_TABLES, /* the CSV files of record, and the payment file */
    PARTS
} Part;

typedef struct {
    const Result *result;
    const Edition *edition;
    const char *folder;
    BesideFunc beside;
    gpointer user;
    GError *errors[PARTS];
} Writing;

static bool
write_workbook(const Result *result, const Edition *edition, const char *folder, GError **error)
{
    g_autofree char *name = workbook_name(&result->pack->period);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    return workbook_write(result, edition, path, error);
}

static bool
write_part(const Writing *writing, Part part, GError **error)
{
    switch (part) {
    case PART_BESIDE:
        return writing->beside == NULL || writing->beside(writing->user, error);
    case PART_WORKBOOK:
        return write_workbook(writing->result, writing->edition, writing->folder, error);
    case PART_TABLES:
    case PARTS:
        break;
    }
    return record_write(writing->result, writing->folder, error) &&
           payment_file_write(writing->result, writing->folder, error);
}

static void
run_part(gsize part, gpointer user)
{
    Writing *writing = user;
    bool is_written = write_part(writing, (Part)part, &writing->errors[part]);
    g_assert(is_written == (writing->errors[part] == NULL));
}

/* Hands the first error of all parts on and frees the others. */
static bool
take_errors(Writing *writing, GError **error)
{
    bool is_written = true;
    for (guint part = 0; part < PARTS; part++) {
        if (writing->errors[part] == NULL)
            continue;
        if (is_written)
            g_propagate_error(error, writing->errors[part]);
        else
            g_error_free(writing->errors[part]);
        is_written = false;
    }
    return is_written;
}

bool
outputs_write(const Result *result, const Edition *edition, const char *folder, BesideFunc beside,
              gpointer user, GError **error)
{
    Statements *statements = statements_start(result, edition, folder, error);
    if (statements == NULL)
        return false;
    Writing writing = {result, edition, folder, beside, user, {NULL}};
    parallel_for(result->pack->threads, PARTS, run_part, &writing);
    if (take_errors(&writing, error))
        return statements_finish(statements, error);
    statements_stop(statements);
    return false;
}
