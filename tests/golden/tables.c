/* Prints what the engine's tables name, a line each: the kind, a tab, the name. complete.t asks of
 * each whether a case brings it about.
 *
 * The tables of commands and exit statuses are main.c's own: it is included here for them, under
 * another name for its main. */
#define main schemepay_main
int schemepay_main(int argc, char **argv);
#include "main.c"
#undef main

#include <stdio.h>

#include "pay/exception_text.h"
#include "pay/result.h"

static void
print_names(const char *kind, const char *const *names, guint count)
{
    for (guint i = 0; i < count; i++)
        printf("%s\t%s\n", kind, names[i]);
}

int
main(void)
{
    print_names("state", STATE_NAMES, STATE_COUNT);
    print_names("status", STATUS_NAMES, STATUS_COUNT);
    print_names("line", LINE_KIND_NAMES, LINE_KINDS);
    for (Reason reason = REASON_NONE + 1; reason < REASON_COUNT; reason++)
        printf("reason\t%s,%s\n", REASONS[reason].name, exception_outcome(reason, false));
    printf("reason\t%s,%s\n", REASONS[REASON_OVER_CAP].name,
           exception_outcome(REASON_OVER_CAP, true));
    for (guint i = 0; i < G_N_ELEMENTS(COMMANDS); i++)
        printf("command\t%s\n", COMMANDS[i].name);
    for (guint i = 0; i < OPTION_COUNT; i++)
        printf("option\t%s\n", OPTION_ROWS[i].name);
    for (guint i = 0; i < G_N_ELEMENTS(EXITS); i++)
        printf("exit\t%d\n", EXITS[i].status);
    return 0;
}
