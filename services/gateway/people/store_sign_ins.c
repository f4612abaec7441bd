/* SPDX-License-Identifier: Apache-2.0 */
/* store_sign_ins.c: attempts to sign in, and the devices that people have signed in with. */
#include "services/gateway/people/statement.h"
#include "services/gateway/people/store.h"

/* ---- failures */

static const struct column attempts_columns[] = {
    COLUMN_AS(attempts, failures, "count(*)", I64, 0),
    COLUMN_AS(attempts, last_ms, "max(at)", TIME, 0),
};
static const struct shape attempts_shape = SHAPE(attempts, attempts_columns);

/* Failed attempts for a name at one place, since the last success there or a reset: later by their
 * number, for a millisecond may hold both. */
#define FAILURES_AT(place)                                                                         \
    "from sign_in where centre = $1 and name = $2 and " place " and result = 2 and at > $4"        \
    " and id > coalesce((select max(id) from sign_in where centre = $1 and name = $2"              \
    " and (result = 4 or (result = 1 and " place "))), 0)"

enum status store_failures_here(struct people_store *store, const struct attempt_place *place,
                                struct arena *arena, struct attempts *attempts)
{
    static const char by_device[] = FAILURES_AT("device = $3"),
                      by_address[] = FAILURES_AT("device is null and address = $3");
    if (place->device != NULL)
        return statement_row(store, &attempts_shape, by_device,
                             PARAMS(P_I16(store->centre), P_TEXT(place->name),
                                    P_HASH(place->device), P_TIME(place->since_ms)),
                             arena, attempts);
    return statement_row(store, &attempts_shape, by_address,
                         PARAMS(P_I16(store->centre), P_TEXT(place->name), P_TEXT(place->address),
                                P_TIME(place->since_ms)),
                         arena, attempts);
}

enum status store_failures_of_address(struct people_store *store, const struct attempt_place *place,
                                      struct arena *arena, struct attempts *attempts)
{
    return statement_row(
        store, &attempts_shape,
        "from sign_in where centre = $1 and address = $2 and device is null"
        " and result = 2 and at > $3",
        PARAMS(P_I16(store->centre), P_TEXT(place->address), P_TIME(place->since_ms)), arena,
        attempts);
}

enum status store_add_sign_in(struct people_store *store, const struct sign_in_row *row,
                              const unsigned char *device)
{
    return statement_change(
        store,
        "insert into sign_in (centre, at, name, result, address, device)"
        " values ($1, $2, $3, $4, $5, $6)",
        PARAMS(P_I16(store->centre), P_TIME(row->at_ms), P_TEXT(row->name),
               P_I16((int16_t)row->result), P_TEXT(row->address),
               P_BYTES(((struct bytes){device, device == NULL ? 0 : SECRET_HASH_BYTES}))));
}

/* ---- devices */

struct device_row {
    const char *person;
};
static const struct column device_columns[] = {COLUMN(device_row, person, TEXT, 0)};
static const struct shape device_shape = SHAPE(device_row, device_columns);

enum status store_find_device(struct people_store *store,
                              const unsigned char device[SECRET_HASH_BYTES], const char *person,
                              struct arena *arena)
{
    struct device_row row;
    return statement_row(store, &device_shape,
                         "from device where centre = $1 and hash = $2 and person = $3",
                         PARAMS(P_I16(store->centre), P_HASH(device), P_TEXT(person)), arena, &row);
}

enum status store_use_device(struct people_store *store,
                             const unsigned char device[SECRET_HASH_BYTES], const char *person,
                             int64_t now_ms)
{
    return statement_change(
        store,
        "insert into device (centre, hash, person, made_at, used_at) values ($1, $2, $3, $4, $4)"
        " on conflict (centre, hash, person) do update set used_at = $4",
        PARAMS(P_I16(store->centre), P_HASH(device), P_TEXT(person), P_TIME(now_ms)));
}

/* ---- the history */

static const struct column sign_in_columns[] = {
    COLUMN(sign_in_row, id, I64, 0),
    COLUMN_AS(sign_in_row, at_ms, "at", TIME, 0),
    COLUMN(sign_in_row, name, TEXT, 0),
    COLUMN(sign_in_row, address, TEXT, 0),
    COLUMN_AS(sign_in_row, result, "result::integer", I32, 0),
};
static const struct shape sign_in_shape = SHAPE(sign_in_row, sign_in_columns);

/* Plans are generic here: with and without a name are two statements, each by its own index. */
#define SIGN_INS(whose)                                                                            \
    "from sign_in where centre = $1 and " whose " and id < $3 and ($4 = 0 or result = $4)"         \
    " order by id desc limit $5"

enum status store_list_sign_ins(struct people_store *store, const struct sign_in_page *page,
                                struct arena *arena, struct sign_in_row **sign_ins, size_t *n)
{
    static const char of_all[] = SIGN_INS("$2 = ''"), of_one[] = SIGN_INS("name = $2");
    void *rows = NULL;
    enum status status =
        statement_rows(store, &sign_in_shape, page->name[0] == '\0' ? of_all : of_one,
                       PARAMS(P_I16(store->centre), P_TEXT(page->name), P_I64(page->before),
                              P_I16((int16_t)page->result), P_I64((int64_t)page->limit + 1)),
                       arena, &rows, n);
    *sign_ins = rows;
    return status;
}
