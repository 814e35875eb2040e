# Constants of the engine, made small: see fuzz.mk.
s/^#define BLOCK .*/#define BLOCK ((gsize)16)/
s/^#define SEGMENT .*/#define SEGMENT (2 * BLOCK)/
s/^#define SMALL .*/#define SMALL ((gsize)64)/
s/^#define LONGEST_FIELD .*/#define LONGEST_FIELD ((size_t)1024)/
s/^#define FIRST_CAPACITY .*/#define FIRST_CAPACITY 1u/
s/^#define MOST_FIELDS .*/#define MOST_FIELDS 64u/
s/^#define CLAIMS_CHUNK .*/#define CLAIMS_CHUNK G_GUINT64_CONSTANT(2)/
