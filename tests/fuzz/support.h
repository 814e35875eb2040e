/* What the fuzz targets share.
 *
 * A target is one file with LLVMFuzzerTestOneInput, which takes any bytes and aborts where a claim
 * of the engine does not hold. libFuzzer drives it, or replay.c, which runs it over saved inputs.
 * The engine's files are compiled with small blocks (fuzz.mk), so that small inputs have many
 * pieces. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/document.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* Aborts, saying where, unless a condition holds. */
#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition))                                                                          \
            check_failed(__FILE__, __LINE__, #condition);                                          \
    } while (0)
void check_failed(const char *file, int line, const char *condition) G_GNUC_NORETURN;

/* Inputs of several parts have this byte between them. */
#define PART_END '\x1e'
/* Takes the bytes up to the next PART_END off the front. */
Span take_part(Span *rest);

/* A file in memory with a path of its own. */
typedef struct {
    int descriptor;
    char *path;
} MemoryFile;
MemoryFile *memory_file_new(Span bytes);
void memory_file_free(MemoryFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MemoryFile, memory_file_free)

/* Opens bytes as a document and surveys it. */
Document *document_of(Span bytes, guint threads, Faults *faults);

/* Checks that every message is one line that cannot steer a terminal. */
void check_messages(Faults *faults);
void check_message(const char *message);

/* All messages, one a line; free with g_free. */
char *messages_text(Faults *faults);

/* The line of an offset, counted byte by byte as an editor does. */
guint64 slow_line(Span text, gsize offset);
