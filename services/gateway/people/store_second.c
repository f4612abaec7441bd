/* SPDX-License-Identifier: Apache-2.0 */
/* store_second.c: second factors and recovery codes. */
#include "services/gateway/people/people.h"
#include "services/gateway/people/statement.h"
#include "services/gateway/people/store.h"

static const struct column second_columns[] = {
    COLUMN(second_row, person, TEXT, 0),
    COLUMN(second_row, secret, BYTES, 0),
    COLUMN(second_row, pending, BYTES, 0),
};
static const struct shape second_shape = SHAPE(second_row, second_columns);

enum status store_find_second(struct people_store *store, const char *person, struct arena *arena,
                              struct second_row *row)
{
    return statement_row(store, &second_shape,
                         "from second_factor where centre = $1 and person = $2",
                         PARAMS(P_I16(store->centre), P_TEXT(person)), arena, row);
}

enum status store_begin_second(struct people_store *store, const char *person, struct bytes pending,
                               int64_t now_ms)
{
    return statement_change(
        store,
        "insert into second_factor (centre, person, pending, last_step, made_at)"
        " values ($1, $2, $3, 0, $4)"
        " on conflict (centre, person) do update set pending = $3",
        PARAMS(P_I16(store->centre), P_TEXT(person), P_BYTES(pending), P_TIME(now_ms)));
}

#define HAS  RIGHT_CHANGE("5", "$5", "person", "$4", NO_RIGHTS, NO_RIGHTS, "from has")
#define GONE RIGHT_CHANGE("6", "$3", "person", "$4", NO_RIGHTS, NO_RIGHTS, "from gone")

enum status store_confirm_second(struct people_store *store, const char *person, int64_t step)
{
    return statement_change(
        store,
        "with has as (update second_factor set secret = pending, pending = null, last_step = $3"
        " where centre = $1 and person = $2 returning person) " HAS,
        PARAMS(P_I16(store->centre), P_TEXT(person), P_I64(step), P_TEXT(store->by),
               P_TIME(people_now_ms())));
}

enum status store_use_second_step(struct people_store *store, const char *person, int64_t step)
{
    return statement_change(store,
                            "update second_factor set last_step = $3"
                            " where centre = $1 and person = $2 and last_step < $3",
                            PARAMS(P_I16(store->centre), P_TEXT(person), P_I64(step)));
}

enum status store_drop_second(struct people_store *store, const char *person, int64_t now_ms)
{
    return statement_change(
        store,
        "with gone as (delete from second_factor where centre = $1 and person = $2"
        " returning person),"
        " ended as (delete from session where centre = $1 and person in (select person from gone)),"
        " codes as (delete from recovery_code where centre = $1 and person = $2),"
        " recorded as (" GONE ") insert into sign_in (centre, at, name, result, address)"
        " select $1, $3, person, 6, '' from gone",
        PARAMS(P_I16(store->centre), P_TEXT(person), P_TIME(now_ms), P_TEXT(store->by)));
}

/* ---- recovery codes */

enum status store_add_recovery(struct people_store *store, const char *person,
                               const unsigned char hash[SECRET_HASH_BYTES])
{
    return statement_change(store,
                            "insert into recovery_code (centre, person, hash) values ($1, $2, $3)",
                            PARAMS(P_I16(store->centre), P_TEXT(person), P_HASH(hash)));
}

enum status store_drop_recovery(struct people_store *store, const char *person)
{
    return statement_allow_none(
        statement_change(store, "delete from recovery_code where centre = $1 and person = $2",
                         PARAMS(P_I16(store->centre), P_TEXT(person))));
}

enum status store_use_recovery(struct people_store *store, const char *person,
                               const unsigned char hash[SECRET_HASH_BYTES])
{
    return statement_change(
        store, "delete from recovery_code where centre = $1 and person = $2 and hash = $3",
        PARAMS(P_I16(store->centre), P_TEXT(person), P_HASH(hash)));
}
