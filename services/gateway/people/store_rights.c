/* SPDX-License-Identifier: Apache-2.0 */
/* store_rights.c: reads which rights were changed; each change records itself (RIGHT_CHANGE). */
#include "services/gateway/people/statement.h"
#include "services/gateway/people/store.h"

static const struct column right_change_columns[] = {
    COLUMN(right_change_row, id, I64, 0),
    COLUMN_AS(right_change_row, at_ms, "at", TIME, 0),
    COLUMN_AS(right_change_row, event, "event::integer", I32, 0),
    COLUMN(right_change_row, who, TEXT, 0),
    COLUMN_AS(right_change_row, by, "made_by", TEXT, 0),
    COLUMN(right_change_row, department_before, TEXT, 0),
    COLUMN(right_change_row, department_after, TEXT, 0),
    COLUMN_AS(right_change_row, role_before, "coalesce(role_before, 0)::integer", I32, 0),
    COLUMN_AS(right_change_row, role_after, "coalesce(role_after, 0)::integer", I32, 0),
    COLUMN_AS(right_change_row, window_before, "coalesce(window_before, 0)", I32, 0),
    COLUMN_AS(right_change_row, window_after, "coalesce(window_after, 0)", I32, 0),
    COLUMN_AS(right_change_row, shut_out_before, "coalesce(shut_out_before, false)", BOOL, 0),
    COLUMN_AS(right_change_row, shut_out_after, "coalesce(shut_out_after, false)", BOOL, 0),
};
static const struct shape right_change_shape = SHAPE(right_change_row, right_change_columns);

struct made_row {
    int64_t latest, n;
};
/* Who was only just made, a person (1) or a token (7), was not authenticated before. */
static const struct column made_columns[] = {
    COLUMN_AS(made_row, latest, "coalesce(max(id), 0)", I64, 0),
    COLUMN_AS(made_row, n, "count(*) filter (where made_by = '' and event not in (1, 7))", I64, 0),
};
static const struct shape made_shape = SHAPE(made_row, made_columns);

enum status store_rights_made_here(struct people_store *store, struct arena *arena, int64_t *latest,
                                   bool *any)
{
    struct made_row made;
    enum status status =
        statement_row(store, &made_shape, "from right_change where centre = $1 and id > $2",
                      PARAMS(P_I16(store->centre), P_I64(*latest)), arena, &made);
    if (status != STATUS_OK)
        return status;
    *any = made.n > 0;
    *latest = made.latest > *latest ? made.latest : *latest;
    return STATUS_OK;
}

#define RIGHT_CHANGES(whose)                                                                       \
    "from right_change where centre = $1 and " whose " and id < $3 and ($4 = 0 or event = $4)"     \
    " order by id desc limit $5"

enum status store_list_right_changes(struct people_store *store,
                                     const struct right_change_page *page, struct arena *arena,
                                     struct right_change_row **changes, size_t *n)
{
    static const char of_all[] = RIGHT_CHANGES("$2 = ''"), of_one[] = RIGHT_CHANGES("who = $2");
    void *rows = NULL;
    enum status status =
        statement_rows(store, &right_change_shape, page->who[0] == '\0' ? of_all : of_one,
                       PARAMS(P_I16(store->centre), P_TEXT(page->who), P_I64(page->before),
                              P_I16((int16_t)page->event), P_I64((int64_t)page->limit + 1)),
                       arena, &rows, n);
    *changes = rows;
    return status;
}
