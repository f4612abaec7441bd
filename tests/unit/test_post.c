/* SPDX-License-Identifier: Apache-2.0 */
/* Where spans are sent: hosts by name and by address. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <netinet/in.h>

#include "common/spans/post.h"

static const struct {
    const char *url, *host, *name, *port, *path;
} addresses[] = {
    {"http://collector:4318/v1/traces", "collector:4318", "collector", "4318", "/v1/traces"},
    {"http://collector", "collector", "collector", "80", "/"},
    {"http://127.0.0.1:4318", "127.0.0.1:4318", "127.0.0.1", "4318", "/"},
    {"http://[::1]:4318/v1/traces", "[::1]:4318", "::1", "4318", "/v1/traces"},
    {"http://[2001:db8::7]", "[2001:db8::7]", "2001:db8::7", "80", "/"},
};

static void a_host_is_a_name_or_an_address(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++) {
        struct post post;
        assert_null(post_open(&post, addresses[i].url));
        assert_string_equal(addresses[i].host, post.host);
        assert_string_equal(addresses[i].name, post.name);
        assert_string_equal(addresses[i].port, post.port);
        assert_string_equal(addresses[i].path, post.path);
    }
}

static void what_is_no_host_is_refused(void **state)
{
    static const char *const urls[] = {
        "collector:4318",        "https://collector", "http://",        "http://:4318",
        "http://collector:",     "http://[::1",       "http://[]:4318", "http://[::1]4318",
        "http://[::1]:",         "http://::1",        "http://host:1a", "http://host:65536",
        "http://[::1]:4318:4318"};

    (void)state;
    for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) {
        struct post post;
        if (post_open(&post, urls[i]) == NULL)
            fail_msg("%s", urls[i]);
    }
}

static void an_address_in_brackets_is_found(void **state)
{
    struct post post;

    (void)state;
    assert_null(post_open(&post, "http://[::1]:4318"));
    assert_null(post_look_up(&post));
    assert_int_equal(AF_INET6, post.address.ss_family);
    assert_int_equal(4318, ntohs(((struct sockaddr_in6 *)(void *)&post.address)->sin6_port));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_host_is_a_name_or_an_address),
        cmocka_unit_test(what_is_no_host_is_refused),
        cmocka_unit_test(an_address_in_brackets_is_found),
    };
    return cmocka_run_group_tests_name("post", tests, NULL, NULL);
}
