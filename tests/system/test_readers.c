/* SPDX-License-Identifier: Apache-2.0 */
/* Queries of a running hall that take long: they hold up no light ones, end with their time, are
 * read once however often they are asked, and leave nothing behind. A lock on the dossiers is what
 * makes a search slow. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "onedoor/reporting.pb-c.h"
#include "tests/system/desk.h"
#include "tests/system/running.h"

#include <string.h>

enum { ABANDONED = 12 };

#define SEARCHING                                                                                  \
    "from pg_stat_activity where application_name = 'reporting' and state = 'active'"              \
    " and query like '%from dossier%'"

static const struct actor supervisor = {"sup", ONEDOOR__ROLE__SUPERVISOR, "", 0};

static PGconn *holder;

static int open_hall(void **state)
{
    (void)state;
    hall_make(&hall);
    hall_settings(&hall, "readers_heavy = 3\n");
    hall_start(&hall, NULL);
    running_connect();
    holder = hall_connect(&hall, "admin");
    return 0;
}

static int close_hall(void **state)
{
    (void)state;
    PQfinish(holder);
    running_disconnect();
    hall_destroy(&hall);
    return 0;
}

static int lock(void **state)
{
    (void)state;
    hall_do(holder, "begin; lock table reporting.dossier in access exclusive mode");
    return 0;
}

static int unlock(void **state)
{
    (void)state;
    hall_do(holder, "rollback");
    return 0;
}

static void note(void *context, const struct answer *answer)
{
    *(enum answer_kind *)context = answer->kind;
}

/* `id` null: a new one. *kind is set by the answer. What stands in approval is looked for in the
 * dossiers at once, whatever the rollups say of other cases. */
static void search(struct client *from, const unsigned char *id, int timeout_ms,
                   enum answer_kind *kind)
{
    Onedoor__Reporting__Search ask = ONEDOOR__REPORTING__SEARCH__INIT;
    ask.limit = 10;
    ask.state = "in approval";
    struct ask request = {.lane = LANE_QUERY,
                          .message = &ask.base,
                          .reply = &onedoor__reporting__search_reply__descriptor,
                          .actor = supervisor,
                          .timeout_ms = timeout_ms,
                          .done = note,
                          .context = kind};
    if (id != NULL)
        memcpy(request.id, id, sizeof request.id);
    client_ask(from, &request);
}

/* A light query, which reads no dossier. */
static void ask_usual(struct client *from)
{
    Onedoor__Reporting__ListUsual usual = ONEDOOR__REPORTING__LIST_USUAL__INIT;
    const struct ask ask = {.lane = LANE_QUERY,
                            .message = &usual.base,
                            .reply = &onedoor__reporting__list_usual_reply__descriptor,
                            .actor = public,
                            .timeout_ms = 20000};
    assert_int_equal(ANSWER_OK, client_call(from, &ask, arena).kind);
}

/* Until so many are being read. */
static void await_searching(struct client *from, int64_t n)
{
    struct retry retry = retry_begin();
    while (hall_number(admin, "select count(*) " SEARCHING) < n) {
        client_turn(from, 20);
        retry_or_fail(&retry, "the searches do not come");
    }
}

static void wait_for(struct client *from)
{
    while (client_outstanding(from) > 0)
        client_turn(from, 1000);
}

static void a_slow_search_holds_up_no_light_query_and_ends_with_its_time(void **state)
{
    enum answer_kind kind = ANSWER_OK;
    (void)state;
    for (int i = 0; i < 5; i++) /* more than there are heavy readers */
        search(client, NULL, 20000, &kind);
    await_searching(client, 3);
    struct client *other = hall_client(&hall, "desk");
    ask_usual(other);
    assert_int_equal(3, hall_number(admin, "select count(*) " SEARCHING));
    client_free(&other);
    wait_for(client);
    assert_int_not_equal(ANSWER_OK, kind);
    hall_await_number(admin, "select 1 - count(*) " SEARCHING, 1);
}

static void a_dozen_abandoned_searches_leave_nothing_behind(void **state)
{
    enum answer_kind kind;
    (void)state;
    struct client *gone = hall_client(&hall, "desk");
    for (int i = 0; i < ABANDONED; i++)
        search(gone, NULL, 10000, &kind);
    await_searching(gone, 3);
    client_free(&gone);
    hall_await_number(admin, "select 1 - count(*) " SEARCHING, 1);
    unlock(NULL);
    search(client, NULL, 20000, &kind);
    wait_for(client);
    assert_int_equal(ANSWER_OK, kind);
    lock(NULL);
}

static void what_is_asked_again_is_read_once_and_answered_to_both(void **state)
{
    static const unsigned char id[16] = "the same search";
    enum answer_kind kinds[2] = {ANSWER_UNKNOWN, ANSWER_UNKNOWN};
    (void)state;
    struct client *again = hall_client(&hall, "desk");
    search(client, id, 20000, &kinds[0]);
    await_searching(client, 1);
    search(again, id, 20000, &kinds[1]);
    ask_usual(again); /* by then the one before has arrived too */
    assert_int_equal(1, hall_number(admin, "select count(*) " SEARCHING));
    unlock(NULL);
    wait_for(client);
    wait_for(again);
    client_free(&again);
    assert_int_equal(ANSWER_OK, kinds[0]);
    assert_int_equal(ANSWER_OK, kinds[1]);
    lock(NULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, lock, unlock)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_slow_search_holds_up_no_light_query_and_ends_with_its_time),
        TEST(a_dozen_abandoned_searches_leave_nothing_behind),
        TEST(what_is_asked_again_is_read_once_and_answered_to_both),
    };
    return cmocka_run_group_tests_name("readers", tests, open_hall, close_hall);
}
