#include "command/console.h"

#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "archive/person.h"

#include "base/poison.h"

#define MAX_PERSON 200
#define MAX_ANSWER 64

/* The only way to a terminal: lines stay lines, and what could steer it is escaped. */
static bool
show(FILE *stream, const char *text)
{
    g_autoptr(GString) shown = g_string_new(NULL);
    for (const char *line = text, *end; line != NULL; line = end == NULL ? NULL : end + 1) {
        end = strchr(line, '\n');
        g_autofree char *copy = end == NULL ? g_strdup(line) : g_strndup(line, (gsize)(end - line));
        text_append_shown(shown, copy);
        if (end != NULL)
            g_string_append_c(shown, '\n');
    }
    return fputs(shown->str, stream) != EOF && fflush(stream) == 0;
}

/* Shows a message; that it cannot be shown nobody is left to tell. */
static void G_GNUC_PRINTF(1, 2) say(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    (void)show(stderr, text);
}

bool
console_print(const char *text, GError **error)
{
    errno = 0;
    if (show(stdout, text))
        return true;
    g_set_error(error, SP_ERROR, SP_ERROR_IO, "standard output: cannot be written: %s",
                g_strerror(errno));
    return false;
}

void
console_complain(const char *message)
{
    say("schemepay: %s\n", message);
}

void
console_warn(const char *message)
{
    say("warning: %s\n", message);
}

void
console_note(const char *message)
{
    say("note: %s\n", message);
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
    say("%s%s\n", fault_refuses(class) ? "" : "warning: ", message);
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
        say("%s …\n", what);
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
    say("%s [yes/no] ", question);
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
    if (!person_has_one_script(person)) {
        g_set_error(error, SP_ERROR, SP_ERROR_USAGE,
                    "--by mixes letters of two scripts, so that it looks like another name");
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
