/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/people/store_inside.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/values/log.h"

enum { PARAMS_MAX = 12, NUMBER_SIZE = 24 };

/* ---- asking */

enum status store_connect(struct people_store *store)
{
    bool lost = store->pg.conn != NULL && PQstatus(store->pg.conn) != CONNECTION_OK;
    if (lost && store->together)
        return STATUS_LOST; /* what was done before this is lost with it */
    if (lost)
        pg_close(&store->pg);
    return store->pg.conn != NULL ? STATUS_OK : pg_open(&store->pg, store->config, "gateway", true);
}

static enum status ask(struct people_store *store, PGresult **result, const char *sql,
                       const char *types, va_list args)
{
    const char *values[PARAMS_MAX];
    char numbers[PARAMS_MAX][SECRET_HASH_BYTES * 2 + 3];
    int n = 1;
    snprintf(numbers[0], NUMBER_SIZE, "%d", store->centre);
    values[0] = numbers[0];
    for (; *types != '\0'; types++, n++) {
        must(n < PARAMS_MAX);
        values[n] = numbers[n];
        if (*types == 't')
            values[n] = va_arg(args, const char *);
        else if (*types == 'i')
            snprintf(numbers[n], NUMBER_SIZE, "%lld", (long long)va_arg(args, int64_t));
        else if (*types == 'b')
            snprintf(numbers[n], NUMBER_SIZE, "%s", va_arg(args, int) != 0 ? "true" : "false");
        else {
            memcpy(numbers[n], "\\x", 2);
            sodium_bin2hex(numbers[n] + 2, SECRET_HASH_BYTES * 2 + 1,
                           va_arg(args, const unsigned char *), SECRET_HASH_BYTES);
        }
    }
    *result = NULL;
    enum status status = store_connect(store);
    if (status != STATUS_OK)
        return status;
    *result = PQexecParams(store->pg.conn, sql, n, NULL, values, NULL, NULL, 0);
    status = pg_classify(store->pg.conn, *result);
    if (status != STATUS_OK)
        log_error(0, "people.database", "%.200s", PQerrorMessage(store->pg.conn));
    return status;
}

enum status store_ask(struct people_store *store, PGresult **result, const char *sql,
                      const char *types, ...)
{
    va_list args;
    va_start(args, types);
    enum status status = ask(store, result, sql, types, args);
    va_end(args);
    return status;
}

enum status store_change(struct people_store *store, const char *sql, const char *types, ...)
{
    PGresult *result;
    va_list args;
    va_start(args, types);
    enum status status = ask(store, &result, sql, types, args);
    va_end(args);
    if (status == STATUS_OK && atoi(PQcmdTuples(result)) == 0)
        status = STATUS_NOT_FOUND;
    return store_done(status, result);
}

enum status store_done(enum status status, PGresult *result)
{
    PQclear(result);
    return status;
}

static int64_t number_at(const PGresult *result, int row, int column)
{
    return strtoll(PQgetvalue(result, row, column), NULL, 10);
}

static bool true_at(const PGresult *result, int row, int column)
{
    return PQgetvalue(result, row, column)[0] == 't';
}

/* ---- people */

#define PERSON_COLUMNS                                                                             \
    "name, full_name, role, department, window_no, password, must_change, shut_out, "              \
    "(extract(epoch from made_at) * 1000)::bigint,"                                                \
    " (extract(epoch from coalesce(signed_in_at, 'epoch')) * 1000)::bigint"

static struct person_row person_at(const PGresult *result, int row, struct arena *arena)
{
    return (struct person_row){
        .name = arena_strdup(arena, PQgetvalue(result, row, 0)),
        .full_name = arena_strdup(arena, PQgetvalue(result, row, 1)),
        .role = (Onedoor__Role)number_at(result, row, 2),
        .department = arena_strdup(arena, PQgetvalue(result, row, 3)),
        .window = (int32_t)number_at(result, row, 4),
        .password = arena_strdup(arena, PQgetvalue(result, row, 5)),
        .must_change = true_at(result, row, 6),
        .shut_out = true_at(result, row, 7),
        .made_ms = number_at(result, row, 8),
        .signed_in_ms = number_at(result, row, 9),
    };
}

