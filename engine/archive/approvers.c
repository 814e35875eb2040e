#include "archive/approvers.h"

#include <string.h>

#include "archive/person.h"
#include "base/poison.h"

/* A name and a key that a line gives it. */
typedef struct {
    char *name;
    char *key;
    guint64 line;
} Approver;

static void
approver_clear(gpointer pointer)
{
    Approver *approver = pointer;
    g_free(approver->name);
    g_free(approver->key);
}

/* Takes a word off the front of a line; blanks inside quotes belong to it. */
static char *
take_word(const char **line)
{
    bool is_quoted = false;
    const char *from = *line + strspn(*line, " \t"), *at = from;
    for (; *at != '\0' && (is_quoted || (*at != ' ' && *at != '\t')); at++) {
        if (*at == '\\' && at[1] == '"')
            at++;
        else if (*at == '"')
            is_quoted = !is_quoted;
    }
    *line = at;
    return g_strndup(from, (gsize)(at - from));
}

/* The key of a line, behind what options there are: the word that follows the name of a kind of
 * key. NULL where there is none. */
static char *
take_key(const char *line)
{
    static const char *const KINDS[] = {"ssh-", "ecdsa-", "sk-"};
    while (*line != '\0') {
        g_autofree char *word = take_word(&line);
        for (guint i = 0; i < G_N_ELEMENTS(KINDS); i++)
            if (g_str_has_prefix(word, KINDS[i]))
                return take_word(&line);
    }
    return NULL;
}

/* Adds one name with its key, and a fault where a line before gives that key to another name. */
static void
add_name(GArray *approvers, const char *name, const char *key, guint64 line, const char *file,
         FaultClass class, Faults *faults)
{
    for (guint i = 0; i < approvers->len; i++) {
        const Approver *other = &g_array_index(approvers, Approver, i);
        if (strcmp(other->key, key) != 0 || persons_are_same(other->name, name))
            continue;
        faults_add(faults, class, file, line, NULL,
                   "its key stands under another name in line %" G_GUINT64_FORMAT ", too",
                   other->line);
        break;
    }
    Approver approver = {g_strdup(name), g_strdup(key), line};
    g_array_append_val(approvers, approver);
}

static void
add_line(GArray *approvers, const char *text, guint64 line, const char *file, FaultClass class,
         Faults *faults)
{
    const char *rest = text;
    g_autofree char *names = take_word(&rest);
    g_autofree char *key = take_key(rest);
    if (names[0] == '#' || key == NULL || key[0] == '\0')
        return;
    gsize length = strlen(names);
    bool is_quoted = length > 1 && names[0] == '"' && names[length - 1] == '"';
    g_autofree char *bare = is_quoted ? g_strndup(names + 1, length - 2) : g_strdup(names);
    g_auto(GStrv) each = g_strsplit(bare, ",", -1);
    for (guint i = 0; each[i] != NULL; i++)
        add_name(approvers, each[i], key, line, file, class, faults);
}

void
approvers_check(const Document *document, FaultClass class, Faults *faults)
{
    Span raw = document_raw(document);
    g_autofree char *text = g_utf8_make_valid(raw.text, (gssize)raw.length);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autoptr(GArray) approvers = g_array_new(FALSE, FALSE, sizeof(Approver));
    g_array_set_clear_func(approvers, approver_clear);
    for (guint i = 0; lines[i] != NULL; i++)
        add_line(approvers, g_strchomp(lines[i]), i + 1, document_name(document), class, faults);
}
