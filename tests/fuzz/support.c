#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

void
check_failed(const char *file, int line, const char *condition)
{
    fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, condition);
    abort();
}

Span
take_part(Span *rest)
{
    const char *end = rest->length == 0 ? NULL : memchr(rest->text, PART_END, rest->length);
    gsize length = end == NULL ? rest->length : (gsize)(end - rest->text);
    gsize used = end == NULL ? length : length + 1;
    Span part = {rest->text, length};
    rest->text += used;
    rest->length -= used;
    return part;
}

MemoryFile *
memory_file_new(Span bytes)
{
    MemoryFile *file = g_new0(MemoryFile, 1);
    file->descriptor = memfd_create("fuzz", MFD_CLOEXEC);
    CHECK(file->descriptor >= 0);
    if (bytes.length > 0)
        CHECK(write(file->descriptor, bytes.text, bytes.length) == (ssize_t)bytes.length);
    file->path = g_strdup_printf("/proc/self/fd/%d", file->descriptor);
    return file;
}

void
memory_file_free(MemoryFile *file)
{
    close(file->descriptor);
    g_free(file->path);
    g_free(file);
}

Document *
document_of(Span bytes, guint threads, Faults *faults)
{
    g_autoptr(MemoryFile) file = memory_file_new(bytes);
    g_autoptr(GError) error = NULL;
    Document *document = document_open(file->path, "input.csv", &error);
    CHECK(document != NULL);
    documents_survey(&document, 1, threads, FAULT_INPUT, faults);
    return document;
}

void
check_message(const char *message)
{
    for (const char *at = message; *at != '\0'; at++)
        CHECK((guchar)*at >= ' ' && *at != 127);
    CHECK(g_utf8_validate(message, -1, NULL));
}

static void
check_each(FaultClass class, const char *message, gpointer user)
{
    (void)class;
    (void)user;
    check_message(message);
}

void
check_messages(Faults *faults)
{
    faults_each(faults, check_each, NULL);
}

static void
append_message(FaultClass class, const char *message, gpointer user)
{
    g_string_append_printf(user, "%d %s\n", (int)class, message);
}

char *
messages_text(Faults *faults)
{
    GString *text = g_string_new(NULL);
    faults_each(faults, append_message, text);
    return g_string_free(text, FALSE);
}

guint64
slow_line(Span text, gsize offset)
{
    guint64 line = 1;
    for (gsize i = 0; i < offset; i++) {
        bool is_pair = text.text[i] == '\r' && i + 1 < text.length && text.text[i + 1] == '\n';
        if (text.text[i] == '\n' || (text.text[i] == '\r' && !is_pair))
            line++;
    }
    return line;
}
