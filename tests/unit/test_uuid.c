/* SPDX-License-Identifier: Apache-2.0 */
/* Keys of commands: those made together sort together, and no two are equal, whoever makes them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "common/base/uuid.h"

enum { MANY = 1000 };

static int by_bytes(const void *a, const void *b)
{
    return memcmp(a, b, 16);
}

static uint64_t ms_of(const unsigned char id[16])
{
    uint64_t ms = 0;
    for (int i = 0; i < 6; i++)
        ms = ms << 8 | id[i];
    return ms;
}

/* Not time(), which may be a tick behind. */
static uintmax_t now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (uintmax_t)now.tv_sec;
}

static void an_id_says_when_it_was_made_and_of_which_kind_it_is(void **state)
{
    unsigned char id[16];
    uintmax_t before_s = now_s();
    (void)state;
    for (int i = 0; i < MANY; i++) {
        uuid_new(id);
        assert_int_equal(0x70, id[6] & 0xf0);
        assert_int_equal(0x80, id[8] & 0xc0);
        assert_in_range(ms_of(id) / 1000, before_s, now_s());
    }
}

static void no_two_ids_are_the_same(void **state)
{
    static unsigned char ids[MANY][16];
    (void)state;
    for (int i = 0; i < MANY; i++)
        uuid_new(ids[i]);
    qsort(ids, MANY, 16, by_bytes);
    for (int i = 1; i < MANY; i++)
        assert_memory_not_equal(ids[i - 1], ids[i], 16);
}

/* But for the time, which may be the same. */
static void a_child_process_makes_others_than_its_parent(void **state)
{
    unsigned char own[16], of_child[16];
    int ends[2];
    (void)state;
    uuid_new(own); /* so that some are drawn already */
    assert_int_equal(0, pipe(ends));
    pid_t child = fork();
    assert_true(child >= 0);
    uuid_new(own);
    if (child == 0)
        _exit(write(ends[1], own, sizeof own) == sizeof own ? 0 : 1);
    assert_int_equal(sizeof of_child, read(ends[0], of_child, sizeof of_child));
    assert_memory_not_equal(own + 8, of_child + 8, 8);
    assert_int_equal(child, waitpid(child, NULL, 0));
    close(ends[0]);
    close(ends[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_id_says_when_it_was_made_and_of_which_kind_it_is),
        cmocka_unit_test(no_two_ids_are_the_same),
        cmocka_unit_test(a_child_process_makes_others_than_its_parent),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
