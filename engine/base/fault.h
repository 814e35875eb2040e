/* Errors with a place.
 *
 * Two things can go wrong. A call fails: it returns false or NULL and sets a GError of SP_ERROR,
 * whose code main.c turns into the exit status. Or an input is at fault: every such fault is
 * collected with its file, line and column, so that one run names all of them, in the order of
 * the files whatever thread found them first. */
#pragma once

#include "base/text.h"

typedef enum {
    SP_ERROR_USAGE,         /* the command line is not understood */
    SP_ERROR_INPUT,         /* the inputs refuse the run */
    SP_ERROR_NO_INPUT,      /* no such file, folder or run */
    SP_ERROR_BUG,           /* the engine contradicts itself */
    SP_ERROR_CANNOT_CREATE, /* an output cannot be created */
    SP_ERROR_IO,            /* reading or writing failed */
    SP_ERROR_BUSY,          /* another run holds the archive */
    SP_ERROR_NOT_ALLOWED,   /* approval rules forbid it */
    SP_ERROR_RULES,         /* the rules are at fault */
    SP_ERROR_DIFFERENCE     /* verify or compare found a difference: not a failure */
} SpError;

#define SP_ERROR (sp_error_quark())
GQuark sp_error_quark(void);

typedef enum {
    FAULT_RULES,
    FAULT_INPUT,
    FAULT_DOUBT, /* a warning that refuses the run where --strict is given */
    FAULT_WARNING
} FaultClass;
/* Whether a fault of a class refuses the run by itself. */
bool fault_refuses(FaultClass class);

/* A growing list of faults and warnings; adding is safe from several threads. */
typedef struct Faults Faults;

Faults *faults_new(void);
void faults_free(Faults *faults);

/* Adds one. file may be NULL (no place); line 0 and column NULL mean "none". The text follows
 * printf and is one line: lower case, no full stop. */
void faults_add(Faults *faults, FaultClass class, const char *file, guint64 line,
                const char *column, const char *format, ...) G_GNUC_PRINTF(6, 7);

/* How many of a class there are. */
guint faults_count(const Faults *faults, FaultClass class);

/* Calls back for each in the order of class, file, line and column. message is the whole line
 * "file:line:column: text" without the newline. */
typedef void (*FaultFunc)(FaultClass class, const char *message, gpointer user);
void faults_each(Faults *faults, FaultFunc each, gpointer user);

/* One of them, in parts; file and column are NULL and line is 0 where there is none. */
typedef struct {
    FaultClass class;
    const char *file;
    guint64 line;
    const char *column;
    const char *text;
} FaultParts;
/* The same in parts. */
typedef void (*FaultPartsFunc)(const FaultParts *parts, gpointer user);
void faults_each_parts(Faults *faults, FaultPartsFunc each, gpointer user);

/* Sets *error and returns false where any fault of the rules (SP_ERROR_RULES) or, else, of the
 * inputs (SP_ERROR_INPUT) is there. */
bool faults_pass(const Faults *faults, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Faults, faults_free)
