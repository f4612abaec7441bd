/* SPDX-License-Identifier: Apache-2.0 */
/* What sessions have seen, in memory and as a header. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/gateway/caller/seen.h"

#include <string.h>

static void see(struct seen *seen, int who, const char *stream, int64_t seq)
{
    unsigned char hash[SECRET_HASH_BYTES] = {0};
    struct mark mark = mark_of(stream, 1, seq);
    memcpy(hash, &who, sizeof who);
    seen_add(seen, hash, &mark);
}

static int64_t seen_by(const struct seen *seen, int who, const char *stream)
{
    unsigned char hash[SECRET_HASH_BYTES] = {0};
    memcpy(hash, &who, sizeof who);
    const struct marks *marks = seen_find(seen, hash);
    const struct mark *mark = marks == NULL ? NULL : marks_find(marks, stream);
    return mark == NULL ? 0 : mark->seq;
}

static void each_session_keeps_the_latest_of_each_journal(void **state)
{
    struct seen *seen = seen_new();
    (void)state;
    see(seen, 1, "intake", 5);
    see(seen, 1, "routing", 7);
    see(seen, 1, "intake", 4);
    see(seen, 2, "intake", 9);
    assert_int_equal(5, seen_by(seen, 1, "intake"));
    assert_int_equal(7, seen_by(seen, 1, "routing"));
    assert_int_equal(9, seen_by(seen, 2, "intake"));
    assert_int_equal(0, seen_by(seen, 3, "intake"));
    seen_free(&seen);
}

static void who_has_done_nothing_for_longest_is_forgotten(void **state)
{
    struct seen *seen = seen_new();
    (void)state;
    for (int who = 1; who <= SEEN_MAX; who++)
        see(seen, who, "intake", who);
    see(seen, 1, "intake", 9000);
    see(seen, SEEN_MAX + 1, "intake", 1);
    assert_int_equal(9000, seen_by(seen, 1, "intake"));
    assert_int_equal(0, seen_by(seen, 2, "intake"));
    assert_int_equal(3, seen_by(seen, 3, "intake"));
    seen_free(&seen);
}

static void a_header_is_read_as_it_was_written(void **state)
{
    struct arena *arena = arena_new(1 << 16);
    struct marks marks = {2, {mark_of("intake", 1, 512), mark_of("routing", 3, 77)}}, read = {0};
    (void)state;
    const char *text = seen_write(&marks, arena);
    assert_string_equal("intake=1.512,routing=3.77", text);
    assert_true(seen_read(text, &read));
    assert_int_equal(2, read.n);
    assert_int_equal(512, marks_find(&read, "intake")->seq);
    assert_int_equal(3, marks_find(&read, "routing")->epoch);
    arena_free(&arena);
}

static void anything_else_is_no_such_header(void **state)
{
    static const char *const wrong[] = {"",
                                        "intake",
                                        "intake=1",
                                        "intake=0.5",
                                        "=1.5",
                                        "intake=1.-5",
                                        "intake=1.5,",
                                        "intake=1.5;",
                                        "INTAKE=1.5",
                                        "intake=1.5x",
                                        "intake=-1.5",
                                        ",intake=1.5",
                                        "intake=1.99999999999999999999"};
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct marks marks = {0};
        if (seen_read(wrong[i], &marks))
            fail_msg("%s", wrong[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_session_keeps_the_latest_of_each_journal),
        cmocka_unit_test(who_has_done_nothing_for_longest_is_forgotten),
        cmocka_unit_test(a_header_is_read_as_it_was_written),
        cmocka_unit_test(anything_else_is_no_such_header),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
