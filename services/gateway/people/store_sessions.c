/* SPDX-License-Identifier: Apache-2.0 */
/* store_sessions.c: sessions and tokens, and to whom they belong. */
#include <stdio.h>
#include <string.h>

#include "services/gateway/people/statement.h"

/* Columns name, role, department, window_no, must_change, ends. */
static enum status caller_of(enum status status, PGresult *result, const unsigned char *hash,
                             bool by_session, struct caller *caller)
{
    if (status == STATUS_OK && PQntuples(result) == 0)
        status = STATUS_NOT_FOUND;
    if (status == STATUS_OK) {
        *caller = (struct caller){.role = (Onedoor__Role)statement_number(result, 0, 1),
                                  .window = (int32_t)statement_number(result, 0, 3),
                                  .must_change_password = statement_true(result, 0, 4),
                                  .by_session = by_session,
                                  .ends_ms = statement_number(result, 0, 5)};
        snprintf(caller->name, sizeof caller->name, "%s", PQgetvalue(result, 0, 0));
        snprintf(caller->department, sizeof caller->department, "%s", PQgetvalue(result, 0, 2));
        memcpy(caller->hash, hash, SECRET_HASH_BYTES);
    }
    return statement_done(status, result);
}

enum status store_add_session(struct people_store *store,
                              const unsigned char hash[SECRET_HASH_BYTES], const char *person,
                              const char *address, int64_t now_ms, int64_t ends_ms)
{
    return statement_change(store,
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
        statement_ask(store, &result,
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
    enum status status = statement_ask(
        store, &result, "delete from session where centre = $1 and hash = $2", "h", hash);
    return statement_done(status, result);
}

/* ---- tokens */

enum status store_add_token(struct people_store *store, const struct token_row *token,
                            const unsigned char hash[SECRET_HASH_BYTES], const char *made_by)
{
    return statement_change(store,
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
    enum status status = statement_ask(
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
    enum status status = statement_ask(
        store, &result,
        "select name, role, department, window_no, (extract(epoch from made_at) * 1000)::bigint,"
        " (extract(epoch from ends_at) * 1000)::bigint from token"
        " where centre = $1 and ends_at > to_timestamp($2::bigint / 1000.0) order by name limit "
        "1000",
        "i", now_ms);
    *n = status == STATUS_OK ? PQntuples(result) : 0;
    *tokens = ARENA_ARRAY(arena, struct token_row, *n + 1);
    for (int i = 0; i < *n; i++)
        (*tokens)[i] = (struct token_row){.name = statement_text(result, i, 0, arena),
                                          .role = (Onedoor__Role)statement_number(result, i, 1),
                                          .department = statement_text(result, i, 2, arena),
                                          .window = (int32_t)statement_number(result, i, 3),
                                          .made_ms = statement_number(result, i, 4),
                                          .ends_ms = statement_number(result, i, 5)};
    return statement_done(status, result);
}

enum status store_end_token(struct people_store *store, const char *name)
{
    return statement_change(store, "delete from token where centre = $1 and name = $2", "t", name);
}
