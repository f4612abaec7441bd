/* SPDX-License-Identifier: Apache-2.0 */
/* RULE H21: what became of a peer's key, by two lists and a day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/bus/peer_list.h"

#define ONE   "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID"
#define OTHER "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"

static struct peer_list list_of(const char *text)
{
    static struct peer_list list;
    FILE *file = fmemopen((char *)text, __builtin_strlen(text), "r");
    assert_non_null(file);
    peer_list_read(&list, file, "peers");
    fclose(file);
    return list;
}

static void a_key_stays_is_removed_replaced_or_expires(void **state)
{
    static const struct {
        const char *now;
        int year; /* of the day, the first of May */
        enum peer_fate fate;
    } cases[] = {
        {"desk " ONE " desk -\n", 2026, PEER_STAYS},
        {"other " ONE " desk -\n", 2026, PEER_STAYS}, /* the key is let in, whatever its name */
        {"desk " ONE " desk 2026-05-01\n", 2026, PEER_STAYS},
        {"desk " ONE " desk 2026-04-30\n", 2026, PEER_EXPIRED},
        {"desk " ONE " desk 2026-12-31\n", 2027, PEER_EXPIRED},
        {"desk " OTHER " desk -\n", 2026, PEER_REPLACED},
        {"desk " OTHER " desk 2026-04-30\n", 2026, PEER_REMOVED},
        {"other " OTHER " desk -\n", 2026, PEER_REMOVED},
        {"desk " ONE " desk never\nother " OTHER " desk -\n", 2026, PEER_REMOVED},
        {"desk " OTHER " desk -\ndesk " ONE " desk -\n", 2026, PEER_STAYS}, /* both are good */
    };
    struct peer_list before = list_of("desk " ONE " desk -\n");
    (void)state;
    assert_int_equal(1, before.n);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct peer_list now = list_of(cases[i].now);
        assert_int_equal(cases[i].fate,
                         peer_list_fate(&now, &before.peers[0], day_from_ymd(cases[i].year, 5, 1)));
    }
}

static void a_key_is_on_the_list_once(void **state)
{
    struct peer_list list = list_of("desk " ONE " desk -\nother " ONE " operator -\n");
    (void)state;
    assert_int_equal(1, list.n);
    assert_string_equal("desk", peer_list_find(&list, list.peers[0].key)->name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_stays_is_removed_replaced_or_expires),
        cmocka_unit_test(a_key_is_on_the_list_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