enum status store_find_person(struct people_store *store, const char *name, struct arena *arena,
                              struct person_row *person)
{
    PGresult *result;
    enum status status = store_ask(
        store, &result, "select " PERSON_COLUMNS " from person where centre = $1 and name = $2",
        "t", name);
    if (status == STATUS_OK && PQntuples(result) == 0)
        status = STATUS_NOT_FOUND;
    if (status == STATUS_OK)
        *person = person_at(result, 0, arena);
    return store_done(status, result);
}

enum status store_list_people(struct people_store *store, const char *after, int limit,
                              struct arena *arena, struct person_row **people, int *n)
{
    PGresult *result;
    enum status status =
        store_ask(store, &result,
                  "select " PERSON_COLUMNS
                  " from person where centre = $1 and name > $2 order by name limit $3",
                  "ti", after, (int64_t)limit);
    *n = status == STATUS_OK ? PQntuples(result) : 0;
    *people = ARENA_ARRAY(arena, struct person_row, *n + 1);
    for (int i = 0; i < *n; i++)
        (*people)[i] = person_at(result, i, arena);
    return store_done(status, result);
}

enum status store_count_people(struct people_store *store, int64_t *n)
{
    PGresult *result;
    enum status status =
        store_ask(store, &result, "select count(*) from person where centre = $1", "");
    if (status == STATUS_OK)
        *n = number_at(result, 0, 0);
    return store_done(status, result);
}

