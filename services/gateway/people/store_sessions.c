/* SPDX-License-Identifier: Apache-2.0 */
/* store_sessions.c: sessions and tokens, and to whom they belong. */
#include <stdio.h>
#include <string.h>

#include "services/gateway/people/people.h"
#include "services/gateway/people/statement.h"
#include "services/gateway/people/store.h"

/* ---- holders */

struct holder_row {
    const char *name, *department;
    Onedoor__Role role;
    int32_t window;
    bool must_change, has_second;
    int64_t ends_ms;
};

#define HAS_SECOND                                                                                 \
    "exists (select from second_factor f where f.centre = p.centre and f.person = p.name"          \
    " and f.secret is not null)"

/* `prefix` goes before the name. */
static enum status caller_of(enum status status, const struct holder_row *holder,
                             const unsigned char *hash, const char *prefix, struct caller *caller)
{
    if (status != STATUS_OK)
        return status;
    *caller = (struct caller){.role = holder->role,
                              .window = holder->window,
                              .must_change_password = holder->must_change,
                              .has_second = holder->has_second,
                              .by_session = prefix[0] == '\0',
                              .ends_ms = holder->ends_ms};
    snprintf(caller->name, sizeof caller->name, "%s%s", prefix, holder->name);
    snprintf(caller->department, sizeof caller->department, "%s", holder->department);
    memcpy(caller->hash, hash, SECRET_HASH_BYTES);
    return STATUS_OK;
}

/* ---- sessions */

enum status store_add_session(struct people_store *store,
                              const unsigned char hash[SECRET_HASH_BYTES], const char *person,
                              const char *address, int64_t now_ms, int64_t ends_ms)
{
    return statement_change(
        store,
        "with seen as (update person set signed_in_at = $5 where centre = $1 and name = $3)"
        " insert into session (centre, hash, person, address, made_at, seen_at, ends_at)"
        " values ($1, $2, $3, $4, $5, $5, $6)",
        PARAMS(P_I16(store->centre), P_HASH(hash), P_TEXT(person), P_TEXT(address), P_TIME(now_ms),
               P_TIME(ends_ms)));
}

static const struct column session_columns[] = {
    COLUMN_AS(holder_row, name, "p.name", TEXT, 0),
    COLUMN_AS(holder_row, role, "p.role::integer", I32, 0),
    COLUMN_AS(holder_row, department, "p.department", TEXT, 0),
    COLUMN_AS(holder_row, window, "p.window_no", I32, 0),
    COLUMN_AS(holder_row, must_change, "p.must_change", BOOL, 0),
    COLUMN_AS(holder_row, has_second, HAS_SECOND, BOOL, 0),
    COLUMN_AS(holder_row, ends_ms, "s.ends_at", TIME, 0),
};
static const struct shape session_shape = SHAPE(holder_row, session_columns);

enum status store_find_session(struct people_store *store,
                               const unsigned char hash[SECRET_HASH_BYTES], int64_t now_ms,
                               int64_t idle_since_ms, struct arena *arena, struct caller *caller)
{
    struct holder_row holder;
    enum status status = statement_change_row(
        store, &session_shape,
        "update session s set seen_at = $3 from person p where s.centre = $1 and s.hash = $2"
        " and s.ends_at > $3 and s.seen_at > $4"
        " and p.centre = s.centre and p.name = s.person and not p.shut_out"
        " returning p.name, p.role::integer, p.department, p.window_no, p.must_change, " HAS_SECOND
        ", s.ends_at",
        PARAMS(P_I16(store->centre), P_HASH(hash), P_TIME(now_ms), P_TIME(idle_since_ms)), arena,
        &holder);
    return caller_of(status, &holder, hash, "", caller);
}

enum status store_end_session(struct people_store *store,
                              const unsigned char hash[SECRET_HASH_BYTES])
{
    return statement_allow_none(
        statement_change(store, "delete from session where centre = $1 and hash = $2",
                         PARAMS(P_I16(store->centre), P_HASH(hash))));
}

static const struct column own_session_columns[] = {
    COLUMN(session_row, id, I64, 0),
    COLUMN(session_row, address, TEXT, 0),
    COLUMN_AS(session_row, made_ms, "made_at", TIME, 0),
    COLUMN_AS(session_row, seen_ms, "seen_at", TIME, 0),
    COLUMN_AS(session_row, current, "hash = $3", BOOL, 0),
};
static const struct shape own_session_shape = SHAPE(session_row, own_session_columns);

