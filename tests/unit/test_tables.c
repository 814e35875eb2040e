/* Codes, tallies, patients' numbers, sorting: each against something slower and simpler. */
#include "support.h"

#include <string.h>

#include "base/codes.h"
#include "base/digest.h"
#include "base/parallel.h"
#include "base/sorting.h"
#include "pack/claims/patients.h"
#include "pack/claims/tally.h"

static void
codes_keep_the_order_they_came_in(void)
{
    g_autoptr(Codes) codes = codes_new();
    for (guint i = 0; i < 20000; i++) {
        g_autofree char *text = g_strdup_printf("code %u", i * 7);
        g_assert_cmpuint(codes_find(codes, span_of(text)), ==, CODE_NONE);
        g_assert_cmpuint(codes_add(codes, span_of(text)), ==, i);
        g_assert_cmpuint(codes_add(codes, span_of(text)), ==, i);
    }
    for (guint i = 0; i < 20000; i++) {
        g_autofree char *text = g_strdup_printf("code %u", i * 7);
        g_assert_cmpuint(codes_find(codes, span_of(text)), ==, i);
        g_assert_cmpstr(codes_text(codes, i), ==, text);
    }
}

static void
codes_are_compared_as_written(void)
{
    g_autoptr(Codes) codes = codes_new();
    guint32 upper = codes_add(codes, span_of("M83001"));
    g_assert_cmpuint(codes_add(codes, span_of("m83001")), !=, upper);
    g_assert_cmpuint(codes_find(codes, (Span){"M83001x", 6}), ==, upper); /* not terminated */
    g_assert_cmpuint(codes_find(codes, span_of("M8300")), ==, CODE_NONE);
    g_assert_cmpuint(codes_find(codes, span_of("")), ==, CODE_NONE);
}

static void
tally_counts_by_both_numbers(void)
{
    Tally tally;
    bool is_new;
    tally_init(&tally);
    for (guint round = 1; round <= 3; round++)
        for (guint64 i = 0; i < 5000; i++) {
            *tally_add(&tally, i, i % 7, &is_new) += (int64_t)i;
            g_assert_cmpint(is_new, ==, round == 1);
        }
    for (guint64 i = 0; i < 5000; i++) {
        g_assert_cmpint(*tally_find(&tally, i, i % 7), ==, (int64_t)i * 3);
        g_assert_null(tally_find(&tally, i, i % 7 + 1));
        g_assert_null(tally_find(&tally, i % 7, i + 100000));
    }
    tally_clear(&tally);
}

