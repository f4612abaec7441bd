/* SPDX-License-Identifier: Apache-2.0 */
/* A burst is answered completely. What exceeds a service's queue, or is late, is refused before any
 * work begins. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/desk.h"
#include "tests/system/line.h"
#include "tests/system/running.h"

#include <string.h>

#include "common/wire/message.h"

static Onedoor__Intake__Check some_check(void)
{
    Onedoor__Intake__Check check = ONEDOOR__INTAKE__CHECK__INIT;
    check.case_number = desk_no_case(1);
    return check;
}

/* A lock on the table of command keys holds a batch up while it is saved. */
static void hold_up(PGconn *conn)
{
    hall_do(conn, "begin");
    hall_do(conn, "lock table intake.command in share mode");
}

static void let_go(PGconn *conn)
{
    hall_do(conn, "commit");
}

static void await_held_up(void)
{
    hall_await_number(admin,
                      "select count(*) from pg_locks where not granted "
                      "and relation = 'intake.command'::regclass and mode = 'RowExclusiveLock'",
                      1);
}

static void with_settings(const char *lines)
{
    hall_settings(&hall, lines);
    hall_restart(&hall, "intake");
}

/* Count the next replies by code. */
static void count_replies(struct line *line, int n, int codes[16])
{
    for (int i = 0; i < n; i++)
        codes[line_reply(line)->code]++;
}

static void beyond_the_queue_callers_are_told_busy(void **state)
{
    enum { FLOOD = 60 };
    Onedoor__Intake__Check check = some_check();
    PGconn *conn = hall_connect(&hall, "admin");
    int codes[16] = {0};
    struct line line;

    (void)state;
    with_settings("queue_max = 1\n");
    line_open(&line, &hall, "desk", "intake", LANE_COMMAND);
    hold_up(conn);
    line_ask(&line, 1, 60000, &clerk, &check.base);
    await_held_up();
    line_ask_together(&line, 100, FLOOD, &clerk, &check.base);
    let_go(conn);
    count_replies(&line, FLOOD + 1, codes);
    assert_true(codes[ONEDOOR__CODE__RESOURCE_EXHAUSTED] > 0);
    assert_true(codes[ONEDOOR__CODE__NOT_FOUND] >= 2); /* the first, and those that had room */
    assert_int_equal(FLOOD + 1,
                     codes[ONEDOOR__CODE__RESOURCE_EXHAUSTED] + codes[ONEDOOR__CODE__NOT_FOUND]);
    line_close(&line);
    PQfinish(conn);
    with_settings("");
}

/* One command a batch. While the second batch is held up, what waits behind it runs out of time. */
static bool last_in_line_is_late(void)
{
    Onedoor__Intake__Check check = some_check();
    PGconn *first = hall_connect(&hall, "admin"), *second = hall_connect(&hall, "admin");
    struct line line;
    line_open(&line, &hall, "desk", "intake", LANE_COMMAND);
    hold_up(first);
    unsigned char id =
        (unsigned char)(hall_number(admin, "select count(*) from intake.command") % 200);
    line_ask(&line, (unsigned char)(id + 1), 60000, &clerk, &check.base);
    await_held_up();
    line_ask(&line, (unsigned char)(id + 2), 60000, &clerk, &check.base);
    line_ask(&line, (unsigned char)(id + 3), 1, &clerk, &check.base);
    hall_do(second, "begin");
    assert_int_equal(1, PQsendQuery(second, "lock table intake.command in share mode"));
    hall_await_number(admin,
                      "select count(*) from pg_locks where not granted and mode = 'ShareLock'", 1);
    let_go(first);
    for (PGresult *locked; (locked = PQgetResult(second)) != NULL;)
        PQclear(locked);
    await_held_up();
    assert_int_equal(ONEDOOR__REASON__UNKNOWN_CASE, line_reply(&line)->reason);
    assert_null(line_hear(&line, 5).data); /* time goes by */
    let_go(second);
    bool late = line_reply(&line)->reason == ONEDOOR__REASON__LATE;
    late |= line_reply(&line)->reason == ONEDOOR__REASON__LATE;
    line_close(&line);
    PQfinish(first);
    PQfinish(second);
    return late;
}

static void work_whose_time_is_up_is_not_begun(void **state)
{
    (void)state;
    with_settings("batch_max = 1\n");
    struct retry retry = retry_begin();
    while (!last_in_line_is_late())
        retry_or_fail(&retry, "nothing was late");
    with_settings("");
}

/* ---- many at once */

/* The answer to one request of a burst. */
struct told {
    int times;
    enum answer_kind kind;
    Onedoor__Reason reason;
    char field[40];
    size_t n_windows; /* of the item that was asked for */
};

