/* The one file here that may use binary floating point; so it does not include poison.h. */
#include "page/paper.h"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_objects.h>
#include <string.h>

#include "base/files.h"

#define LANGUAGE "en-GB"
#define LINE_WIDTH 500

static const char *const FONTS[FACES] = {
    [FACE_PLAIN] = "Helvetica", [FACE_BOLD] = "Helvetica-Bold"};

struct Paper {
    HPDF_Doc document;
    HPDF_Font fonts[FACES];
    guint16 widths[FACES][256]; /* of each letter */
    HPDF_Page page;
    HPDF_STATUS failure; /* the first that was noted */
};

const char *
paper_library_version(void)
{
    return HPDF_GetVersion();
}

/* Notes what a call of the library returned. */
static void
note(Paper *paper, HPDF_STATUS outcome)
{
    if (paper->failure == HPDF_OK)
        paper->failure = outcome;
}

/* The library has no calls for the language, nor to show the title in place of the file's name:
 * both are entries of the catalog. */
static void
set_catalog(Paper *paper)
{
    HPDF_Doc document = paper->document;
    HPDF_Dict shown = HPDF_Dict_New(document->mmgr);
    note(paper,
         HPDF_Dict_Add(document->catalog, "Lang", HPDF_String_New(document->mmgr, LANGUAGE, NULL)));
    note(paper, HPDF_Dict_Add(document->catalog, "ViewerPreferences", shown));
    if (shown != NULL)
        note(paper, HPDF_Dict_AddBoolean(shown, "DisplayDocTitle", HPDF_TRUE));
}

static void
measure(Paper *paper, Face face)
{
    for (guint letter = 1; letter < 256; letter++) {
        const HPDF_BYTE byte = (HPDF_BYTE)letter;
        paper->widths[face][letter] =
            (guint16)HPDF_Font_TextWidth(paper->fonts[face], &byte, 1).width;
    }
}

Paper *
paper_new(const char *title, const char *subject, GError **error)
{
    g_autoptr(Paper) paper = g_new0(Paper, 1);
    paper->document = HPDF_New(NULL, NULL);
    if (paper->document == NULL) {
        g_set_error(error, SP_ERROR, SP_ERROR_IO, "cannot begin a PDF document: no memory");
        return NULL;
    }
    for (Face face = FACE_PLAIN; face < FACES; face++) {
        paper->fonts[face] = HPDF_GetFont(paper->document, FONTS[face], "WinAnsiEncoding");
        measure(paper, face);
    }
    note(paper, HPDF_SetCompressionMode(paper->document, HPDF_COMP_ALL));
    note(paper, HPDF_SetInfoAttr(paper->document, HPDF_INFO_TITLE, title));
    note(paper, HPDF_SetInfoAttr(paper->document, HPDF_INFO_SUBJECT, subject));
    note(paper, HPDF_SetInfoAttr(paper->document, HPDF_INFO_AUTHOR, "schemepay"));
    note(paper, HPDF_GetError(paper->document));
    set_catalog(paper);
    return g_steal_pointer(&paper);
}

void
paper_free(Paper *paper)
{
    if (paper == NULL)
        return;
    if (paper->document != NULL)
        HPDF_Free(paper->document);
    g_free(paper);
}

guint
paper_width(const Paper *paper, Face face, const char *letters, gsize length)
{
    guint width = 0;
    for (gsize i = 0; i < length; i++)
        width += paper->widths[face][(guchar)letters[i]];
    return width;
}

/* A length as the library takes it. */
static HPDF_REAL
points(guint length)
{
    return (HPDF_REAL)length / (HPDF_REAL)PAPER_POINT;
}

/* A place that far from the top, as the library counts: from the bottom. */
static HPDF_REAL
above_bottom(guint top)
{
    return points(PAPER_HEIGHT - MIN(top, PAPER_HEIGHT));
}

/* A part of a colour: the bits from a number on. */
static HPDF_REAL
part(guint32 colour, guint shift)
{
    return (HPDF_REAL)(colour >> shift & 0xff) / (HPDF_REAL)0xff;
}

void
paper_add_page(Paper *paper)
{
    paper->page = HPDF_AddPage(paper->document);
    note(paper, HPDF_GetError(paper->document));
    note(paper, HPDF_Page_SetWidth(paper->page, points(PAPER_WIDTH)));
    note(paper, HPDF_Page_SetHeight(paper->page, points(PAPER_HEIGHT)));
}

static void
set_colour(Paper *paper, guint32 colour)
{
    note(paper,
         HPDF_Page_SetRGBFill(paper->page, part(colour, 16), part(colour, 8), part(colour, 0)));
}

void
paper_fill(Paper *paper, guint left, guint top, guint width, guint height, guint32 colour)
{
    set_colour(paper, colour);
    note(paper, HPDF_Page_Rectangle(paper->page, points(left), above_bottom(top + height),
                                    points(width), points(height)));
    note(paper, HPDF_Page_Fill(paper->page));
}

void
paper_line(Paper *paper, guint left, guint top, guint width, guint32 colour)
{
    paper_fill(paper, left, top, width, LINE_WIDTH, colour);
}

void
paper_text(Paper *paper, guint left, guint base, guint size, Face face, guint32 colour,
           const char *letters)
{
    set_colour(paper, colour);
    note(paper, HPDF_Page_BeginText(paper->page));
    note(paper, HPDF_Page_SetFontAndSize(paper->page, paper->fonts[face], points(size)));
    note(paper, HPDF_Page_MoveTextPos(paper->page, points(left), above_bottom(base)));
    note(paper, HPDF_Page_ShowText(paper->page, letters));
    note(paper, HPDF_Page_EndText(paper->page));
}

bool
paper_write(Paper *paper, const char *path, GError **error)
{
    g_autofree HPDF_BYTE *bytes = NULL;
    HPDF_UINT32 size = 0;
    if (paper->failure == HPDF_OK)
        note(paper, HPDF_SaveToStream(paper->document));
    if (paper->failure == HPDF_OK)
        note(paper, HPDF_ResetStream(paper->document));
    if (paper->failure == HPDF_OK) {
        size = HPDF_GetStreamSize(paper->document);
        bytes = g_malloc(MAX(size, 1));
        note(paper, HPDF_ReadFromStream(paper->document, bytes, &size));
    }
    if (paper->failure != HPDF_OK) {
        bool is_memory = paper->failure == HPDF_FAILD_TO_ALLOC_MEM;
        g_set_error(error, SP_ERROR, is_memory ? (int)SP_ERROR_IO : (int)SP_ERROR_BUG,
                    "cannot write %s: libharu reports the error %#lx", path,
                    (gulong)paper->failure);
        return false;
    }
    char digest[DIGEST_LENGTH + 1];
    return file_copy(path, (Span){(const char *)bytes, size}, digest, error);
}
