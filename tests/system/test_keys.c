/* SPDX-License-Identifier: Apache-2.0 */
/* RULE H21: a key is judged by the list of peers as it is now, at every message, whatever
 * connections it holds; and a key speaks for those alone whom its line names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/desk.h"
#include "tests/system/line.h"
#include "tests/system/listed.h"
#include "tests/system/running.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/monotonic.h"
#include "common/wire/message.h"

enum { SOON_MS = 1000, LINE_BYTES = 512 }; /* SOON_MS: an edited list holds by then */

static const enum lane lanes[] = {LANE_COMMAND, LANE_QUERY, LANE_JOURNAL};
static const struct actor keeper = {"operator", ONEDOOR__ROLE__ADMINISTRATOR, "", 0};

/* Something that every lane answers, if only with a refusal. */
static void ask(struct line *line, unsigned char id, const struct actor *actor)
{
    Onedoor__Health health = ONEDOOR__HEALTH__INIT;
    line_ask(line, id, 120000, actor, &health.base);
}

static void await_soon(void)
{
    int64_t until_ms = monotonic_ms() + SOON_MS;
    for (int64_t left_ms; (left_ms = until_ms - monotonic_ms()) > 0;)
        poll(NULL, 0, (int)left_ms);
}

/* The services have read the list again, too. */
static void put_back(const char *list)
{
    listed_put(list);
    await_soon();
}

/* What came after the line's message on the same lane is answered, and the line is not. */
static void assert_unanswered(struct line *line, enum lane lane)
{
    struct line other;
    line_open(&other, &hall, "operator", "intake", lane);
    ask(&other, 1, &keeper);
    line_reply(&other);
    ask(&other, 2, &keeper);
    line_reply(&other);
    assert_null(line_hear(line, 50).data);
    line_close(&other);
}

/* A line of the list. The key is no program's. */
static const char *a_line(const char *name, const char *key, const char *rest)
{
    static char line[LINE_BYTES];
    snprintf(line, sizeof line, "%s %s %s", name, key, rest);
    return line;
}

#define DESK_RIGHTS "roles=any departments=any actors=any journals=any"

static void a_replaced_key_is_answered_no_more_on_any_lane(void **state)
{
    struct line open[3];
    char new_key[41], secret_key[41];

    (void)state;
    assert_int_equal(0, zmq_curve_keypair(new_key, secret_key));
    for (size_t i = 0; i < 3; i++) {
        line_open(&open[i], &hall, "gateway", "intake", lanes[i]);
        ask(&open[i], 1, &clerk);
        line_reply(&open[i]);
    }
    const char *before =
        listed_change("gateway", a_line("gateway", new_key, "desk - " DESK_RIGHTS));
    await_soon();
    for (size_t i = 0; i < 3; i++) {
        ask(&open[i], 2, &clerk);
        assert_unanswered(&open[i], lanes[i]);
    }
    put_back(before);
    for (size_t i = 0; i < 3; i++) {
        ask(&open[i], 3, &clerk);
        assert_int_equal(3, line_reply(&open[i])->id.data[0]);
        line_close(&open[i]);
    }
}

/* ---- journals */

static void ask_fetch(struct line *line, const char *journal, int64_t from_seq,
                      ProtobufCBinaryData from_hash)
{
    static unsigned char id;
    Onedoor__Fetch fetch = ONEDOOR__FETCH__INIT;
    fetch.stream = (char *)journal;
    fetch.epoch = 1;
    fetch.from_seq = from_seq;
    fetch.from_hash = from_hash;
    fetch.max_events = 1;
    fetch.max_bytes = 4096;
    fetch.wait_ms = 30000;
    line_ask(line, ++id, 120000, &clerk, &fetch.base);
}

static const Onedoor__FetchReply *page_of(const Onedoor__Reply *reply)
{
    assert_int_equal(ONEDOOR__CODE__OK, reply->code);
    const Onedoor__FetchReply *page =
        message_unpack(&onedoor__fetch_reply__descriptor,
                       (struct bytes){reply->body.data, reply->body.len}, arena);
    assert_non_null(page);
    return page;
}

/* Asks for the event after the last one, which the service holds until there is one. */
static void ask_for_the_next_event(struct line *line)
{
    const ProtobufCBinaryData none = {0, NULL};
    desk_submit(client, "FPC-02", arena);
    ask_fetch(line, "intake", -1, none);
    const Onedoor__FetchReply *place = page_of(line_reply(line));
    ask_fetch(line, "intake", place->from_seq, place->from_hash);
    const Onedoor__FetchReply *page = page_of(line_reply(line));
    assert_int_equal(1, page->n_events);
    ask_fetch(line, "intake", page->events[0]->seq, page->events[0]->hash);
}

