#include "tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "support.h"

static const char *const NAMES[TABLES] = {"schemes.csv", "indicators.csv", "tariffs.csv",
                                          "limits.csv", "headings.csv"};

/* The one folder of this process. */
static struct {
    char *folder;
    GString *now[TABLES];
    GString *usual[TABLES];
} tables;

static char *
table_path(guint table)
{
    return g_build_filename(tables.folder, "2025-26", NAMES[table], NULL);
}

static void
remove_folder(void)
{
    for (guint i = 0; i < TABLES; i++) {
        g_autofree char *path = table_path(i);
        unlink(path);
    }
    g_autofree char *year = g_build_filename(tables.folder, "2025-26", NULL);
    rmdir(year);
    rmdir(tables.folder);
}

static void
begin(void)
{
    g_autoptr(GError) error = NULL;
    tables.folder = g_dir_make_tmp("schemepay-fuzz-XXXXXX", &error);
    CHECK(tables.folder != NULL);
    g_autofree char *year = g_build_filename(tables.folder, "2025-26", NULL);
    CHECK(g_mkdir_with_parents(year, 0700) == 0);
    for (guint i = 0; i < TABLES; i++) {
        const char *folder = i == TABLE_HEADINGS ? FUZZ_FOLDER : FUZZ_FOLDER "/rules/2025-26";
        g_autofree char *path = g_build_filename(folder, NAMES[i], NULL);
        g_autofree char *bytes = NULL;
        gsize length;
        CHECK(g_file_get_contents(path, &bytes, &length, NULL));
        tables.usual[i] = g_string_new_len(bytes, (gssize)length);
        tables.now[i] = NULL;
    }
    atexit(remove_folder);
}

static void
write_table(guint table, Span bytes)
{
    GString *now = tables.now[table];
    if (now != NULL && span_equals((Span){now->str, now->len}, bytes))
        return;
    g_autofree char *path = table_path(table);
    if (table >= TABLE_LIMITS && bytes.length == 0) {
        CHECK(now == NULL || now->len == 0 || unlink(path) == 0);
    } else {
        FILE *file = fopen(path, "w");
        CHECK(file != NULL && fwrite(bytes.text, 1, bytes.length, file) == bytes.length);
        CHECK(fclose(file) == 0);
    }
    if (now != NULL)
        g_string_free(now, TRUE);
    tables.now[table] = g_string_new_len(bytes.text, (gssize)bytes.length);
}

const char *
tables_write(const Span given[TABLES])
{
    if (tables.folder == NULL)
        begin();
    bool is_usual = true;
    for (guint i = 0; i < TABLE_LIMITS; i++)
        is_usual = is_usual && given[i].length == 0;
    for (guint i = 0; i < TABLES; i++)
        write_table(i, is_usual && given[i].length == 0
                           ? (Span){tables.usual[i]->str, tables.usual[i]->len}
                           : given[i]);
    return tables.folder;
}
