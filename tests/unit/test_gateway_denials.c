/* SPDX-License-Identifier: Apache-2.0 */
/* However much is refused, what is kept of it has a fixed size, and nothing goes uncounted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/gateway/caller/denials.h"

#include <stdio.h>
#include <string.h>

enum { MANY = 3000 };

static struct denials denials;

static struct denial denial(int n, int64_t at_ms)
{
    struct denial denial = {.kind = ONEDOOR__GATEWAY__DENIAL_KIND__NO_RIGHT,
                            .case_number = 1,
                            .times = 1,
                            .first_ms = at_ms,
                            .last_ms = at_ms};
    snprintf(denial.name, sizeof denial.name, "name-%d", n);
    return denial;
}

static int64_t all_times(void)
{
    int64_t times = 0;
    for (int i = 0; i < denials.n; i++)
        times += denials.list[i].times;
    return times;
}

static void the_same_again_is_counted_and_not_listed_twice(void **state)
{
    (void)state;
    denials.n = 0;
    for (int i = 0; i < MANY; i++)
        denials_add(&denials, &(struct denial){.kind = ONEDOOR__GATEWAY__DENIAL_KIND__NO_LOOK,
                                               .times = 1,
                                               .first_ms = i,
                                               .last_ms = i});
    assert_int_equal(1, denials.n);
    assert_int_equal(MANY, denials.list[0].times);
    assert_int_equal(0, denials.list[0].first_ms);
    assert_int_equal(MANY - 1, denials.list[0].last_ms);
}

static void each_particular_makes_another(void **state)
{
    struct denial other = denial(1, 0);
    (void)state;
    denials.n = 0;
    denials_add(&denials, &other);
    other.case_number = 2;
    denials_add(&denials, &other);
    snprintf(other.what, sizeof other.what, "GET /people");
    denials_add(&denials, &other);
    snprintf(other.address, sizeof other.address, "127.0.0.2");
    denials_add(&denials, &other);
    other.kind = ONEDOOR__GATEWAY__DENIAL_KIND__FORGED;
    denials_add(&denials, &other);
    assert_int_equal(5, denials.n);
}

static void what_finds_no_place_is_counted_by_its_kind(void **state)
{
    (void)state;
    denials.n = 0;
    for (int i = 0; i < MANY; i++) {
        const struct denial one = denial(i, i);
        denials_add(&denials, &one);
    }
    assert_true(denials.n < DENIALS_MAX);
    assert_int_equal(MANY, all_times());
    const struct denial *rest = &denials.list[denials.n - 1];
    assert_string_equal("", rest->name);
    assert_int_equal(0, rest->case_number);
    assert_int_equal(MANY - 1, rest->last_ms);
    for (int kind = 1; kind < DENIAL_KINDS; kind++) {
        struct denial other = denial(MANY, MANY);
        other.kind = (Onedoor__Gateway__DenialKind)kind;
        denials_add(&denials, &other);
    }
    assert_int_equal(MANY + DENIAL_KINDS - 1, all_times());
}

/* ---- saving */

struct database {
    const char *refuses;
    bool is_away, takes_no_kind;
    int transactions;
    struct denials rows;
};

static bool is_refused(const struct database *database, const struct denial *denial)
{
    return strcmp(denial->name, database->refuses) == 0 ||
           (database->takes_no_kind && denial->name[0] == '\0');
}

static enum status save(void *context, const struct denial *list, int n)
{
    struct database *database = context;
    database->transactions++;
    if (database->is_away)
        return STATUS_LOST;
    for (int i = 0; i < n; i++)
        if (is_refused(database, &list[i]))
            return STATUS_UNSAVEABLE;
    for (int i = 0; i < n; i++)
        denials_add(&database->rows, &list[i]);
    return STATUS_OK;
}

static void three_to_save(void)
{
    denials.n = 0;
    for (int i = 1; i <= 3; i++) {
        const struct denial one = denial(i, i);
        denials_add(&denials, &one);
    }
}

static void what_the_database_takes_is_saved_at_once(void **state)
{
    static struct database database = {.refuses = "nobody"};
    (void)state;
    three_to_save();
    denials_save(&denials, save, &database);
    assert_int_equal(0, denials.n);
    assert_int_equal(1, database.transactions);
    assert_int_equal(3, database.rows.n);
}

static void what_the_database_refuses_is_counted_by_its_kind_and_holds_up_no_other(void **state)
{
    static struct database database = {.refuses = "name-2"};
    (void)state;
    three_to_save();
    denials_save(&denials, save, &database);
    assert_int_equal(0, denials.n);
    assert_int_equal(3, database.rows.n);
    assert_string_equal("name-1", database.rows.list[0].name);
    assert_string_equal("", database.rows.list[1].name);
    assert_int_equal(ONEDOOR__GATEWAY__DENIAL_KIND__NO_RIGHT, database.rows.list[1].kind);
    assert_string_equal("name-3", database.rows.list[2].name);
}

static void what_can_never_be_saved_is_not_tried_for_ever(void **state)
{
    static struct database database = {.refuses = "name-2", .takes_no_kind = true};
    (void)state;
    three_to_save();
    denials_save(&denials, save, &database);
    assert_int_equal(0, denials.n);
    assert_int_equal(2, database.rows.n);
}

static void while_the_database_is_away_all_is_left(void **state)
{
    static struct database database = {.refuses = "name-2", .is_away = true};
    (void)state;
    three_to_save();
    denials_save(&denials, save, &database);
    assert_int_equal(3, denials.n);
    assert_int_equal(1, database.transactions);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_again_is_counted_and_not_listed_twice),
        cmocka_unit_test(each_particular_makes_another),
        cmocka_unit_test(what_finds_no_place_is_counted_by_its_kind),
        cmocka_unit_test(what_the_database_takes_is_saved_at_once),
        cmocka_unit_test(what_the_database_refuses_is_counted_by_its_kind_and_holds_up_no_other),
        cmocka_unit_test(what_can_never_be_saved_is_not_tried_for_ever),
        cmocka_unit_test(while_the_database_is_away_all_is_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
