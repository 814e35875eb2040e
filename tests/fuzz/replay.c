/* Runs one target over saved inputs: files, or folders of them. Prints how many it ran. */
#include <stdio.h>

#include "support.h"

static unsigned
replay_file(const char *path)
{
    g_autofree char *bytes = NULL;
    gsize length;
    g_autoptr(GError) error = NULL;
    if (!g_file_get_contents(path, &bytes, &length, &error))
        g_error("%s", error->message);
    printf("# %s\n", path); /* the last one named is the one that aborts */
    fflush(stdout);
    g_autofree uint8_t *exact = g_memdup2(bytes, length); /* no byte to spare behind it */
    (void)LLVMFuzzerTestOneInput(exact, length);
    return 1;
}

static unsigned
replay(const char *path)
{
    GDir *folder = g_dir_open(path, 0, NULL);
    if (folder == NULL)
        return replay_file(path);
    unsigned count = 0;
    for (const char *name; (name = g_dir_read_name(folder)) != NULL;) {
        g_autofree char *inner = g_build_filename(path, name, NULL);
        count += replay(inner);
    }
    g_dir_close(folder);
    return count;
}

int
main(int argc, char **argv)
{
    unsigned count = 0;
    for (int i = 1; i < argc; i++)
        count += replay(argv[i]);
    printf("%u inputs replayed\n", count);
    return count > 0 ? 0 : 1;
}
