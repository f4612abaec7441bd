/* SPDX-License-Identifier: Apache-2.0 */
/* An exchange is answered once and goes no other way than its states allow; who answers, and when,
 * makes no difference to that. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "services/gateway/http/exchange.h"
#include "services/gateway/http/request.h"
#include "tests/unit/dies.h"

static const struct request request = {.method = "GET", .path = "/"};
static struct exchanges all;
static struct exchange exchange;

/* In this state, with the memory of its own that an answer needs. */
static void set_up(enum exchange_state state)
{
    arena_free(&exchange.arena);
    exchange = (struct exchange){
        .all = &all, .request = &request, .state = state, .arena = arena_new_small(1 << 20)};
}

static void clear_away(void)
{
    free(exchange.owned);
    arena_free(&exchange.arena);
}

static void respond(void)
{
    exchange_answer(&exchange, 200, "application/json", strdup("{}"), 2);
}

static void leave(void)
{
    exchange_leave(&exchange);
}

static void what_a_state_does_not_allow_is_a_bug(void **state)
{
    static const struct {
        enum exchange_state state;
        void (*bug)(void);
    } cases[] = {
        {EXCHANGE_LEFT, leave},
        {EXCHANGE_ANSWERED, respond},
        {EXCHANGE_OVER, respond},
        {EXCHANGE_OVER, leave},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        set_up(cases[i].state);
        if (!dies(cases[i].bug))
            fail_msg("case %zu goes on", i);
    }
    clear_away();
}

static void answer_at_once(void *context, struct exchange *asked, const char *method,
                           const char *path)
{
    (void)context;
    (void)method;
    (void)path;
    exchange_answer(asked, 200, "application/json", strdup("{}"), 2);
}

static void answer_later(void *context, struct exchange *asked, const char *method,
                         const char *path)
{
    (void)asked;
    (void)method;
    (void)path;
    ++*(int *)context;
}

static void a_handler_answers_at_once_or_later(void **state)
{
    int handed_over = 0;
    const struct exchange_handler at_once = {.handle = answer_at_once};
    const struct exchange_handler later = {.handle = answer_later, .context = &handed_over};
    (void)state;
    all = (struct exchanges){.handler = &at_once};
    set_up(EXCHANGE_READING);
    exchange_hand_over(&exchange);
    assert_int_equal(EXCHANGE_ANSWERED, exchange.state);
    assert_int_equal(0, all.n_waiting);
    clear_away();

    all.handler = &later;
    set_up(EXCHANGE_READING);
    exchange_hand_over(&exchange);
    assert_int_equal(1, handed_over);
    assert_int_equal(EXCHANGE_WAITING, exchange.state);
    assert_int_equal(1, all.n_waiting);
    respond();
    assert_int_equal(EXCHANGE_ANSWERED, exchange.state);
    assert_int_equal(0, all.n_waiting);
    assert_true(LIST_EMPTY(&all.waiting));
    clear_away();
}

/* Its memory is needed until whoever answers has done so. */
static void an_exchange_lives_until_its_answer_when_its_client_has_left(void **state)
{
    int handed_over = 0;
    const struct exchange_handler later = {.handle = answer_later, .context = &handed_over};
    struct exchange *left = calloc(1, sizeof *left);
    (void)state;
    all = (struct exchanges){.handler = &later};
    *left = (struct exchange){.all = &all,
                              .request = &request,
                              .state = EXCHANGE_READING,
                              .arena = arena_new_small(1 << 20)};
    exchange_hand_over(left);
    exchange_leave(left);
    assert_int_equal(EXCHANGE_LEFT, left->state);
    assert_null(exchange_header(left, "Host"));
    exchange_answer(left, 200, "application/json", strdup("{}"), 2);
    assert_int_equal(EXCHANGE_OVER, left->state);
    exchanges_sweep(&all);
    assert_true(LIST_EMPTY(&all.over));
    exchanges_release(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_state_does_not_allow_is_a_bug),
        cmocka_unit_test(a_handler_answers_at_once_or_later),
        cmocka_unit_test(an_exchange_lives_until_its_answer_when_its_client_has_left),
    };
    return cmocka_run_group_tests_name("exchange", tests, NULL, NULL);
}
