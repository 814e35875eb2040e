#include "base/codes.h"

#include <string.h>

#include "base/poison.h"

typedef struct {
    const char *text;
    gsize length;
    guint64 hash;
} Code;

struct Codes {
    GArray *codes; /* of Code */
    GStringChunk *texts;
    guint32 *slots;     /* open addressing: index into codes + 1, 0 where empty */
    guint64 slot_count; /* a power of two, at least twice the codes */
};

/* Up to eight bytes as a number: two texts of one length never have the same. */
static guint64
load_short(const char *text, gsize length)
{
    guint32 first = 0, last = 0;
    if (length >= 4) {
        memcpy(&first, text, 4);
        memcpy(&last, text + length - 4, 4); /* the two may overlap */
        return (guint64)first << 32 | last;
    }
    if (length == 0)
        return 0;
    return (guint64)(guchar)text[0] << 16 | (guint64)(guchar)text[length / 2] << 8 |
           (guchar)text[length - 1];
}

guint64
codes_hash(const char *text, gsize length)
{
    guint64 hash = G_GUINT64_CONSTANT(0x9e3779b97f4a7c15) ^ length;
    for (; length > 8; text += 8, length -= 8) {
        guint64 word;
        memcpy(&word, text, 8);
        hash = (hash ^ word) * G_GUINT64_CONSTANT(0xff51afd7ed558ccd);
        hash ^= hash >> 32;
    }
    /* The low bits of a product do not depend on the high bits of its factors, where the last
     * characters are. So there are two products, with a fold between them. */
    hash = (hash ^ load_short(text, length)) * G_GUINT64_CONSTANT(0xc4ceb9fe1a85ec53);
    hash = (hash ^ (hash >> 32)) * G_GUINT64_CONSTANT(0xff51afd7ed558ccd);
    return hash ^ (hash >> 32);
}

Codes *
codes_new(void)
{
    Codes *codes = g_new0(Codes, 1);
    codes->codes = g_array_new(FALSE, FALSE, sizeof(Code));
    codes->texts = g_string_chunk_new(4096);
    codes->slot_count = 64;
    codes->slots = g_new0(guint32, codes->slot_count);
    return codes;
}

void
codes_free(Codes *codes)
{
    if (codes == NULL)
        return;
    g_array_free(codes->codes, TRUE);
    g_string_chunk_free(codes->texts);
    g_free(codes->slots);
    g_free(codes);
}

const char *
codes_text(const Codes *codes, guint32 number)
{
    return g_array_index(codes->codes, Code, number).text;
}

/* The slot that holds the code, or the empty one where it would go. */
static guint64
find_slot(const Codes *codes, Span code, guint64 hash)
{
    guint64 mask = codes->slot_count - 1;
    for (guint64 slot = hash & mask;; slot = (slot + 1) & mask) {
        guint32 entry = codes->slots[slot];
        if (entry == 0)
            return slot;
        const Code *known = &g_array_index(codes->codes, Code, entry - 1);
        if (known->hash == hash && span_equals((Span){known->text, known->length}, code))
            return slot;
    }
}

guint32
codes_find(const Codes *codes, Span code)
{
    guint32 entry = codes->slots[find_slot(codes, code, codes_hash(code.text, code.length))];
    return entry == 0 ? CODE_NONE : entry - 1;
}

static void
grow(Codes *codes)
{
    g_free(codes->slots);
    codes->slot_count *= 2;
    codes->slots = g_new0(guint32, codes->slot_count);
    guint64 mask = codes->slot_count - 1;
    for (guint i = 0; i < codes->codes->len; i++) {
        guint64 slot = g_array_index(codes->codes, Code, i).hash & mask;
        while (codes->slots[slot] != 0)
            slot = (slot + 1) & mask;
        codes->slots[slot] = i + 1;
    }
}

guint32
codes_add(Codes *codes, Span code)
{
    guint64 hash = codes_hash(code.text, code.length);
    guint64 slot = find_slot(codes, code, hash);
    if (codes->slots[slot] != 0)
        return codes->slots[slot] - 1;
    char *text = g_string_chunk_insert_len(codes->texts, code.text, (gssize)code.length);
    Code added = {text, code.length, hash};
    g_array_append_val(codes->codes, added);
    codes->slots[slot] = codes->codes->len;
    if (codes->codes->len * (guint64)2 > codes->slot_count)
        grow(codes);
    return codes->codes->len - 1;
}

guint32
codes_count(const Codes *codes)
{
    return codes->codes->len;
}
