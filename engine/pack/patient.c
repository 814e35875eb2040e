#include "pack/patient.h"

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
static guint64
letter_number(char c)
{
    if (c >= '0' && c <= '9')
        return (guint64)(c - '0') + 1;
    if (c >= 'A' && c <= 'Z')
        return (guint64)(c - 'A') + 11;
    if (c >= 'a' && c <= 'z')
        return (guint64)(c - 'a') + 37;
    return c == '-' ? 63 : 0;
}

guint64
patients_number(Patients *patients, Span reference)
{
    guint64 spelled = 0;
    bool is_spelled = reference.length <= SPELLED;
    for (gsize i = 0; is_spelled && i < reference.length; i++) {
        guint64 letter = letter_number(reference.text[i]);
        spelled = spelled << 6 | letter;
        is_spelled = letter != 0;
    }
    if (is_spelled)
        return spelled;
    guint64 shard = bytes_hash(reference.text, reference.length) >> 40 & (SHARDS - 1);
    Shard *place = &patients->shards[shard];
    g_mutex_lock(&place->lock);
    guint64 number = codes_add(place->codes, reference);
    g_mutex_unlock(&place->lock);
    return INTERNED | shard << 32 | number;
}
