#include "pack/claims/doubt.h"

#include "base/poison.h"

void
doubt_note(Doubt *doubt, gsize offset)
{
    if (doubt->rows++ == 0)
        doubt->first = offset;
}

void
doubt_join(Doubt *sum, const Doubt *next)
{
    if (sum->rows == 0)
        sum->first = next->first;
    sum->rows += next->rows;
}

void
doubt_warn(const InputFile *file, const Doubt *doubt, guint column, const char *text,
           Faults *faults)
{
    if (doubt->rows == 0)
        return;
    g_autofree char *more =
        doubt->rows == 1 ? g_strdup("")
                         : g_strdup_printf(" (and %" G_GUINT64_FORMAT " more row%s of the file)",
                                           doubt->rows - 1, text_plural(doubt->rows - 1));
    faults_add(faults, FAULT_DOUBT, file->name, document_line(file->document, doubt->first),
               file->columns[column].name, "%s%s", text, more);
}
