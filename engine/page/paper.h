/* A PDF document being drawn: pages of A4, upright, with texts, fills and lines.
 *
 * Invariants
 * - The same calls give the same bytes with the same library: no clock takes part, and the document
 *   says no time at which it was made.
 * - Lengths are whole numbers, thousandths of a point, from the left and from the top of the page.
 *   What becomes floating point for the library is made so here alone; nothing is worked out with
 *   it.
 * - Texts are letters as letters.h makes them. They can be selected and read out.
 * - What the library reports is noted and never lost: the first failure makes paper_write fail.
 */
#pragma once

#include <stdbool.h>

#include "base/fault.h"

#define PAPER_POINT 1000
#define PAPER_WIDTH 595276
#define PAPER_HEIGHT 841890

typedef enum { FACE_PLAIN, FACE_BOLD, FACES } Face; /* of Helvetica, which readers have */

typedef struct Paper Paper;

/* The version of the library: "2.3.0". */
const char *paper_library_version(void);

/* Begins a document: title and subject are in its properties, as letters. NULL, with SP_ERROR_IO,
 * where the library has no memory. Free with paper_free. */
Paper *paper_new(const char *title, const char *subject, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void paper_free(Paper *paper);
/* How wide so many letters are, in thousandths of their size. */
guint paper_width(const Paper *paper, Face face, const char *letters, gsize length);

/* Adds a page, on which is drawn from here on. */
void paper_add_page(Paper *paper);
/* Colours are 0xrrggbb. */
void paper_fill(Paper *paper, guint left, guint top, guint width, guint height, guint32 colour);
/* A thin line across. */
void paper_line(Paper *paper, guint left, guint top, guint width, guint32 colour);
/* Letters of a size that stand on a line so far from the top. */
void paper_text(Paper *paper, guint left, guint base, guint size, Face face, guint32 colour,
                const char *letters);

/* Writes the document as a new file, not yet put on the disk. False with SP_ERROR_IO,
 * SP_ERROR_CANNOT_CREATE or, where the library refused something, SP_ERROR_BUG. */
bool paper_write(Paper *paper, const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Paper, paper_free)