enum status store_list_sessions(struct people_store *store, const char *person,
                                const unsigned char hash[SECRET_HASH_BYTES], int64_t now_ms,
                                int64_t idle_since_ms, struct arena *arena,
                                struct session_row **sessions, size_t *n)
{
    void *rows = NULL;
    enum status status = statement_rows(
        store, &own_session_shape,
        "from session where centre = $1 and person = $2 and ends_at > $4 and seen_at > $5"
        " order by seen_at desc limit 100",
        PARAMS(P_I16(store->centre), P_TEXT(person), P_HASH(hash), P_TIME(now_ms),
               P_TIME(idle_since_ms)),
        arena, &rows, n);
    *sessions = rows;
    return status;
}

#define ENDED RIGHT_CHANGE("9", "$5", "person", "$4", NO_RIGHTS, NO_RIGHTS, "from ended")

enum status store_end_session_of(struct people_store *store, const char *person, int64_t id)
{
    return statement_change(
        store,
        "with ended as (delete from session where centre = $1 and person = $2 and id = $3"
        " returning person) " ENDED,
        PARAMS(P_I16(store->centre), P_TEXT(person), P_I64(id), P_TEXT(store->by),
               P_TIME(people_now_ms())));
}

/* ---- tokens */

#define TOKEN_NAME   "'" TOKEN_PREFIX "' || name"
#define TOKEN_RIGHTS "role, department, window_no, false"
#define MADE         RIGHT_CHANGE("7", "$7", TOKEN_NAME, "$9", NO_RIGHTS, TOKEN_RIGHTS, "from made")
#define REVOKED      RIGHT_CHANGE("8", "$4", TOKEN_NAME, "$3", TOKEN_RIGHTS, NO_RIGHTS, "from gone")

enum status store_add_token(struct people_store *store, const struct token_row *token,
                            const unsigned char hash[SECRET_HASH_BYTES])
{
    return statement_change(
        store,
        "with made as (insert into token (centre, name, hash, role, department, window_no, made_at,"
        " ends_at, made_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing"
        " returning *) " MADE,
        PARAMS(P_I16(store->centre), P_TEXT(token->name), P_HASH(hash), P_I16((int16_t)token->role),
               P_TEXT(token->department), P_I32(token->window), P_TIME(token->made_ms),
               P_TIME(token->ends_ms), P_TEXT(token->made_by)));
}

static const struct column token_holder_columns[] = {
    COLUMN(holder_row, name, TEXT, 0),
    COLUMN_AS(holder_row, role, "role::integer", I32, 0),
    COLUMN(holder_row, department, TEXT, 0),
    COLUMN_AS(holder_row, window, "window_no", I32, 0),
    COLUMN_AS(holder_row, ends_ms, "ends_at", TIME, 0),
};
static const struct shape token_holder_shape = SHAPE(holder_row, token_holder_columns);

enum status store_find_token(struct people_store *store,
                             const unsigned char hash[SECRET_HASH_BYTES], int64_t now_ms,
                             struct arena *arena, struct caller *caller)
{
    struct holder_row holder;
    enum status status = statement_change_row(
        store, &token_holder_shape,
        "update token set used_at = $3 where centre = $1 and hash = $2 and ends_at > $3"
        " returning name, role::integer, department, window_no, ends_at",
        PARAMS(P_I16(store->centre), P_HASH(hash), P_TIME(now_ms)), arena, &holder);
    return caller_of(status, &holder, hash, TOKEN_PREFIX, caller);
}

static const struct column token_columns[] = {
    COLUMN(token_row, name, TEXT, 0),
    COLUMN_AS(token_row, role, "role::integer", I32, 0),
    COLUMN(token_row, department, TEXT, 0),
    COLUMN_AS(token_row, window, "window_no", I32, 0),
    COLUMN_AS(token_row, made_ms, "made_at", TIME, 0),
    COLUMN_AS(token_row, used_ms, "used_at", TIME, 0),
    COLUMN(token_row, made_by, TEXT, 0),
    COLUMN_AS(token_row, ends_ms, "ends_at", TIME, 0),
};
static const struct shape token_shape = SHAPE(token_row, token_columns);

enum status store_list_tokens(struct people_store *store, int64_t now_ms, struct arena *arena,
                              struct token_row **tokens, size_t *n)
{
    void *rows = NULL;
    enum status status =
        statement_rows(store, &token_shape,
                       "from token where centre = $1 and ends_at > $2 order by name limit 1000",
                       PARAMS(P_I16(store->centre), P_TIME(now_ms)), arena, &rows, n);
    *tokens = rows;
    return status;
}

enum status store_end_token(struct people_store *store, const char *name)
{
    return statement_change(
        store,
        "with gone as (delete from token where centre = $1 and name = $2 returning *) " REVOKED,
        PARAMS(P_I16(store->centre), P_TEXT(name), P_TEXT(store->by), P_TIME(people_now_ms())));
}
