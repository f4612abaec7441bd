/* SPDX-License-Identifier: Apache-2.0 */
/* store_accounts.c: accounts and the history of sign-ins. */
#include <inttypes.h>

#include "services/gateway/people/statement.h"

/* ---- accounts */

#define PERSON_COLUMNS                                                                             \
    "name, full_name, role, department, window_no, password, must_change, shut_out, "              \
    "(extract(epoch from made_at) * 1000)::bigint,"                                                \
    " (extract(epoch from coalesce(signed_in_at, 'epoch')) * 1000)::bigint"

static struct person_row person_at(const PGresult *result, int row, struct arena *arena)
{
    return (struct person_row){
        .name = statement_text(result, row, 0, arena),
        .full_name = statement_text(result, row, 1, arena),
        .role = (Onedoor__Role)statement_number(result, row, 2),
        .department = statement_text(result, row, 3, arena),
        .window = (int32_t)statement_number(result, row, 4),
        .password = statement_text(result, row, 5, arena),
        .must_change = statement_true(result, row, 6),
        .shut_out = statement_true(result, row, 7),
        .made_ms = statement_number(result, row, 8),
        .signed_in_ms = statement_number(result, row, 9),
    };
}

enum status store_find_person(struct people_store *store, const char *name, struct arena *arena,
                              struct person_row *person)
{
    PGresult *result;
    enum status status = statement_ask(
        store, &result, "select " PERSON_COLUMNS " from person where centre = $1 and name = $2",
        "t", name);
    if (status == STATUS_OK && PQntuples(result) == 0)
        status = STATUS_NOT_FOUND;
    if (status == STATUS_OK)
        *person = person_at(result, 0, arena);
    return statement_done(status, result);
}

enum status store_list_people(struct people_store *store, const char *after, int limit,
                              struct arena *arena, struct person_row **people, int *n)
{
    PGresult *result;
    enum status status =
        statement_ask(store, &result,
                      "select " PERSON_COLUMNS
                      " from person where centre = $1 and name > $2 order by name limit $3",
                      "ti", after, (int64_t)limit);
    *n = status == STATUS_OK ? PQntuples(result) : 0;
    *people = ARENA_ARRAY(arena, struct person_row, *n + 1);
    for (int i = 0; i < *n; i++)
        (*people)[i] = person_at(result, i, arena);
    return statement_done(status, result);
}

enum status store_count_people(struct people_store *store, int64_t *n)
{
    PGresult *result;
    enum status status =
        statement_ask(store, &result, "select count(*) from person where centre = $1", "");
    if (status == STATUS_OK)
        *n = statement_number(result, 0, 0);
    return statement_done(status, result);
}

enum status store_add_person(struct people_store *store, const struct person_row *person)
{
    return statement_change(
        store,
        "insert into person (centre, name, full_name, role, department, window_no, password, "
        "must_change, shut_out, made_at)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8, false, to_timestamp($9::bigint / 1000.0)) on "
        "conflict do nothing",
        "ttititbi", person->name, person->full_name, (int64_t)person->role, person->department,
        (int64_t)person->window, person->password, (int)person->must_change, person->made_ms);
}

enum status store_change_person(struct people_store *store, const struct person_row *person)
{
    return statement_change(store,
                            "with ended as (delete from session where centre = $1 and person = $2)"
                            " update person set full_name = $3, role = $4, department = $5, "
                            "window_no = $6, shut_out = $7"
                            " where centre = $1 and name = $2",
                            "ttitib", person->name, person->full_name, (int64_t)person->role,
                            person->department, (int64_t)person->window, (int)person->shut_out);
}

enum status store_set_password(struct people_store *store, const char *name, const char *password,
                               bool must_change, bool reset, int64_t now_ms)
{
    return statement_change(
        store,
        "with ended as (delete from session where centre = $1 and person = $2),"
        " told as (insert into sign_in (centre, at, name, result, address)"
        " select $1, to_timestamp($6::bigint / 1000.0), $2, 4, '' where $5)"
        " update person set password = $3, must_change = $4 where centre = $1 and name = $2",
        "ttbbi", name, password, (int)must_change, (int)reset, now_ms);
}

/* ---- sign-ins */

enum status store_failures(struct people_store *store, const char *name, int64_t since_ms,
                           int64_t *n)
{
    PGresult *result;
    enum status status =
        statement_ask(store, &result,
                      "select count(*) from sign_in where centre = $1 and name = $2 and "
                      "result = 2 and at > to_timestamp($3::bigint / 1000.0)"
                      " and at > coalesce((select max(at) from sign_in where centre = $1 "
                      "and name = $2 and result in (1, 4)), '-infinity')",
                      "ti", name, since_ms);
    if (status == STATUS_OK)
        *n = statement_number(result, 0, 0);
    return statement_done(status, result);
}

enum status store_add_sign_in(struct people_store *store, const char *name,
                              Onedoor__Gateway__SignInResult what, const char *address,
                              int64_t now_ms)
{
    return statement_change(store,
                            "insert into sign_in (centre, at, name, result, address) values ($1, "
                            "to_timestamp($2::bigint / 1000.0), $3, $4, $5)",
                            "itit", now_ms, name, (int64_t)what, address);
}

/* Plans are generic here: with and without a name are two statements, each by its own index. */
#define SIGN_INS(whose)                                                                            \
    "select (extract(epoch from at) * 1000)::bigint, name, result, address, id from sign_in"       \
    " where centre = $1 and " whose " and id < $3 and ($4 = 0 or result = $4)"                     \
    " order by id desc limit $5"

enum status store_list_sign_ins(struct people_store *store, const struct sign_in_page *page,
                                struct arena *arena, Onedoor__Gateway__ListSignInsReply *reply)
{
    PGresult *result;
    enum status status = statement_ask(
        store, &result, page->name[0] == '\0' ? SIGN_INS("$2 = ''") : SIGN_INS("name = $2"), "tiii",
        page->name, page->before, (int64_t)page->result, (int64_t)page->limit + 1);
    int n = status == STATUS_OK ? PQntuples(result) : 0;
    if (n > page->limit)
        reply->next = arena_printf(arena, "%" PRId64, statement_number(result, --n - 1, 4));
    reply->n_lines = (size_t)n;
    reply->lines = ARENA_ARRAY(arena, Onedoor__Gateway__SignInLine *, n + 1);
    for (int i = 0; i < n; i++) {
        Onedoor__Gateway__SignInLine *line = reply->lines[i] =
            ARENA_NEW(arena, Onedoor__Gateway__SignInLine);
        onedoor__gateway__sign_in_line__init(line);
        line->at_ms = statement_number(result, i, 0);
        line->name = statement_text(result, i, 1, arena);
        line->result = (Onedoor__Gateway__SignInResult)statement_number(result, i, 2);
        line->address = statement_text(result, i, 3, arena);
    }
    return statement_done(status, result);
}
