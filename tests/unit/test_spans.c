/* SPDX-License-Identifier: Apache-2.0 */
/* A collector that is not known, or does not answer, holds up neither the start nor the end. The
 * resolver is this file's getaddrinfo. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/base/monotonic.h"
#include "common/spans/spans.h"

#include <netdb.h>
#include <netinet/in.h>
#include <sched.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MANY = 4096 /* the queue is full */, LATE_MS = 5000 };

/* ---- the resolver */

static enum { FAILS, HANGS, FINDS } resolver;
static _Atomic int n_asked;
static sem_t go_on;
static int listener;

int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints,
                struct addrinfo **found)
{
    (void)hints;
    assert_string_equal("collector", name);
    assert_string_equal("4318", service);
    atomic_fetch_add(&n_asked, 1);
    if (resolver == HANGS)
        sem_wait(&go_on);
    if (resolver != FINDS)
        return EAI_AGAIN;
    *found = calloc(1, sizeof **found + sizeof(struct sockaddr_in));
    (*found)->ai_addr = (struct sockaddr *)(void *)(*found + 1);
    (*found)->ai_addrlen = sizeof(struct sockaddr_in);
    return getsockname(listener, (*found)->ai_addr, &(*found)->ai_addrlen) == 0 ? 0 : EAI_AGAIN;
}

void freeaddrinfo(struct addrinfo *found)
{
    free(found);
}

/* ---- what a service does */

static enum status open_spans(const char *url, struct spans **spans)
{
    static const struct setting *const tables[] = {common_settings, NULL};
    static struct arena *arena;
    if (arena == NULL)
        arena = arena_new(1 << 20);
    struct config *config = config_defaults(tables, arena);
    config_set(config, "otlp_url", url);
    return spans_open(spans, config, "intake");
}

static void add(struct spans *spans, int n)
{
    const struct span span = {.trace = trace_new(), .name = "intake.Submit"};
    for (int i = 0; i < n; i++)
        spans_add(spans, &span);
}

static void begin(int resolves)
{
    resolver = resolves;
    atomic_store(&n_asked, 0);
}

static void await_asked(int n)
{
    while (atomic_load(&n_asked) < n)
        sched_yield();
}

/* ---- */

static void a_url_that_is_none_is_refused_at_once(void **state)
{
    static const char *const urls[] = {
        "collector:4318",        "https://collector:4318",   "http://",
        "http:///v1/traces",     "http://:4318/v1/traces",   "http://collector:/v1/traces",
        "http://collector:x/v1", "http://collector:99999/v1"};
    struct spans *spans;
    (void)state;
    begin(FINDS);
    for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++)
        assert_int_equal(STATUS_INVALID, open_spans(urls[i], &spans));
    assert_int_equal(0, atomic_load(&n_asked));
}

static void a_collector_that_is_not_known_is_looked_up_again(void **state)
{
    struct spans *spans;
    (void)state;
    begin(FAILS);
    assert_int_equal(STATUS_OK, open_spans("http://collector:4318/v1/traces", &spans));
    for (int n = 1; n <= 2; n++) {
        add(spans, MANY / 2);
        await_asked(n);
        while (spans_count(spans).dropped < n * MANY / 2)
            sched_yield();
    }
    assert_int_equal(0, spans_count(spans).sent);
    spans_close(&spans);
    assert_null(spans);
}

static void a_resolver_that_hangs_holds_up_neither_start_nor_end(void **state)
{
    struct spans *spans;
    (void)state;
    begin(HANGS);
    assert_int_equal(STATUS_OK, open_spans("http://collector:4318/v1/traces", &spans));
    add(spans, MANY / 2);
    await_asked(1);
    spans_close(&spans);
    assert_null(spans);
    sem_post(&go_on);
}

/* It has its connections queue, and reads none. */
static void a_collector_that_does_not_answer_has_one_second_at_the_end(void **state)
{
    struct spans *spans;
    (void)state;
    begin(FINDS);
    listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(0, listen(listener, 64));
    assert_int_equal(STATUS_OK, open_spans("http://collector:4318/v1/traces", &spans));
    add(spans, MANY);
    await_asked(1);
    add(spans, MANY);
    int64_t began_ms = monotonic_ms();
    spans_close(&spans);
    assert_in_range(monotonic_ms() - began_ms, 0, LATE_MS);
    close(listener);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_url_that_is_none_is_refused_at_once),
        cmocka_unit_test(a_collector_that_is_not_known_is_looked_up_again),
        cmocka_unit_test(a_collector_that_does_not_answer_has_one_second_at_the_end),
        cmocka_unit_test(a_resolver_that_hangs_holds_up_neither_start_nor_end),
    };
    sem_init(&go_on, 0, 0);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