enum status store_add_person(struct people_store *store, const struct person_row *person)
{
    return store_change(
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
    return store_change(store,
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
    return store_change(
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
        store_ask(store, &result,
                  "select count(*) from sign_in where centre = $1 and name = $2 and "
                  "result = 2 and at > to_timestamp($3::bigint / 1000.0)"
                  " and at > coalesce((select max(at) from sign_in where centre = $1 "
                  "and name = $2 and result in (1, 4)), '-infinity')",
                  "ti", name, since_ms);
    if (status == STATUS_OK)
        *n = number_at(result, 0, 0);
    return store_done(status, result);
}

enum status store_add_sign_in(struct people_store *store, const char *name,
                              Onedoor__Gateway__SignInResult what, const char *address,
                              int64_t now_ms)
{
    return store_change(store,
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
    enum status status = store_ask(
        store, &result, page->name[0] == '\0' ? SIGN_INS("$2 = ''") : SIGN_INS("name = $2"), "tiii",
        page->name, page->before, (int64_t)page->result, (int64_t)page->limit + 1);
    int n = status == STATUS_OK ? PQntuples(result) : 0;
    if (n > page->limit)
        reply->next = arena_printf(arena, "%" PRId64, number_at(result, --n - 1, 4));
    reply->n_lines = (size_t)n;
    reply->lines = ARENA_ARRAY(arena, Onedoor__Gateway__SignInLine *, n + 1);
    for (int i = 0; i < n; i++) {
        Onedoor__Gateway__SignInLine *line = reply->lines[i] =
            ARENA_NEW(arena, Onedoor__Gateway__SignInLine);
        onedoor__gateway__sign_in_line__init(line);
        line->at_ms = number_at(result, i, 0);
        line->name = arena_strdup(arena, PQgetvalue(result, i, 1));
        line->result = (Onedoor__Gateway__SignInResult)number_at(result, i, 2);
        line->address = arena_strdup(arena, PQgetvalue(result, i, 3));
    }
    return store_done(status, result);
}

/* ---- sessions */

/* Columns name, role, department, window_no, must_change, ends. */
static enum status caller_of(enum status status, PGresult *result, const unsigned char *hash,
                             bool by_session, struct caller *caller)
{
    if (status == STATUS_OK && PQntuples(result) == 0)
        status = STATUS_NOT_FOUND;
    if (status == STATUS_OK) {
        *caller = (struct caller){.role = (Onedoor__Role)number_at(result, 0, 1),
                                  .window = (int32_t)number_at(result, 0, 3),
                                  .must_change_password = true_at(result, 0, 4),
                                  .by_session = by_session,
                                  .ends_ms = number_at(result, 0, 5)};
        snprintf(caller->name, sizeof caller->name, "%s", PQgetvalue(result, 0, 0));
        snprintf(caller->department, sizeof caller->department, "%s", PQgetvalue(result, 0, 2));
        memcpy(caller->hash, hash, SECRET_HASH_BYTES);
    }
    return store_done(status, result);
}

enum status store_add_session(struct people_store *store,
                              const unsigned char hash[SECRET_HASH_BYTES], const char *person,
                              const char *address, int64_t now_ms, int64_t ends_ms)
{
    return store_change(store,
                        "with seen as (update person set signed_in_at = "
                        "to_timestamp($5::bigint / 1000.0) where centre = $1 and name = $3)"
                        " insert into session (centre, hash, person, address, made_at, "
                        "seen_at, ends_at) values ($1, $2, $3, $4,"
                        " to_timestamp($5::bigint / 1000.0), to_timestamp($5::bigint / "
                        "1000.0), to_timestamp($6::bigint / 1000.0))",
                        "httii", hash, person, address, now_ms, ends_ms);
}

enum status store_find_session(struct people_store *store,
                               const unsigned char hash[SECRET_HASH_BYTES], int64_t now_ms,
                               int64_t idle_since_ms, struct caller *caller)
{
    PGresult *result;
    enum status status =
        store_ask(store, &result,
                  "update session s set seen_at = to_timestamp($3::bigint / 1000.0) "
                  "from person p where s.centre = $1 and s.hash = $2"
                  " and s.ends_at > to_timestamp($3::bigint / 1000.0) and s.seen_at > "
                  "to_timestamp($4::bigint / 1000.0)"
                  " and p.centre = s.centre and p.name = s.person and not p.shut_out"
                  " returning p.name, p.role, p.department, p.window_no, p.must_change, "
                  "(extract(epoch from s.ends_at) * 1000)::bigint",
                  "hii", hash, now_ms, idle_since_ms);
    return caller_of(status, result, hash, true, caller);
}

enum status store_end_session(struct people_store *store,
                              const unsigned char hash[SECRET_HASH_BYTES])
{
    PGresult *result;
    enum status status =
        store_ask(store, &result, "delete from session where centre = $1 and hash = $2", "h", hash);
    return store_done(status, result);
}

enum status store_sweep(struct people_store *store, int64_t now_ms, int64_t idle_since_ms,
                        int64_t kept_since_ms)
{
    PGresult *result;
    enum status status = store_ask(
        store, &result,
        "with tokens as (delete from token where centre = $1 and ends_at <= "
        "to_timestamp($2::bigint / 1000.0)),"
        " answers as (delete from answer where centre = $1 and done_at <= "
        "to_timestamp($4::bigint / 1000.0))"
        " delete from session where centre = $1 and (ends_at <= to_timestamp($2::bigint / 1000.0)"
        " or seen_at <= to_timestamp($3::bigint / 1000.0))",
        "iii", now_ms, idle_since_ms, kept_since_ms);
    return store_done(status, result);
}

/* ---- tokens */

enum status store_add_token(struct people_store *store, const struct token_row *token,
                            const unsigned char hash[SECRET_HASH_BYTES], const char *made_by)
{
    return store_change(store,
                        "insert into token (centre, name, hash, role, department, window_no, "
                        "made_at, ends_at, made_by) values ($1, $2, $3, $4, $5,"
                        " $6, to_timestamp($7::bigint / 1000.0), to_timestamp($8::bigint / "
                        "1000.0), $9) on conflict do nothing",
                        "thitiiit", token->name, hash, (int64_t)token->role, token->department,
                        (int64_t)token->window, token->made_ms, token->ends_ms, made_by);
}

enum status store_find_token(struct people_store *store,
                             const unsigned char hash[SECRET_HASH_BYTES], int64_t now_ms,
                             struct caller *caller)
{
    PGresult *result;
    enum status status = store_ask(
        store, &result,
        "select name, role, department, window_no, false, (extract(epoch from ends_at) * "
        "1000)::bigint from token"
        " where centre = $1 and hash = $2 and ends_at > to_timestamp($3::bigint / 1000.0)",
        "hi", hash, now_ms);
    return caller_of(status, result, hash, false, caller);
}

enum status store_list_tokens(struct people_store *store, int64_t now_ms, struct arena *arena,
                              struct token_row **tokens, int *n)
{
    PGresult *result;
    enum status status = store_ask(
        store, &result,
        "select name, role, department, window_no, (extract(epoch from made_at) * 1000)::bigint,"
        " (extract(epoch from ends_at) * 1000)::bigint from token"
        " where centre = $1 and ends_at > to_timestamp($2::bigint / 1000.0) order by name limit "
        "1000",
        "i", now_ms);
    *n = status == STATUS_OK ? PQntuples(result) : 0;
    *tokens = ARENA_ARRAY(arena, struct token_row, *n + 1);
    for (int i = 0; i < *n; i++)
        (*tokens)[i] =
            (struct token_row){.name = arena_strdup(arena, PQgetvalue(result, i, 0)),
                               .role = (Onedoor__Role)number_at(result, i, 1),
                               .department = arena_strdup(arena, PQgetvalue(result, i, 2)),
                               .window = (int32_t)number_at(result, i, 3),
                               .made_ms = number_at(result, i, 4),
                               .ends_ms = number_at(result, i, 5)};
    return store_done(status, result);
}

enum status store_end_token(struct people_store *store, const char *name)
{
    return store_change(store, "delete from token where centre = $1 and name = $2", "t", name);
}

/* ---- notices */

enum status store_list_notices(struct people_store *store, int64_t now_ms, bool coming, int limit,
                               struct arena *arena, struct notice_row **notices, int *n)
{
    PGresult *result;
    enum status status = store_ask(
        store, &result,
        "select notice, text_zh, text_en, made_by, (extract(epoch from from_at) * 1000)::bigint,"
        " (extract(epoch from to_at) * 1000)::bigint from notice"
        " where centre = $1 and removed_by is null and to_at > to_timestamp($2::bigint / 1000.0)"
        " and ($3 or from_at <= to_timestamp($2::bigint / 1000.0))"
        " order by from_at, notice limit $4",
        "ibi", now_ms, (int)coming, (int64_t)limit);
    *n = status == STATUS_OK ? PQntuples(result) : 0;
    *notices = ARENA_ARRAY(arena, struct notice_row, *n + 1);
    for (int i = 0; i < *n; i++)
        (*notices)[i] =
            (struct notice_row){.notice = number_at(result, i, 0),
                                .text_zh = arena_strdup(arena, PQgetvalue(result, i, 1)),
                                .text_en = arena_strdup(arena, PQgetvalue(result, i, 2)),
                                .by = arena_strdup(arena, PQgetvalue(result, i, 3)),
                                .from_ms = number_at(result, i, 4),
                                .to_ms = number_at(result, i, 5)};
    return store_done(status, result);
}

enum status store_add_notice(struct people_store *store, struct notice_row *notice)
{
    PGresult *result;
    enum status status = store_ask(
        store, &result,
        "insert into notice (centre, text_zh, text_en, made_by, from_at, "
        "to_at) values ($1, $2, $3, $4, to_timestamp($5::bigint / 1000.0),"
        " to_timestamp($6::bigint / 1000.0)) returning notice",
        "tttii", notice->text_zh, notice->text_en, notice->by, notice->from_ms, notice->to_ms);
    if (status == STATUS_OK)
        notice->notice = number_at(result, 0, 0);
    return store_done(status, result);
}

enum status store_remove_notice(struct people_store *store, int64_t notice, const char *by,
                                int64_t now_ms)
{
    return store_change(
        store,
        "update notice set removed_by = $3, removed_at = to_timestamp($4::bigint / 1000.0)"
        " where centre = $1 and notice = $2 and removed_by is null",
        "iti", notice, by, now_ms);
}

/* ---- the hall */

enum status store_hall_kind(struct people_store *store, struct arena *arena, const char **kind)
{
    PGresult *result;
    enum status status =
        store_ask(store, &result, "select kind from hall.hall where $1::int > 0", "");
    if (status == STATUS_OK && PQntuples(result) == 0)
        status = STATUS_NOT_FOUND;
    if (status == STATUS_OK)
        *kind = arena_strdup(arena, PQgetvalue(result, 0, 0));
    return store_done(status, result);
}
