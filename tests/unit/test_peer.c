/* SPDX-License-Identifier: Apache-2.0 */
/* RULE H21: what a line of the list of peers lets in, and what it does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/bus/peer.h"

#include <string.h>

#define KEY "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"

static const char long_list[] = KEY KEY KEY KEY KEY KEY KEY;

static struct peer read(const char *line)
{
    struct peer peer;
    const char *wrong = peer_read(&peer, line);
    if (wrong != NULL)
        fail_msg("%s: %s", line, wrong);
    return peer;
}

static bool vouches(const struct peer *peer, const char *id, Onedoor__Role role,
                    const char *department)
{
    return peer_vouches(peer, &(struct actor){id, role, department, 0});
}

static void a_line_is_read_word_by_word(void **state)
{
    (void)state;
    struct peer peer = read("window-7\t" KEY "  desk 2026-02-28 roles=cashier\n");
    assert_string_equal("window-7", peer.name);
    assert_string_equal(KEY, peer.public_key);
    assert_int_equal(PEER_DESK, peer.kind);
    assert_int_equal(ROLE(CASHIER), peer.roles);
    assert_int_equal(PEER_SERVICE, read("routing " KEY " service -").kind);
    assert_int_equal(PEER_OPERATOR, read("operator " KEY " operator -").kind);
}

static void a_line_that_is_not_exactly_right_is_no_peers(void **state)
{
    static const char *const lines[] = {
        "",
        "desk",
        "desk " KEY,
        "desk " KEY " desk", /* without a last day it would be valid for ever */
        "Desk " KEY " desk -",
        "a-name-of-thirty-three-characters " KEY " desk -",
        "desk " KEY "x desk -",
        "desk short desk -",
        "desk \"q:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7 desk -",
        "desk " KEY " clerk -",
        "desk " KEY " desk never",
        "desk " KEY " desk 2026-02-29",
        "desk " KEY " desk 2026-13-01",
        "desk " KEY " desk 2026-2-1",
        "desk " KEY " desk 26-02-01",
        "desk " KEY " desk 2026-02-011",
        "desk " KEY " desk 2026/02/01",
        "desk " KEY " desk +026-02-01",
        "desk " KEY " desk --",
        "desk " KEY " desk - any",
        "desk " KEY " desk - roles",
        "desk " KEY " desk - roles=",
        "desk " KEY " desk - roles=clerk",
        "desk " KEY " desk - roles=CASHIER",
        "desk " KEY " desk - roles=cashier,",
        "desk " KEY " desk - roles=role_unspecified",
        "desk " KEY " desk - roles=cashier roles=approver",
        "desk " KEY " desk - departments=",
        "desk " KEY " desk - departments=STA,,CUL",
        "desk " KEY " desk - actors=a actors=b",
        "desk " KEY " desk - Roles=cashier",
    };
    struct peer peer;

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        if (peer_read(&peer, lines[i]) == NULL)
            fail_msg("taken: %s", lines[i]);
}

static void a_line_or_a_list_that_is_too_long_is_refused(void **state)
{
    char line[2 * PEER_LINE_SIZE] = "desk " KEY " desk - actors=";
    struct peer peer;

    (void)state;
    strcat(line, long_list);
    assert_non_null(peer_read(&peer, line));
    memset(line, ' ', sizeof line - 1);
    assert_non_null(peer_read(&peer, line));
}

static void the_last_day_is_the_last(void **state)
{
    (void)state;
    struct peer peer = read("desk " KEY " desk 2026-02-28"), without = read("desk " KEY " desk -");
    assert_true(peer_is_valid(&peer, day_from_ymd(2026, 2, 28)));
    assert_false(peer_is_valid(&peer, day_from_ymd(2026, 3, 1)));
    assert_true(peer_is_valid(&without, day_from_ymd(9999, 12, 31)));
}

static void what_a_line_does_not_name_is_denied(void **state)
{
    static const char *const lines[] = {
        "desk " KEY " desk -",
        "desk " KEY " desk - roles=any",
        "desk " KEY " desk - departments=any actors=any",
        "desk " KEY " desk - roles=any departments=any",
        "desk " KEY " desk - roles=any actors=any",
    };

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct peer peer = read(lines[i]);
        assert_false(vouches(&peer, "d30", ONEDOOR__ROLE__WINDOW_CLERK, ""));
        assert_false(peer_follows(&peer, "intake"));
    }
}

static void a_desk_names_whom_its_line_names(void **state)
{
    static const char line[] = "desk " KEY " desk - roles=window_clerk,cashier departments=-,STA "
                               "actors=d30,k*";
    static const struct {
        const char *id;
        Onedoor__Role role;
        const char *department;
        bool vouched;
    } cases[] = {
        {"d30", ONEDOOR__ROLE__WINDOW_CLERK, "", true},
        {"d30", ONEDOOR__ROLE__CASHIER, "STA", true},
        {"k", ONEDOOR__ROLE__CASHIER, "", true},
        {"k31", ONEDOOR__ROLE__CASHIER, "", true},
        {"d3", ONEDOOR__ROLE__WINDOW_CLERK, "", false},
        {"d300", ONEDOOR__ROLE__WINDOW_CLERK, "", false},
        {"D30", ONEDOOR__ROLE__WINDOW_CLERK, "", false},
        {"d30,k*", ONEDOOR__ROLE__WINDOW_CLERK, "", false},
        {"d30", ONEDOOR__ROLE__APPROVER, "STA", false},
        {"d30", ONEDOOR__ROLE__SYSTEM, "", false},
        {"d30", ONEDOOR__ROLE__WINDOW_CLERK, "ST", false},
        {"d30", ONEDOOR__ROLE__WINDOW_CLERK, "STAT", false},
        {"d30", ONEDOOR__ROLE__WINDOW_CLERK, "any", false},
    };

    (void)state;
    struct peer peer = read(line);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (vouches(&peer, cases[i].id, cases[i].role, cases[i].department) != cases[i].vouched)
            fail_msg("case %zu: %s", i, cases[i].id);
}

static void any_stands_for_all(void **state)
{
    (void)state;
    struct peer peer =
        read("gateway " KEY " desk - roles=any departments=any actors=any journals=any");
    assert_true(vouches(&peer, "token:x", ONEDOOR__ROLE__GOVERNMENT_HEAD, ""));
    assert_true(vouches(&peer, "a", ONEDOOR__ROLE__APPROVER, "STA"));
    assert_true(peer_follows(&peer, "charging"));
}

static void a_service_follows_the_journals_of_its_line(void **state)
{
    (void)state;
    struct peer peer = read("supervision " KEY " service - journals=intake,routing");
    assert_true(peer_follows(&peer, "intake"));
    assert_true(peer_follows(&peer, "routing"));
    assert_false(peer_follows(&peer, "charging"));
    assert_false(peer_follows(&peer, "rout"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_read_word_by_word),
        cmocka_unit_test(a_line_that_is_not_exactly_right_is_no_peers),
        cmocka_unit_test(a_line_or_a_list_that_is_too_long_is_refused),
        cmocka_unit_test(the_last_day_is_the_last),
        cmocka_unit_test(what_a_line_does_not_name_is_denied),
        cmocka_unit_test(a_desk_names_whom_its_line_names),
        cmocka_unit_test(any_stands_for_all),
        cmocka_unit_test(a_service_follows_the_journals_of_its_line),
    };
    return cmocka_run_group_tests_name("peer", tests, NULL, NULL);
}
