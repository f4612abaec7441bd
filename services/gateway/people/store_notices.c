/* SPDX-License-Identifier: Apache-2.0 */
/* store_notices.c: notices of the hall. */
#include "services/gateway/people/statement.h"
#include "services/gateway/people/store.h"

static const struct column notice_columns[] = {
    COLUMN(notice_row, notice, I64, 0),
    COLUMN(notice_row, text_zh, TEXT, 0),
    COLUMN(notice_row, text_en, TEXT, 0),
    COLUMN_AS(notice_row, by, "made_by", TEXT, 0),
    COLUMN_AS(notice_row, from_ms, "from_at", TIME, 0),
    COLUMN_AS(notice_row, to_ms, "to_at", TIME, 0),
};
static const struct shape notice_shape = SHAPE(notice_row, notice_columns);

enum status store_list_notices(struct people_store *store, int64_t now_ms, bool coming, int limit,
                               struct arena *arena, struct notice_row **notices, size_t *n)
{
    void *rows = NULL;
    enum status status =
        statement_rows(store, &notice_shape,
                       "from notice where centre = $1 and removed_by is null and to_at > $2"
                       " and ($3 or from_at <= $2) order by from_at, notice limit $4",
                       PARAMS(P_I16(store->centre), P_TIME(now_ms), P_BOOL(coming), P_I64(limit)),
                       arena, &rows, n);
    *notices = rows;
    return status;
}

enum status store_add_notice(struct people_store *store, struct arena *arena,
                             struct notice_row *notice)
{
    return statement_change_row(
        store, &notice_shape,
        "insert into notice (centre, text_zh, text_en, made_by, from_at, to_at)"
        " values ($1, $2, $3, $4, $5, $6)"
        " returning notice, text_zh, text_en, made_by, from_at, to_at",
        PARAMS(P_I16(store->centre), P_TEXT(notice->text_zh), P_TEXT(notice->text_en),
               P_TEXT(notice->by), P_TIME(notice->from_ms), P_TIME(notice->to_ms)),
        arena, notice);
}

enum status store_remove_notice(struct people_store *store, int64_t notice, const char *by,
                                int64_t now_ms)
{
    return statement_change(
        store,
        "update notice set removed_by = $3, removed_at = $4"
        " where centre = $1 and notice = $2 and removed_by is null",
        PARAMS(P_I16(store->centre), P_I64(notice), P_TEXT(by), P_TIME(now_ms)));
}