/* It was on the list when it asked. What happens once it is not, it does not hear. */
static void a_held_request_of_a_removed_key_is_not_answered(void **state)
{
    struct line line;

    (void)state;
    line_open(&line, &hall, "gateway", "intake", LANE_JOURNAL);
    ask_for_the_next_event(&line);
    const char *before = listed_change("gateway", NULL);
    await_soon();
    desk_submit(client, "FPC-02", arena);
    assert_unanswered(&line, LANE_JOURNAL);
    put_back(before);
    line_close(&line);
}

/* ---- the file */

static void a_line_with_a_malformed_last_day_lets_nobody_in(void **state)
{
    static const char *const days[] = {"2099-02-30", "2099-1-1", "never", "99999", "2020-01-01"};
    struct line line;

    (void)state;
    line_open(&line, &hall, "gateway", "intake", LANE_JOURNAL);
    ask(&line, 1, &clerk);
    line_reply(&line);
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        char rest[60];
        snprintf(rest, sizeof rest, "desk %s " DESK_RIGHTS, days[i]);
        const char *before =
            listed_change("gateway", a_line("gateway", listed_key("gateway"), rest));
        await_soon();
        ask(&line, 2, &clerk);
        assert_unanswered(&line, LANE_JOURNAL);
        put_back(before);
    }
    hall_await_log(&hall, "intake", "lets nobody in: its last day is neither a date");
    line_close(&line);
}

/* Asks again and again until intake's log holds the text: it reads the list when it is asked. */
static void ask_until_logged(struct line *line, const char *text)
{
    struct retry retry = retry_begin();
    while (hall_count_log(&hall, "intake", text) == 0) {
        ask(line, 9, &clerk);
        retry_or_fail(&retry, text);
    }
}

/* What was asked so far is out of the way. */
static void assert_answered(struct line *line, unsigned char id)
{
    ask(line, id, &clerk);
    while (line_reply(line)->id.data[0] != id)
        ;
}

static void a_list_that_is_away_shuts_nobody_out(void **state)
{
    struct line line;

    (void)state;
    line_open(&line, &hall, "gateway", "intake", LANE_JOURNAL);
    assert_answered(&line, 1);
    listed_hide();
    ask_until_logged(&line, "peers.away");
    assert_answered(&line, 2);
    listed_show();
    ask_until_logged(&line, "peers.back");
    const char *before = listed_change("gateway", NULL);
    listed_put("gateway half a li");
    await_soon();
    assert_answered(&line, 3);
    put_back(before);
    line_close(&line);
}

static void a_list_that_stays_away_lets_nobody_in(void **state)
{
    struct line line;

    (void)state;
    hall_settings(&hall, "peers_kept_ms = 0\n");
    hall_restart(&hall, "intake");
    line_open(&line, &hall, "gateway", "intake", LANE_JOURNAL);
    assert_answered(&line, 1);
    listed_hide();
    ask_until_logged(&line, "peers.shut");
    listed_show();
    struct retry retry = retry_begin();
    do {
        ask(&line, 2, &clerk);
        retry_or_fail(&retry, "the list is there again");
    } while (line_hear(&line, 100).data == NULL);
    line_close(&line);
    hall_settings(&hall, "");
    hall_restart(&hall, "intake");
}

/* ---- whom a key speaks for */

static const Onedoor__Reply *ask_guide(struct line *line, const struct actor *actor)
{
    Onedoor__Intake__GetGuide guide = ONEDOOR__INTAKE__GET_GUIDE__INIT;
    guide.item = "FPC-02";
    line_ask(line, 1, 120000, actor, &guide.base);
    return line_reply(line);
}

static void a_desk_speaks_for_those_alone_whom_its_line_names(void **state)
{
    const struct {
        struct actor actor;
        Onedoor__Code code;
    } cases[] = {
        {{"d30", ONEDOOR__ROLE__WINDOW_CLERK, "STA", 30}, ONEDOOR__CODE__OK},
        {{"d31", ONEDOOR__ROLE__WINDOW_CLERK, "STA", 30}, ONEDOOR__CODE__PERMISSION_DENIED},
        {{"d30", ONEDOOR__ROLE__WINDOW_CLERK, "CUL", 30}, ONEDOOR__CODE__PERMISSION_DENIED},
        {{"d30", ONEDOOR__ROLE__WINDOW_CLERK, "", 30}, ONEDOOR__CODE__PERMISSION_DENIED},
        {{"d30", ONEDOOR__ROLE__APPROVER, "STA", 30}, ONEDOOR__CODE__PERMISSION_DENIED},
    };
    struct line line;

    (void)state;
    const char *before =
        listed_change("gateway", a_line("gateway", listed_key("gateway"),
                                        "desk - roles=window_clerk departments=STA actors=d30"));
    await_soon();
    line_open(&line, &hall, "gateway", "intake", LANE_QUERY);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(cases[i].code, ask_guide(&line, &cases[i].actor)->code);
    line_close(&line);
    line_open(&line, &hall, "gateway", "intake", LANE_COMMAND);
    assert_int_equal(ONEDOOR__CODE__UNIMPLEMENTED, ask_guide(&line, &cases[0].actor)->code);
    assert_int_equal(ONEDOOR__CODE__PERMISSION_DENIED, ask_guide(&line, &cases[1].actor)->code);
    line_close(&line);
    put_back(before);
}

