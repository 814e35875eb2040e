#include "base/fault.h"

#include <string.h>

#include "base/poison.h"

#define COLUMN_CHARACTERS 40 /* a header's field may be anything */

typedef struct {
    FaultClass class;
    char *file;
    guint64 line;
    char *column;
    char *text;
} Fault;

struct Faults {
    GMutex lock;
    GPtrArray *list; /* of Fault */
    guint counts[FAULT_WARNING + 1];
};

GQuark
sp_error_quark(void)
{
    return g_quark_from_static_string("schemepay-error");
}

bool
fault_refuses(FaultClass class)
{
    return class == FAULT_RULES || class == FAULT_INPUT;
}

static void
fault_free(gpointer pointer)
{
    Fault *fault = pointer;
    g_free(fault->file);
    g_free(fault->column);
    g_free(fault->text);
    g_free(fault);
}

Faults *
faults_new(void)
{
    Faults *faults = g_new0(Faults, 1);
    g_mutex_init(&faults->lock);
    faults->list = g_ptr_array_new_with_free_func(fault_free);
    return faults;
}

void
faults_free(Faults *faults)
{
    if (faults == NULL)
        return;
    g_mutex_clear(&faults->lock);
    g_ptr_array_free(faults->list, TRUE);
    g_free(faults);
}

void
faults_add(Faults *faults, FaultClass class, const char *file, guint64 line, const char *column,
           const char *format, ...)
{
    Fault *fault = g_new0(Fault, 1);
    va_list arguments;
    va_start(arguments, format);
    fault->class = class;
    fault->file = g_strdup(file);
    fault->line = line;
    fault->column = g_strdup(column);
    fault->text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_mutex_lock(&faults->lock);
    g_ptr_array_add(faults->list, fault);
    faults->counts[class]++;
    g_mutex_unlock(&faults->lock);
}

guint
faults_count(const Faults *faults, FaultClass class)
{
    return faults->counts[class];
}

static int
compare_faults(gconstpointer left, gconstpointer right)
{
    const Fault *a = *(const Fault *const *)left, *b = *(const Fault *const *)right;
    if (a->class != b->class)
        return a->class < b->class ? -1 : 1;
    int order = g_strcmp0(a->file, b->file);
    if (order == 0)
        order = (a->line > b->line) - (a->line < b->line);
    if (order == 0)
        order = g_strcmp0(a->column, b->column);
    return order != 0 ? order : strcmp(a->text, b->text);
}

/* The name of a file or column for a message: what cannot be printed is escaped, so that a line
 * stays a line and cannot steer a terminal; the name is cut at so many characters. */
static void
append_name(GString *message, const char *name, gsize most)
{
    const char *at = name;
    for (gsize count = 0; *at != '\0' && count < most; count++) {
        gunichar character = g_utf8_get_char_validated(at, -1);
        if (character == (gunichar)-1 || character == (gunichar)-2 || (guchar)*at < ' ' ||
            *at == 127) {
            g_string_append_printf(message, "\\x%02x", (guchar)*at++);
            continue;
        }
        if (g_unichar_isprint(character))
            g_string_append_unichar(message, character);
        else
            g_string_append_printf(message, "\\u%04x", character);
        at = g_utf8_next_char(at);
    }
    if (*at != '\0')
        g_string_append(message, "…");
}

static char *
fault_message(const Fault *fault)
{
    GString *message = g_string_new(NULL);
    if (fault->file != NULL) {
        append_name(message, fault->file, G_MAXSIZE);
        g_string_append_c(message, ':');
        if (fault->line > 0)
            g_string_append_printf(message, "%" G_GUINT64_FORMAT ":", fault->line);
        if (fault->column != NULL) {
            append_name(message, fault->column, COLUMN_CHARACTERS);
            g_string_append_c(message, ':');
        }
        g_string_append_c(message, ' ');
    }
    g_string_append(message, fault->text);
    return g_string_free(message, FALSE);
}

void
faults_each(Faults *faults, FaultFunc each, gpointer user)
{
    g_ptr_array_sort(faults->list, compare_faults);
    for (guint i = 0; i < faults->list->len; i++) {
        const Fault *fault = g_ptr_array_index(faults->list, i);
        g_autofree char *message = fault_message(fault);
        each(fault->class, message, user);
    }
}

bool
faults_pass(const Faults *faults, GError **error)
{
    guint in_rules = faults->counts[FAULT_RULES], in_inputs = faults->counts[FAULT_INPUT];
    if (in_rules > 0)
        g_set_error(error, SP_ERROR, SP_ERROR_RULES,
                    "the rules have %u fault%s: nothing is written", in_rules,
                    text_plural(in_rules));
    else if (in_inputs > 0)
        g_set_error(error, SP_ERROR, SP_ERROR_INPUT,
                    "the inputs have %u fault%s that refuse%s the run: nothing is written",
                    in_inputs, text_plural(in_inputs), in_inputs == 1 ? "s" : "");
    return in_rules == 0 && in_inputs == 0;
}
