/* SPDX-License-Identifier: Apache-2.0 */
/* store_denials.c: what was refused, by day. */
#include "services/gateway/people/statement.h"
#include "services/gateway/people/store.h"

/* ---- counting */

/* $10 as the hall's own day. */
#define DAY    "($10::timestamptz at time zone 'Asia/Shanghai')::date"
#define OF_DAY "from denial where centre = $1 and day = " DAY
/* Whoever is signed in is known by name; the others, whatever names they try, by address. */
#define NAMELESS "in (3, 5, 6, 7)"
#define OF_ASKER                                                                                   \
    OF_DAY " and (kind " NAMELESS ") = ($2 " NAMELESS ")"                                          \
           " and case when $2 " NAMELESS " then address = $4 else name = $3 end"
#define COUNTED_IN                                                                                 \
    " on conflict (centre, day, name, address, kind, what, case_number) do update"                 \
    " set times = denial.times + excluded.times, last_at = excluded.last_at"
#define ADD                                                                                        \
    "insert into denial (centre, day, kind, name, address, what, case_number, times, first_at,"    \
    " last_at)"

static enum status add(struct people_store *store, const char *sql, const struct denial *denial)
{
    return statement_change(
        store, sql,
        PARAMS(P_I16(store->centre), P_I16((int16_t)denial->kind), P_TEXT(denial->name),
               P_TEXT(denial->address), P_TEXT(denial->what), P_I64(denial->case_number),
               P_I64(denial->times), P_I64(config_number(store->config, "denials_a_day")),
               P_I64(config_number(store->config, "denials_each")), P_TIME(denial->first_ms),
               P_TIME(denial->last_ms)));
}

enum status store_add_denial(struct people_store *store, const struct denial *denial)
{
    static const char with_particulars[] =
        ADD " select $1, " DAY ", $2, $3, $4, $5, $6, $7, $10, $11 where exists (select " OF_DAY
            " and name = $3 and address = $4 and kind = $2 and what = $5 and case_number = $6)"
            " or ((select count(*) " OF_DAY ") < $8 and (select count(*) " OF_ASKER
            ") < $9)" COUNTED_IN;
    /* $8 and $9 have their types, and say nothing here. */
    static const char by_kind[] =
        ADD " select $1, " DAY
            ", $2, $3, $4, $5, $6, $7, $10, $11 where $8 >= 0 and $9 >= 0" COUNTED_IN;
    enum status status = add(store, with_particulars, denial);
    const struct denial kind_alone = denial_of_kind(denial);
    return status == STATUS_NOT_FOUND ? add(store, by_kind, &kind_alone) : status;
}

/* ---- reading */

static const struct column denial_columns[] = {
    COLUMN(denial_row, id, I64, 0),
    COLUMN_AS(denial_row, kind, "kind::integer", I32, 0),
    COLUMN(denial_row, name, TEXT, 0),
    COLUMN(denial_row, address, TEXT, 0),
    COLUMN(denial_row, what, TEXT, 0),
    COLUMN(denial_row, case_number, I64, 0),
    COLUMN(denial_row, times, I64, 0),
    COLUMN_AS(denial_row, first_ms, "first_at", TIME, 0),
    COLUMN_AS(denial_row, last_ms, "last_at", TIME, 0),
};
static const struct shape denial_shape = SHAPE(denial_row, denial_columns);

/* Plans are generic here: each way to ask is a statement of its own, by its own index. */
#define DENIALS(whose)                                                                             \
    "from denial where centre = $1 and " whose " and id < $3 and ($4 = 0 or kind = $4)"            \
    " order by id desc limit $5"

enum status store_list_denials(struct people_store *store, const struct denial_page *page,
                               struct arena *arena, struct denial_row **denials, size_t *n)
{
    static const char of_all[] = DENIALS("$2 = ''"), of_name[] = DENIALS("name = $2"),
                      of_address[] = DENIALS("address = $2");
    void *rows = NULL;
    enum status status =
        statement_rows(store, &denial_shape,
                       page->who[0] == '\0' ? of_all
                       : page->is_address   ? of_address
                                            : of_name,
                       PARAMS(P_I16(store->centre), P_TEXT(page->who), P_I64(page->before),
                              P_I16((int16_t)page->kind), P_I64((int64_t)page->limit + 1)),
                       arena, &rows, n);
    *denials = rows;
    return status;
}
