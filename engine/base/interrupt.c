#include "base/interrupt.h"

#include <glib.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/poison.h"

static void
end_with(const char *message, int number)
{
    ssize_t ignored = write(STDERR_FILENO, message, strlen(message));
    (void)ignored;
    (void)signal(number, SIG_DFL);
    (void)raise(number);
}

static void
on_early(int number)
{
    end_with("\nschemepay: interrupted: nothing was written\n", number);
}

static void
on_late(int number)
{
    end_with(
        "\nschemepay: interrupted at the end of its work: what it writes may be there already, and "
        "then is whole\nhint: schemepay runs shows what is there\n",
        number);
}

/* Which of them says it is all the state there is. */
static void
handle_by(void (*handler)(int number))
{
    struct sigaction present, wanted = {.sa_handler = handler, .sa_flags = SA_RESTART};
    if (sigaction(SIGINT, NULL, &present) != 0 || present.sa_handler == SIG_IGN)
        return;
    sigemptyset(&wanted.sa_mask);
    (void)sigaction(SIGINT, &wanted, NULL);
}

void
interrupt_before_writing(void)
{
    handle_by(on_early);
}

void
interrupt_while_writing(void)
{
    handle_by(on_late);
}
