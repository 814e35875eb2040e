/* The floor of the benchmarks: one pass of libcsv over files, on one core, doing nothing with
 * what it finds. */
#include <csv.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>

typedef struct {
    size_t fields, rows;
} Counts;

static void
count_field(void *text, size_t length, void *user)
{
    (void)text;
    (void)length;
    ((Counts *)user)->fields++;
}

static void
count_row(int end, void *user)
{
    (void)end;
    ((Counts *)user)->rows++;
}

int
main(int argc, char **argv)
{
    Counts counts = {0, 0};
    for (int i = 1; i < argc; i++) {
        struct stat status;
        struct csv_parser parser;
        int file = open(argv[i], O_RDONLY);
        if (file < 0 || fstat(file, &status) != 0) {
            perror(argv[i]);
            return 66;
        }
        size_t size = (size_t)status.st_size;
        char *text = mmap(NULL, size, PROT_READ, MAP_PRIVATE, file, 0);
        csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL | CSV_APPEND_NULL);
        csv_parse(&parser, text, size, count_field, count_row, &counts);
        csv_fini(&parser, count_field, count_row, &counts);
        csv_free(&parser);
    }
    printf("%zu rows, %zu fields\n", counts.rows, counts.fields);
    return 0;
}
