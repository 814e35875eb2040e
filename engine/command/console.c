#include "command/console.h"

#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/poison.h"

#define MAX_PERSON 200
#define MAX_ANSWER 64

bool
console_print(const char *text, GError **error)
{
    errno = 0;
    if (fputs(text, stdout) != EOF && fflush(stdout) == 0)
        return true;
    g_set_error(error, SP_ERROR, SP_ERROR_IO, "standard output: cannot be written: %s",
                g_strerror(errno));
    return false;
}

void
console_complain(const char *message)
{
    fprintf(stderr, "schemepay: %s\n", message);
}

void
console_warn(const char *message)
{
    fprintf(stderr, "warning: %s\n", message);
}

void
console_join_json(GString *first, const GString *second)
{
    while (first->len > 0 && strchr("}\n", first->str[first->len - 1]) != NULL)
        g_string_truncate(first, first->len - 1);
    g_string_append_c(first, ',');
    g_string_append(first, second->str + 1);
}

static void
print_fault(FaultClass class, const char *message, gpointer user)
{
    (void)user;
    fprintf(stderr, "%s%s\n", fault_refuses(class) ? "" : "warning: ", message);
}

void
console_faults(Faults *faults)
{
    faults_each(faults, print_fault, NULL);
}

void
console_progress(const Options *options, const char *what)
{
    if (!options->quiet && isatty(STDERR_FILENO))
        fprintf(stderr, "%s …\n", what);
}

bool
console_ask(const char *question, bool *is_yes, GError **error)
{
    if (!isatty(STDIN_FILENO)) {
        g_set_error(error, SP_ERROR, SP_ERROR_USAGE,
                    "there is no terminal to ask on\nhint: --yes approves without asking");
        return false;
    }
    char answer[MAX_ANSWER];
    fprintf(stderr, "%s [yes/no] ", question);
    if (fgets(answer, sizeof answer, stdin) == NULL)
        answer[0] = '\0';
    g_strstrip(answer);
    *is_yes = g_ascii_strcasecmp(answer, "yes") == 0 || g_ascii_strcasecmp(answer, "y") == 0;
    return true;
}

char *
console_person(const Options *options, GError **error)
{
    const char *name = options->by;
    if (name == NULL) {
        const struct passwd *user = getpwuid(getuid());
        name = user == NULL ? "" : user->pw_name;
    }
    if (!g_utf8_validate(name, -1, NULL)) {
        g_set_error(error, SP_ERROR, SP_ERROR_USAGE, "--by is not UTF-8 text");
        return NULL;
    }
    Span trimmed = span_trim((Span){name, strlen(name)});
    if (trimmed.length == 0) {
        g_set_error(error, SP_ERROR, SP_ERROR_USAGE,
                    "who is at work is not known\nhint: say it by --by NAME");
        return NULL;
    }
    if (trimmed.length > MAX_PERSON) {
        g_set_error(error, SP_ERROR, SP_ERROR_USAGE, "--by takes a name of up to %d bytes",
                    MAX_PERSON);
        return NULL;
    }
    /* Characters that cannot be seen are refused: they would let two names look the same. */
    g_autofree char *person = span_copy(trimmed);
    for (const char *at = person; *at != '\0'; at = g_utf8_next_char(at))
        if (!g_unichar_isprint(g_utf8_get_char(at))) {
            g_set_error(error, SP_ERROR, SP_ERROR_USAGE, "--by has a control character");
            return NULL;
        }
    return g_steal_pointer(&person);
}

char *
console_now(void)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    return g_date_time_format(now, "%Y-%m-%dT%H:%M:%SZ");
}

char *
console_holder(const Options *options, const char *person, const char *now)
{
    return g_strdup_printf("%s by %s, process %ld on %s, since %s\n", options->command, person,
                           (long)getpid(), g_get_host_name(), now);
}