static void a_key_follows_the_journals_of_its_line_alone(void **state)
{
    const struct {
        const char *key, *journal;
        Onedoor__Code code;
    } cases[] = {
        {"supervision", "intake", ONEDOOR__CODE__OK},
        {"supervision", "routing", ONEDOOR__CODE__OK},
        {"supervision", "charging", ONEDOOR__CODE__PERMISSION_DENIED},
        {"charging", "routing", ONEDOOR__CODE__PERMISSION_DENIED},
        {"gateway", "routing", ONEDOOR__CODE__OK},
        {"gateway", "reporting", ONEDOOR__CODE__PERMISSION_DENIED},
        {"operator", "intake", ONEDOOR__CODE__PERMISSION_DENIED},
    };
    struct line line;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        line_open(&line, &hall, cases[i].key, cases[i].journal, LANE_JOURNAL);
        ask_fetch(&line, cases[i].journal, -1, (ProtobufCBinaryData){0, NULL});
        assert_int_equal(cases[i].code, line_reply(&line)->code);
        line_close(&line);
    }
}

/* ---- what onedoor-keys makes of the list */

static int keys(const char *arguments)
{
    char command[400], said[1000];
    snprintf(command, sizeof command, "'%s/onedoor-keys' %s 2>&1", getenv("ONEDOOR_BIN"),
             arguments);
    return hall_command(command, said, sizeof said);
}

static int keys_of_hall(const char *step, const char *names)
{
    char arguments[200];
    snprintf(arguments, sizeof arguments, "%s %s %s", step, hall.home, names);
    return keys(arguments);
}

/* As a start of the hall does. */
static void what_was_struck_off_does_not_come_back_by_itself(void **state)
{
    char other[41], secret[41];

    (void)state;
    const char *before = listed_change("desk", NULL);
    assert_int_equal(0, keys_of_hall("", "intake gateway operator desk"));
    assert_null(strstr(listed_now(), "\ndesk "));
    put_back(before);
    assert_int_equal(0, zmq_curve_keypair(other, secret)); /* of a program elsewhere */
    listed_change("desk", a_line("desk", other, "desk - roles=public"));
    assert_int_equal(0, keys_of_hall("", "intake gateway operator desk"));
    assert_string_equal(other, listed_key("desk"));
    put_back(before);
}

static void a_key_is_added_renewed_and_removed(void **state)
{
    char first[41];

    (void)state;
    assert_int_equal(0, keys_of_hall("--do=add", "window7"));
    strcpy(first, listed_key("window7"));
    assert_int_equal(1, keys_of_hall("--do=add", "window7"));
    listed_change("window7", a_line("window7", first, "desk - roles=cashier"));
    assert_int_equal(0, keys_of_hall("--do=renew", "window7"));
    assert_non_null(strstr(listed_now(), " desk - roles=cashier\n"));
    assert_string_not_equal(first, listed_key("window7"));
    assert_int_equal(0, keys_of_hall("--do=remove", "window7"));
    assert_null(strstr(listed_now(), "window7"));
    assert_int_equal(1, keys_of_hall("--do=renew", "window7"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_replaced_key_is_answered_no_more_on_any_lane),
        cmocka_unit_test(a_held_request_of_a_removed_key_is_not_answered),
        cmocka_unit_test(a_line_with_a_malformed_last_day_lets_nobody_in),
        cmocka_unit_test(a_list_that_is_away_shuts_nobody_out),
        cmocka_unit_test(a_list_that_stays_away_lets_nobody_in),
        cmocka_unit_test(a_desk_speaks_for_those_alone_whom_its_line_names),
        cmocka_unit_test(a_key_follows_the_journals_of_its_line_alone),
        cmocka_unit_test(what_was_struck_off_does_not_come_back_by_itself),
        cmocka_unit_test(a_key_is_added_renewed_and_removed),
    };
    return cmocka_run_group_tests_name("keys", tests, running_open, running_close);
}
