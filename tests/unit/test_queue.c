/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/service/queue.h"

#include <string.h>

static struct envelope envelope(int number)
{
    struct envelope envelope = {.size = 1};
    zmq_msg_init_size(&envelope.from.routing_id, 5);
    memcpy(zmq_msg_data(&envelope.from.routing_id), "desk1", 5);
    zmq_msg_init_size(&envelope.frame, sizeof number);
    memcpy(zmq_msg_data(&envelope.frame), &number, sizeof number);
    return envelope;
}

static bool push(struct queue *queue, int number)
{
    struct envelope one = envelope(number);
    if (queue_push(queue, &one, 100 + number))
        return true;
    mailbox_drop(&one);
    return false;
}

static int number_of(struct waiting *waiting)
{
    int number;
    memcpy(&number, zmq_msg_data(&waiting->envelope.frame), sizeof number);
    return number;
}

static void who_came_first_goes_first(void **state)
{
    struct queue *queue = queue_new(4);

    (void)state;
    for (int i = 1; i <= 3; i++)
        assert_true(push(queue, i));
    assert_int_equal(3, queue_length(queue));
    for (int i = 1; i <= 3; i++) {
        struct waiting *waiting = queue_take(queue);
        assert_int_equal(i, number_of(waiting));
        assert_int_equal(100 + i, waiting->arrived_ms);
        assert_int_equal(1, waiting->envelope.size);
        assert_memory_equal("desk1", zmq_msg_data(&waiting->envelope.from.routing_id), 5);
        queue_done(waiting);
    }
    assert_null(queue_take(queue));
    queue_free(&queue);
}

static void a_full_queue_takes_nothing_and_leaves_the_envelope(void **state)
{
    struct queue *queue = queue_new(2);
    struct envelope third = envelope(3);

    (void)state;
    assert_true(push(queue, 1));
    assert_true(push(queue, 2));
    assert_false(queue_push(queue, &third, 0));
    assert_int_equal(sizeof(int), zmq_msg_size(&third.frame));
    mailbox_drop(&third);
    assert_int_equal(2, queue_length(queue));
    queue_free(&queue);
}

/* Those being worked on keep their place until they are done, in whatever order that is. */
static void what_was_taken_stays_until_it_is_done(void **state)
{
    struct queue *queue = queue_new(3);
    struct waiting *taken[3];

    (void)state;
    for (int i = 0; i < 3; i++)
        push(queue, i);
    for (int i = 0; i < 3; i++)
        taken[i] = queue_take(queue);
    for (int i = 3; i < 6; i++)
        assert_true(push(queue, i));
    assert_false(push(queue, 6));
    for (int i = 0; i < 3; i++)
        assert_int_equal(i, number_of(taken[i]));
    queue_done(taken[2]);
    queue_done(taken[0]);
    assert_int_equal(3, number_of(queue_take(queue)));
    assert_int_equal(1, number_of(taken[1]));
    queue_free(&queue);
}

static void it_goes_round_for_ever(void **state)
{
    struct queue *queue = queue_new(3);

    (void)state;
    for (int i = 0; i < 1000; i++) {
        assert_true(push(queue, i));
        assert_true(push(queue, -i));
        for (int k = 0; k < 2; k++) {
            struct waiting *waiting = queue_take(queue);
            assert_int_equal(k == 0 ? i : -i, number_of(waiting));
            queue_done(waiting);
        }
    }
    assert_int_equal(0, queue_length(queue));
    queue_free(&queue);
}

/* The oldest is not done yet while all others have come and gone: it is never written over. */
static void one_that_takes_long_is_not_written_over(void **state)
{
    struct queue *queue = queue_new(2);

    (void)state;
    push(queue, 7);
    struct waiting *slow = queue_take(queue);
    for (int i = 0; i < 10; i++)
        if (push(queue, i))
            queue_done(queue_take(queue));
    assert_int_equal(7, number_of(slow));
    queue_done(slow);
    assert_true(push(queue, 8));
    assert_int_equal(8, number_of(queue_take(queue)));
    queue_free(&queue);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_came_first_goes_first),
        cmocka_unit_test(a_full_queue_takes_nothing_and_leaves_the_envelope),
        cmocka_unit_test(what_was_taken_stays_until_it_is_done),
        cmocka_unit_test(it_goes_round_for_ever),
        cmocka_unit_test(one_that_takes_long_is_not_written_over),
    };
    return cmocka_run_group_tests_name("queue", tests, NULL, NULL);
}
