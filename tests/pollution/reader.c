/* Reads and works out packs, one a line of standard input, and prints what came of each: for
 * tests/pollution/pollution.t, which has some ten thousand of them.
 *
 *     reader 2025-26-YE     each line is a folder with rules/ and inputs/; outputs/ below it
 *                           receives the CSV files of record
 *
 * Of each pack it prints "status N", the exit status of schemepay, then the lines that schemepay
 * would print to standard error, and a line with a dot. */
#include <stdio.h>
#include <string.h>

#include "pay/work_out.h"
#include "report/record/record.h"

static void
print_fault(FaultClass class, const char *message, gpointer user)
{
    const char *folder = user; /* the messages name files of rules with it in front */
    const char *text = g_str_has_prefix(message, folder) ? message + strlen(folder) + 1 : message;
    printf("%s%s\n", fault_refuses(class) ? "" : "warning: ", text);
}

static int
status_of(const GError *error)
{
    return g_error_matches(error, SP_ERROR, SP_ERROR_RULES)   ? 78
           : g_error_matches(error, SP_ERROR, SP_ERROR_INPUT) ? 65
                                                              : 70;
}

static void
read_pack(const char *period, const char *folder)
{
    g_autofree char *rules = g_build_filename(folder, "rules", NULL);
    g_autofree char *inputs = g_build_filename(folder, "inputs", NULL);
    g_autofree char *outputs = g_build_filename(folder, "outputs", NULL);
    PackSource source = {.rules_dir = rules, .inputs_dir = inputs, .threads = 1};
    g_autoptr(Faults) faults = faults_new();
    g_autoptr(GError) error = NULL;
    if (!period_read(period, &source.period))
        g_error("%s is no period", period);
    Pack *pack = pack_read(&source, faults, &error);
    Result *result = pack == NULL ? NULL : work_out_pack(pack, faults, &error);
    if (result != NULL && !record_write(result, outputs, &error))
        g_error("%s", error->message);
    printf("status %d\n", error == NULL ? 0 : status_of(error));
    faults_each(faults, print_fault, (gpointer)folder);
    puts(".");
    fflush(stdout);
    result_free(result);
    pack_free(pack);
}

int
main(int argc, char **argv)
{
    char line[4096];
    while (argc == 2 && fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        read_pack(argv[1], line);
    }
    return argc == 2 ? 0 : 64;
}
