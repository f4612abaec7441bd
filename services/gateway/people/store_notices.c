/* SPDX-License-Identifier: Apache-2.0 */
/* store_notices.c: notices of the hall. */
#include "services/gateway/people/statement.h"

enum status store_list_notices(struct people_store *store, int64_t now_ms, bool coming, int limit,
                               struct arena *arena, struct notice_row **notices, int *n)
{
    PGresult *result;
    enum status status = statement_ask(
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
        (*notices)[i] = (struct notice_row){.notice = statement_number(result, i, 0),
                                            .text_zh = statement_text(result, i, 1, arena),
                                            .text_en = statement_text(result, i, 2, arena),
                                            .by = statement_text(result, i, 3, arena),
                                            .from_ms = statement_number(result, i, 4),
                                            .to_ms = statement_number(result, i, 5)};
    return statement_done(status, result);
}

enum status store_add_notice(struct people_store *store, struct notice_row *notice)
{
    PGresult *result;
    enum status status = statement_ask(
        store, &result,
        "insert into notice (centre, text_zh, text_en, made_by, from_at, "
        "to_at) values ($1, $2, $3, $4, to_timestamp($5::bigint / 1000.0),"
        " to_timestamp($6::bigint / 1000.0)) returning notice",
        "tttii", notice->text_zh, notice->text_en, notice->by, notice->from_ms, notice->to_ms);
    if (status == STATUS_OK)
        notice->notice = statement_number(result, 0, 0);
    return statement_done(status, result);
}

enum status store_remove_notice(struct people_store *store, int64_t notice, const char *by,
                                int64_t now_ms)
{
    return statement_change(
        store,
        "update notice set removed_by = $3, removed_at = to_timestamp($4::bigint / 1000.0)"
        " where centre = $1 and notice = $2 and removed_by is null",
        "iti", notice, by, now_ms);
}
