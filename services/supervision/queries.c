/* SPDX-License-Identifier: Apache-2.0 */
/* queries.c: answers to questions about work that is late or nearly so, and about the cards. Lamps
 * and deadlines are derived when asked, from the clock as last said. */
#include "common/service/reader.h"
#include "common/wire/message.h"
#include "onedoor/supervision.pb-c.h"
#include "services/supervision/place.h"
#include "services/supervision/rows.h"
#include "services/supervision/say.h"
#include "services/supervision/supervision.h"

/* A reply is one frame of 64 KiB, its envelope and all. */
enum { LINES_USUAL = 100 };

static int32_t limit_of(int32_t asked)
{
    return asked == 0 ? LINES_USUAL : asked;
}

/* How many there are of each level. */
struct levels_row {
    int64_t yellow;
    int64_t red;
};

static const struct column levels_columns[] = {
    COLUMN_AS(levels_row, yellow, "count(*) filter (where level = 2)", I64, 0),
    COLUMN_AS(levels_row, red, "count(*) filter (where level = 3)", I64, 0),
};
static const struct shape levels_shape = SHAPE(levels_row, levels_columns);

/* ---- ListDue */

/* A card that an extension has overtaken stays a card, but its work is not late any more. */
static void add_due(struct reader *reader, const Onedoor__Supervision__ListDue *ask,
                    Onedoor__Supervision__ListDueReply *reply)
{
    size_t n;
    struct place after;
    supervision_place_read(ask->after, &after);
    const struct watch_row *watches =
        reader_rows(reader, &supervision_watch_table,
                    "where centre = $1 and ((level >= 2 and level >= $3) or next_at <= $4)"
                    " and ($2 = '' or department = $2)"
                    " and (-level, coalesce(level_at, 'infinity'), coalesce(next_at, 'infinity'),"
                    " case_number, task, term) > (-$6, coalesce($7, 'infinity'::timestamptz),"
                    " coalesce($8, 'infinity'::timestamptz), $9, $10, $11)"
                    " order by level desc, level_at, next_at, case_number, task, term limit $5",
                    PARAMS(P_I16(reader->centre), P_TEXT(ask->department), P_I32(ask->at_least),
                           P_TIME(reader->now_ms), P_I32(limit_of(ask->limit)), P_I16(after.level),
                           P_TIME(after.at_ms), P_TIME(after.next_ms), P_I64(after.case_number),
                           P_I16(after.task), P_I16(after.term)),
                    &n);

    reply->lines = ARENA_ARRAY(reader->arena, Onedoor__Supervision__DueLine *, n);
    for (size_t i = 0; i < n; i++) {
        Onedoor__Supervision__DueLine *line =
            supervision_due_message(reader->memory, &watches[i], reader->now_ms, reader->arena);
        if (line->lamp >= ONEDOOR__SUPERVISION__LEVEL__YELLOW && line->lamp >= ask->at_least)
            reply->lines[reply->n_lines++] = line;
    }
    if (n == (size_t)limit_of(ask->limit))
        reply->next = supervision_place_of_watch(reader->arena, &watches[n - 1]);
}

static struct outcome answer_list_due(struct reader *reader, struct call *call)
{
    const Onedoor__Supervision__ListDue *ask = call->message;
    Onedoor__Supervision__ListDueReply *reply = READER_REPLY(
        reader, call, Onedoor__Supervision__ListDueReply, onedoor__supervision__list_due_reply);
    const struct levels_row *levels =
        reader_total(reader, &levels_shape,
                     "from watch where centre = $1 and level >= 2 and ($2 = '' or department = $2)",
                     PARAMS(P_I16(reader->centre), P_TEXT(ask->department)));

    add_due(reader, ask, reply);
    reply->yellow = levels->yellow;
    reply->red = levels->red;
    return OUTCOME_OK;
}

/* ---- ListCards */

#define WHICH_CARDS                                                                                \
    "centre = $1 and ($2 = '' or department = $2) and ($3 = 0 or level = $3)"                      \
    " and ($4 = 0 or case_number = $4) and (withdrawn > 0) = $5"

/* As many as a frame holds. */
static void add_cards(struct reader *reader, const struct card_row *cards, size_t n,
                      Onedoor__Supervision__ListCardsReply *reply)
{
    reply->cards = ARENA_ARRAY(reader->arena, Onedoor__Supervision__Card *, n);
    for (size_t bytes = 0; reply->n_cards < n; reply->n_cards++) {
        Onedoor__Supervision__Card *card =
            supervision_card_message(&cards[reply->n_cards], reader->arena);
        bytes += onedoor__supervision__card__get_packed_size(card);
        if (bytes > MESSAGE_PAGE_BYTES)
            break;
        reply->cards[reply->n_cards] = card;
    }
}

static struct outcome answer_list_cards(struct reader *reader, struct call *call)
{
    const Onedoor__Supervision__ListCards *ask = call->message;
    Onedoor__Supervision__ListCardsReply *reply = READER_REPLY(
        reader, call, Onedoor__Supervision__ListCardsReply, onedoor__supervision__list_cards_reply);
    size_t n;
    struct place after;
    supervision_place_read(ask->after, &after);
    const struct card_row *cards =
        reader_rows(reader, &supervision_card_table,
                    "where " WHICH_CARDS " and ($6::timestamptz is null or issued_at < $6"
                    " or (issued_at = $6 and (case_number, task, term, -level) >"
                    " ($7, $8, $9, -$10)))"
                    " order by issued_at desc, case_number, task, term, level desc limit $11",
                    PARAMS(P_I16(reader->centre), P_TEXT(ask->department), P_I32(ask->level),
                           P_I64(ask->case_number), P_BOOL(ask->withdrawn), P_TIME(after.at_ms),
                           P_I64(after.case_number), P_I16(after.task), P_I16(after.term),
                           P_I16(after.level), P_I32(limit_of(ask->limit))),
                    &n);
    const struct levels_row *levels =
        reader_total(reader, &levels_shape, "from card where " WHICH_CARDS,
                     PARAMS(P_I16(reader->centre), P_TEXT(ask->department), P_I32(ask->level),
                            P_I64(ask->case_number), P_BOOL(ask->withdrawn)));

    add_cards(reader, cards, n, reply);
    if (reply->n_cards > 0 && (reply->n_cards < n || n == (size_t)limit_of(ask->limit)))
        reply->next = supervision_place_of_card(reader->arena, &cards[reply->n_cards - 1]);
    reply->yellow = levels->yellow;
    reply->red = levels->red;
    return OUTCOME_OK;
}

const struct query supervision_queries[] = {
    {&onedoor__supervision__list_due__descriptor, ANY_ROLE & ~ROLE(PUBLIC), answer_list_due},
    {&onedoor__supervision__list_cards__descriptor, ANY_ROLE & ~ROLE(PUBLIC), answer_list_cards},
    {NULL, 0, NULL},
};
