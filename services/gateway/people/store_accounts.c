/* SPDX-License-Identifier: Apache-2.0 */
/* store_accounts.c: accounts and the history of sign-ins. */
#include "services/gateway/people/statement.h"
#include "services/gateway/people/store.h"

/* Enums are integers here, and smallints there. */
_Static_assert(sizeof(Onedoor__Role) == sizeof(int32_t), "a role is read as an integer");
_Static_assert(sizeof(Onedoor__Gateway__SignInResult) == sizeof(int32_t), "so is a result");

struct count_row {
    int64_t n;
};

static const struct column count_columns[] = {COLUMN_AS(count_row, n, "count(*)", I64, 0)};
static const struct shape count_shape = SHAPE(count_row, count_columns);

static enum status count(struct people_store *store, const char *sql, struct params params,
                         struct arena *arena, int64_t *n)
{
    struct count_row row;
    enum status status = statement_row(store, &count_shape, sql, params, arena, &row);
    if (status == STATUS_OK)
        *n = row.n;
    return status;
}

/* ---- accounts */

static const struct column person_columns[] = {
    COLUMN(person_row, name, TEXT, 0),
    COLUMN(person_row, full_name, TEXT, 0),
    COLUMN_AS(person_row, role, "role::integer", I32, 0),
    COLUMN(person_row, department, TEXT, 0),
    COLUMN_AS(person_row, window, "window_no", I32, 0),
    COLUMN(person_row, password, TEXT, 0),
    COLUMN(person_row, must_change, BOOL, 0),
    COLUMN(person_row, shut_out, BOOL, 0),
    COLUMN_AS(person_row, made_ms, "made_at", TIME, 0),
    COLUMN_AS(person_row, signed_in_ms, "signed_in_at", TIME, 0),
};
static const struct shape person_shape = SHAPE(person_row, person_columns);

enum status store_find_person(struct people_store *store, const char *name, struct arena *arena,
                              struct person_row *person)
{
    return statement_row(store, &person_shape, "from person where centre = $1 and name = $2",
                         PARAMS(P_I16(store->centre), P_TEXT(name)), arena, person);
}

enum status store_list_people(struct people_store *store, const char *after, int limit,
                              struct arena *arena, struct person_row **people, size_t *n)
{
    void *rows = NULL;
    enum status status = statement_rows(
        store, &person_shape, "from person where centre = $1 and name > $2 order by name limit $3",
        PARAMS(P_I16(store->centre), P_TEXT(after), P_I64(limit)), arena, &rows, n);
    *people = rows;
    return status;
}

enum status store_count_people(struct people_store *store, struct arena *arena, int64_t *n)
{
    return count(store, "from person where centre = $1", PARAMS(P_I16(store->centre)), arena, n);
}

enum status store_add_person(struct people_store *store, const struct person_row *person)
{
    return statement_change(
        store,
        "insert into person (centre, name, full_name, role, department, window_no, password,"
        " must_change, shut_out, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8, false, $9)"
        " on conflict do nothing",
        PARAMS(P_I16(store->centre), P_TEXT(person->name), P_TEXT(person->full_name),
               P_I16((int16_t)person->role), P_TEXT(person->department), P_I32(person->window),
               P_TEXT(person->password), P_BOOL(person->must_change), P_TIME(person->made_ms)));
}

enum status store_change_person(struct people_store *store, const struct person_row *person)
{
    return statement_change(
        store,
        "with ended as (delete from session where centre = $1 and person = $2)"
        " update person set full_name = $3, role = $4, department = $5, window_no = $6,"
        " shut_out = $7 where centre = $1 and name = $2",
        PARAMS(P_I16(store->centre), P_TEXT(person->name), P_TEXT(person->full_name),
               P_I16((int16_t)person->role), P_TEXT(person->department), P_I32(person->window),
               P_BOOL(person->shut_out)));
}

enum status store_set_password(struct people_store *store, const char *name, const char *password,
                               bool must_change, bool reset, int64_t now_ms)
{
    return statement_change(
        store,
        "with ended as (delete from session where centre = $1 and person = $2),"
        " recorded as (insert into sign_in (centre, at, name, result, address)"
        " select $1, $6, $2, 4, '' where $5)"
        " update person set password = $3, must_change = $4 where centre = $1 and name = $2",
        PARAMS(P_I16(store->centre), P_TEXT(name), P_TEXT(password), P_BOOL(must_change),
               P_BOOL(reset), P_TIME(now_ms)));
}

/* ---- sign-ins */

enum status store_failures(struct people_store *store, const char *name, int64_t since_ms,
                           struct arena *arena, int64_t *n)
{
    return count(store,
                 "from sign_in where centre = $1 and name = $2 and result = 2 and at > $3"
                 " and at > coalesce((select max(at) from sign_in where centre = $1 and name = $2"
                 " and result in (1, 4)), '-infinity')",
                 PARAMS(P_I16(store->centre), P_TEXT(name), P_TIME(since_ms)), arena, n);
}

enum status store_add_sign_in(struct people_store *store, const char *name,
                              Onedoor__Gateway__SignInResult result, const char *address,
                              int64_t now_ms)
{
    return statement_change(store,
                            "insert into sign_in (centre, at, name, result, address)"
                            " values ($1, $2, $3, $4, $5)",
                            PARAMS(P_I16(store->centre), P_TIME(now_ms), P_TEXT(name),
                                   P_I16((int16_t)result), P_TEXT(address)));
}

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
