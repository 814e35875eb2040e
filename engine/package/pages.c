/* Prints what is installed beside the program and says what its tables say. It is run while the
 * program is built, and no part of it.
 *
 *   pages man DATE     the manual page, which shows the date
 *   pages bash|zsh     completion
 *
 * The tables of commands and exit statuses are main.c's own: it is included here for them, under
 * another name for its main. */
#define main schemepay_main
int schemepay_main(int argc, char **argv);
#include "main.c" /* NOLINT(bugprone-suspicious-include) */
#undef main

#include <stdio.h>

#include "package/completion.h"
#include "package/manual.h"

#include "base/poison.h"

int
main(int argc, char **argv)
{
    const Tables tables = {COMMANDS, G_N_ELEMENTS(COMMANDS), EXITS, G_N_ELEMENTS(EXITS)};
    g_autoptr(GString) page = g_string_new(NULL);
    if (argc == 3 && strcmp(argv[1], "man") == 0)
        manual_append(&tables, argv[2], page);
    else if (argc == 2 && strcmp(argv[1], "bash") == 0)
        completion_bash(&tables, page);
    else if (argc == 2 && strcmp(argv[1], "zsh") == 0)
        completion_zsh(&tables, page);
    bool is_printed = page->len > 0 && fputs(page->str, stdout) >= 0 && fflush(stdout) == 0;
    return is_printed ? EXIT_SUCCESS : EXIT_FAILURE;
}
