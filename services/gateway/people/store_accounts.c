/* SPDX-License-Identifier: Apache-2.0 */
/* store_accounts.c: accounts and the history of sign-ins. */
#include "services/gateway/people/people.h"
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
    COLUMN_AS(person_row, has_second,
              "exists (select from second_factor f where f.centre = person.centre"
              " and f.person = person.name and f.secret is not null)",
              BOOL, 0),
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

enum status store_list_outsiders(struct people_store *store, int32_t window, const char *department,
                                 struct arena *arena, struct person_row **people, size_t *n)
{
    void *rows = NULL;
    enum status status = statement_rows(
        store, &person_shape,
        "from person where centre = $1 and window_no = $2 and department <> $3 and not shut_out"
        " order by name",
        PARAMS(P_I16(store->centre), P_I32(window), P_TEXT(department)), arena, &rows, n);
    *people = rows;
    return status;
}

enum status store_count_people(struct people_store *store, struct arena *arena, int64_t *n)
{
    return count(store, "from person where centre = $1", PARAMS(P_I16(store->centre)), arena, n);
}

#define RIGHTS    "role, department, window_no, shut_out"
#define OF_PERSON "from person where centre = $1 and name = $2"
#define ADDED     RIGHT_CHANGE("1", "$9", "name", "$10", NO_RIGHTS, RIGHTS, "from added")
#define CHANGED   RIGHT_CHANGE("2", "$9", "name", "$8", RIGHTS, "$4, $5, $6, $7", OF_PERSON)
#define PASSWORD                                                                                   \
    RIGHT_CHANGE("case when $5 then 3 else 4 end", "$6", "name", "$7", NO_RIGHTS, NO_RIGHTS,       \
                 OF_PERSON)

enum status store_add_person(struct people_store *store, const struct person_row *person)
{
    return statement_change(
        store,
        "with added as (insert into person (centre, name, full_name, role, department, window_no,"
        " password, must_change, shut_out, made_at)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8, false, $9) on conflict do nothing"
        " returning name, role, department, window_no, shut_out) " ADDED,
        PARAMS(P_I16(store->centre), P_TEXT(person->name), P_TEXT(person->full_name),
               P_I16((int16_t)person->role), P_TEXT(person->department), P_I32(person->window),
               P_TEXT(person->password), P_BOOL(person->must_change), P_TIME(person->made_ms),
               P_TEXT(store->by)));
}

enum status store_change_person(struct people_store *store, const struct person_row *person)
{
    return statement_change(
        store,
        "with ended as (delete from session where centre = $1 and person = $2),"
        " recorded as (" CHANGED ")"
        " update person set full_name = $3, role = $4, department = $5, window_no = $6,"
        " shut_out = $7 where centre = $1 and name = $2",
        PARAMS(P_I16(store->centre), P_TEXT(person->name), P_TEXT(person->full_name),
               P_I16((int16_t)person->role), P_TEXT(person->department), P_I32(person->window),
               P_BOOL(person->shut_out), P_TEXT(store->by), P_TIME(people_now_ms())));
}

enum status store_set_password(struct people_store *store, const char *name, const char *password,
                               bool must_change, bool reset, int64_t now_ms)
{
    return statement_change(
        store,
        "with ended as (delete from session where centre = $1 and person = $2),"
        " counted as (insert into sign_in (centre, at, name, result, address)"
        " select $1, $6, $2, 4, '' where $5),"
        " recorded as (" PASSWORD ")"
        " update person set password = $3, must_change = $4 where centre = $1 and name = $2",
        PARAMS(P_I16(store->centre), P_TEXT(name), P_TEXT(password), P_BOOL(must_change),
               P_BOOL(reset), P_TIME(now_ms), P_TEXT(store->by)));
}
