#include "archive/litter.h"

#include <string.h>

#include "base/poison.h"

/* How such names begin and end, and what leaves them. */
typedef struct {
    const char *start, *end;
    bool is_whole; /* the name is start, and nothing more */
} LitterName;

static const LitterName NAMES[] = {
    {"~$", "", false},         /* Microsoft Office: who has a document open */
    {".~lock.", "#", false},   /* LibreOffice: the same */
    {"Thumbs.db", "", true},   /* Windows: pictures in small */
    {"desktop.ini", "", true}, /* Windows: how a folder is shown */
    {".DS_Store", "", true},   /* macOS: the same */
};

bool
litter_has_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    for (guint i = 0; i < G_N_ELEMENTS(NAMES); i++)
        if (NAMES[i].is_whole
                ? strcmp(name, NAMES[i].start) == 0
                : g_str_has_prefix(name, NAMES[i].start) && g_str_has_suffix(name, NAMES[i].end))
            return true;
    return false;
}
