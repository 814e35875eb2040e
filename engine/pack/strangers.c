#include "pack/strangers.h"

#include "base/poison.h"

struct Strangers {
    Faults *faults;
    GHashTable *alike;     /* codes of the register in capitals and without blanks: to them */
    const InputFile *file; /* the file being counted */
    guint column;          /* of its providers */
    guint64 count;         /* its rows so far */
};

/* Codes in capitals and without blanks, to the codes of the register that they are. */
static GHashTable *
codes_alike(const Register *reg)
{
    GHashTable *alike = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < register_count(reg); i++) {
        const char *code = register_provider(reg, i)->code;
        char *plain = g_ascii_strup(code, -1);
        char *to = plain;
        for (const char *from = plain; *from != '\0'; from++)
            if (*from != ' ')
                *to++ = *from;
        *to = '\0';
        g_hash_table_insert(alike, plain, (gpointer)code);
    }
    return alike;
}

Strangers *
strangers_new(const Register *reg, Faults *faults)
{
    Strangers *strangers = g_new0(Strangers, 1);
    strangers->faults = faults;
    strangers->alike = codes_alike(reg);
    return strangers;
}

void
strangers_free(Strangers *strangers)
{
    if (strangers == NULL)
        return;
    g_hash_table_unref(strangers->alike);
    g_free(strangers);
}

/* The code of the register that this one is but for letter case and blanks, or NULL. */
static const char *
find_alike(const Strangers *strangers, Span code)
{
    g_autoptr(GString) plain = g_string_new(NULL);
    for (gsize i = 0; i < code.length; i++)
        if (code.text[i] != ' ' && code.text[i] != '\t')
            g_string_append_c(plain, g_ascii_toupper(code.text[i]));
    return g_hash_table_lookup(strangers->alike, plain->str);
}

static void
warn_alike(const Strangers *strangers, const InputRow *row, guint column)
{
    Span code = row->values[column].text;
    const char *known = find_alike(strangers, code);
    if (known == NULL)
        return;
    g_autoptr(GString) quoted = g_string_new(NULL);
    text_append_quoted(quoted, code);
    faults_add(row->faults, FAULT_WARNING, row->file->name, row->line,
               row->file->columns[column].name, "%s is not in the register, but %s is: not used",
               quoted->str, known);
}

void
strangers_add(Strangers *strangers, const InputRow *row, guint column)
{
    if (strangers->file != row->file)
        strangers_end_file(strangers);
    strangers->file = row->file;
    strangers->column = column;
    strangers->count++;
    warn_alike(strangers, row, column);
}

void
strangers_end_file(Strangers *strangers)
{
    if (strangers->count > 0)
        faults_add(strangers->faults, FAULT_WARNING, strangers->file->name, 0,
                   strangers->file->columns[strangers->column].name,
                   "%" G_GUINT64_FORMAT
                   " row%s of providers that are not in the register: not used",
                   strangers->count, text_plural(strangers->count));
    strangers->count = 0;
}