static int
compare_keyed(gconstpointer left, gconstpointer right)
{
    const Keyed *a = left, *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

/* With the index as the second key, any sort is a stable one. */
static void
sorting_is_stable(void)
{
    static const guint SHIFTS[] = {0, 8, 40, 56};
    GRand *random = g_rand_new_with_seed(7);
    for (guint round = 0; round < 200; round++) {
        gsize count = (gsize)g_rand_int_range(random, 0, 400);
        guint few = (guint)g_rand_int_range(random, 1, 300);
        g_autofree Keyed *items = g_new0(Keyed, count + 1), *expected = NULL;
        for (gsize i = 0; i < count; i++)
            items[i] =
                (Keyed){(guint64)(g_rand_int(random) % few) << SHIFTS[round % 4], (guint32)i};
        expected = g_memdup2(items, (count + 1) * sizeof(Keyed));
        qsort(expected, count, sizeof(Keyed), compare_keyed);
        keyed_sort(items, count);
        for (gsize i = 0; i < count; i++)
            g_assert_true(items[i].key == expected[i].key && items[i].index == expected[i].index);
    }
    g_rand_free(random);
}

static void
equal_references_have_equal_numbers_and_others_do_not(void)
{
    static const char *const REFERENCES[] = {
        "1",
        "01",
        "a",
        "A",
        "-",
        "a-",
        "-a",
        "aa",
        "0000000000",
        "000000000",
        "zzzzzzzzzz",
        "zzzzzzzzzzz",
        "ABCDEFGHIJ",
        "ABCDEFGHIJK",
        "a b",
        "a_b",
        "é",
        "é ",
        "P 1",
        "P1",
        "a reference of more than ten characters",
        "a reference of more than ten characterz",
    };
    g_autoptr(Patients) patients = patients_new();
    guint64 numbers[G_N_ELEMENTS(REFERENCES)];
    for (gsize i = 0; i < G_N_ELEMENTS(REFERENCES); i++) {
        numbers[i] = patients_number(patients, span_of(REFERENCES[i]));
        g_assert_cmpuint(numbers[i], !=, 0);
        for (gsize j = 0; j < i; j++)
            g_assert_cmpuint(numbers[i], !=, numbers[j]);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(REFERENCES); i++)
        g_assert_cmpuint(patients_number(patients, span_of(REFERENCES[i])), ==, numbers[i]);
}

static void
count_task(gsize task, gpointer user)
{
    gint *done = user;
    g_atomic_int_inc(&done[task]);
}

static void
every_task_runs_once(void)
{
    static const guint THREADS[] = {1, 2, 7, 64};
    for (gsize t = 0; t < G_N_ELEMENTS(THREADS); t++)
        for (gsize count = 0; count < 40; count += 13) {
            gint done[40] = {0};
            parallel_for(THREADS[t], count, count_task, done);
            for (gsize i = 0; i < 40; i++)
                g_assert_cmpint(done[i], ==, i < count);
        }
}

/* FIPS 180-2's examples. */
static void
digests_are_sha_256(void)
{
    char hex[DIGEST_LENGTH + 1];
    digest_bytes("", 0, hex);
    g_assert_cmpstr(hex, ==, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    digest_bytes("abc", 3, hex);
    g_assert_cmpstr(hex, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

/* How many of so many hashes differ in their low twelve bits, which choose a slot; of 1,000 random
 * ones about 880 do. */
static guint
distinct_slots(const guint64 *hashes, gsize count)
{
    bool is_taken[4096] = {false};
    guint distinct = 0;
    for (gsize i = 0; i < count; i++) {
        bool *slot = &is_taken[hashes[i] & 4095];
        distinct += *slot ? 0 : 1;
        *slot = true;
    }
    return distinct;
}

/* Numbers may differ in any of their bits alone: a month stands in the highest four of a key. */
static void
tally_hashes_see_every_bit(void)
{
    guint64 hashes[1000];
    for (guint shift = 0; shift <= 54; shift++)
        for (guint which = 0; which < 2; which++) {
            for (guint64 i = 0; i < G_N_ELEMENTS(hashes); i++)
                hashes[i] = which == 0 ? tally_hash(i << shift, 5) : tally_hash(5, i << shift);
            g_assert_cmpuint(distinct_slots(hashes, G_N_ELEMENTS(hashes)), >, 600);
        }
}

/* Codes may differ in three characters anywhere. */
static void
code_hashes_see_every_character(void)
{
    guint64 hashes[1000];
    for (gsize length = 3; length <= 24; length++)
        for (gsize at = 0; at + 3 <= length; at++) {
            for (guint i = 0; i < G_N_ELEMENTS(hashes); i++) {
                char text[24], digits[4];
                memset(text, 'A', sizeof text);
                g_snprintf(digits, sizeof digits, "%03u", i);
                memcpy(text + at, digits, 3);
                hashes[i] = codes_hash(text, length);
            }
            g_assert_cmpuint(distinct_slots(hashes, G_N_ELEMENTS(hashes)), >, 600);
        }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/codes/keep-the-order-they-came-in", codes_keep_the_order_they_came_in);
    g_test_add_func("/codes/are-compared-as-written", codes_are_compared_as_written);
    g_test_add_func("/tally/counts-by-both-numbers", tally_counts_by_both_numbers);
    g_test_add_func("/tally/hashes-see-every-bit", tally_hashes_see_every_bit);
    g_test_add_func("/codes/hashes-see-every-character", code_hashes_see_every_character);
    g_test_add_func("/sorting/is-stable", sorting_is_stable);
    g_test_add_func("/patient/equal-references-have-equal-numbers-and-others-do-not",
                    equal_references_have_equal_numbers_and_others_do_not);
    g_test_add_func("/parallel/every-task-runs-once", every_task_runs_once);
    g_test_add_func("/digest/is-sha-256", digests_are_sha_256);
    return g_test_run();
}