static void keep(void *context, const struct answer *answer)
{
    struct told *told = context;
    const Onedoor__Intake__GetGuideReply *guide = answer->message;
    told->times++;
    told->kind = answer->kind;
    told->reason = answer->reason;
    assert_true(strlen(answer->field) < sizeof told->field);
    strcpy(told->field, answer->field);
    if (answer->packed.data != NULL)
        guide =
            message_unpack(&onedoor__intake__get_guide_reply__descriptor, answer->packed, arena);
    told->n_windows = guide == NULL ? 0 : guide->n_windows;
}

/* Small and large requests on two lanes, more than a frame holds by number and by size: each gets
 * its own answer, once. */
static void each_request_of_a_burst_gets_its_own_answer_once(void **state)
{
    enum { BURST = 280, SUMMARY = 30000 };
    static char summary[SUMMARY + 1];
    static struct told told[BURST];
    Onedoor__Intake__Check check = some_check();
    Onedoor__Intake__GetGuide guide = ONEDOOR__INTAKE__GET_GUIDE__INIT;
    Onedoor__Intake__Submit *submit = desk_application(client, "FPC-02", arena);
    const struct {
        enum lane lane;
        const ProtobufCMessage *message;
        bool packed;
        Onedoor__Reason refused;
        const char *field;
    } sorts[] = {
        {LANE_COMMAND, &check.base, false, ONEDOOR__REASON__UNKNOWN_CASE, ""},
        {LANE_COMMAND, &submit->base, false, ONEDOOR__REASON__FIELD_INVALID, "summary"},
        {LANE_QUERY, &guide.base, false, ONEDOOR__REASON__REASON_UNSPECIFIED, ""},
        {LANE_QUERY, &guide.base, true, ONEDOOR__REASON__REASON_UNSPECIFIED, ""},
    };

    (void)state;
    guide.item = "CUL-01";
    memset(summary, 'x', SUMMARY);
    submit->summary = summary;
    for (int i = 0; i < BURST; i++)
        client_ask(client, &(struct ask){.lane = sorts[i % 4].lane,
                                         .message = sorts[i % 4].message,
                                         .reply = &onedoor__intake__get_guide_reply__descriptor,
                                         .packed = sorts[i % 4].packed,
                                         .actor = clerk,
                                         .timeout_ms = 60000,
                                         .done = keep,
                                         .context = &told[i]});
    while (client_outstanding(client) > 0)
        client_turn(client, 1000);
    for (int i = 0; i < BURST; i++) {
        bool ok = told[i].kind == ANSWER_OK, has_guide = told[i].n_windows > 0;
        assert_int_equal(1, told[i].times);
        assert_int_equal(sorts[i % 4].refused, told[i].reason);
        assert_string_equal(sorts[i % 4].field, told[i].field);
        assert_int_equal(sorts[i % 4].lane == LANE_QUERY, ok);
        assert_int_equal(ok, has_guide);
    }
}

/* The requests of one frame get their replies in one frame when they are answered at once. */
static void what_is_asked_in_one_frame_is_answered_in_one(void **state)
{
    enum { ENVELOPES = 5 };
    Onedoor__Health health = ONEDOOR__HEALTH__INIT;
    struct line line;

    (void)state;
    line_open(&line, &hall, "desk", "intake", LANE_JOURNAL);
    line_ask_together(&line, 1, ENVELOPES, &clerk, &health.base);
    for (int i = 1; i <= ENVELOPES; i++) {
        assert_int_equal(i, line_reply(&line)->id.data[0]);
        bool further = line.heard.len > 0;
        assert_int_equal(i < ENVELOPES, further);
    }
    line_close(&line);
}

/* Two are taken a turn, and none of them is work. The rest must not wait for another frame or for
 * the service's idle timeout, with which the test would exceed its time limit. */
static void a_frame_is_read_on_without_waiting_for_another(void **state)
{
    enum { ENVELOPES = 2000 };
    static unsigned char frame[ENVELOPES * 2];
    struct line line;

    (void)state;
    for (int i = 0; i < ENVELOPES; i++)
        memcpy(frame + (ptrdiff_t)2 * i, "\x01\xff", 2); /* a byte that is no envelope */
    with_settings("batch_max = 1\n");
    line_open(&line, &hall, "desk", "intake", LANE_COMMAND);
    line_say_frame(&line, (struct bytes){frame, sizeof frame}, 0);
    for (int i = 0; i < ENVELOPES; i++)
        assert_int_equal(ONEDOOR__REASON__MALFORMED, line_reply(&line)->reason);
    line_close(&line);
    with_settings("");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_request_of_a_burst_gets_its_own_answer_once),
        cmocka_unit_test(what_is_asked_in_one_frame_is_answered_in_one),
        cmocka_unit_test(a_frame_is_read_on_without_waiting_for_another),
        cmocka_unit_test(beyond_the_queue_callers_are_told_busy),
        cmocka_unit_test(work_whose_time_is_up_is_not_begun),
    };
    return cmocka_run_group_tests_name("pressure", tests, running_open, running_close);
}
