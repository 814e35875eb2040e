#include "pack/claims/patients.h"

#include "base/poison.h"

#define SPELLED 10 /* characters that fit one number */
#define SHARDS 64  /* threads seldom meet in one of them */
#define INTERNED (G_GUINT64_CONSTANT(1) << 63)

typedef struct {
    GMutex lock;
    Codes *codes;
} Shard;

struct Patients {
    Shard shards[SHARDS];
};

Patients *
patients_new(void)
{
    Patients *patients = g_new0(Patients, 1);
    for (guint i = 0; i < SHARDS; i++) {
        g_mutex_init(&patients->shards[i].lock);
        patients->shards[i].codes = codes_new();
    }
    return patients;
}

void
patients_free(Patients *patients)
{
    if (patients == NULL)
        return;
    for (guint i = 0; i < SHARDS; i++) {
        g_mutex_clear(&patients->shards[i].lock);
        codes_free(patients->shards[i].codes);
    }
    g_free(patients);
}

/* 1 to 63 for a letter, a digit or a hyphen; 0 for anything else. */
static const guint8 LETTERS[256] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
    ['8'] = 9,  ['9'] = 10, ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
    ['G'] = 17, ['H'] = 18, ['I'] = 19, ['J'] = 20, ['K'] = 21, ['L'] = 22, ['M'] = 23, ['N'] = 24,
    ['O'] = 25, ['P'] = 26, ['Q'] = 27, ['R'] = 28, ['S'] = 29, ['T'] = 30, ['U'] = 31, ['V'] = 32,
    ['W'] = 33, ['X'] = 34, ['Y'] = 35, ['Z'] = 36, ['a'] = 37, ['b'] = 38, ['c'] = 39, ['d'] = 40,
    ['e'] = 41, ['f'] = 42, ['g'] = 43, ['h'] = 44, ['i'] = 45, ['j'] = 46, ['k'] = 47, ['l'] = 48,
    ['m'] = 49, ['n'] = 50, ['o'] = 51, ['p'] = 52, ['q'] = 53, ['r'] = 54, ['s'] = 55, ['t'] = 56,
    ['u'] = 57, ['v'] = 58, ['w'] = 59, ['x'] = 60, ['y'] = 61, ['z'] = 62, ['-'] = 63};

guint64
patients_number(Patients *patients, Span reference)
{
    guint64 spelled = 0;
    bool is_spelled = reference.length <= SPELLED;
    for (gsize i = 0; is_spelled && i < reference.length; i++) {
        guint64 letter = LETTERS[(guchar)reference.text[i]];
        spelled = spelled << 6 | letter;
        is_spelled = letter != 0;
    }
    if (is_spelled)
        return spelled;
    guint64 shard = codes_hash(reference.text, reference.length) >> 40 & (SHARDS - 1);
    Shard *place = &patients->shards[shard];
    g_mutex_lock(&place->lock);
    guint64 number = codes_add(place->codes, reference);
    g_mutex_unlock(&place->lock);
    return INTERNED | shard << 32 | number;
}
