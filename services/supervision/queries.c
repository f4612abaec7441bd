/* SPDX-License-Identifier: Apache-2.0 */
/* queries.c: what is late or nearly so, and the cards. Lamps and deadlines are derived now, from
 * the clock as last said. */
#include "common/service/reader.h"
#include "onedoor/supervision.pb-c.h"
#include "services/supervision/say.h"
#include "services/supervision/supervision.h"

/* A reply is one frame of 64 KiB, its envelope and all. */
enum { LINES_MAX = 500, LINES_USUAL = 100, REPLY_BYTES = 56 * 1024 };

static struct outcome check_limit(int32_t limit)
{
    if (limit < 0 || limit > LINES_MAX)
        return invalid(ONEDOOR__REASON__FIELD_INVALID, "limit", "from 1 to 500, or 0 for 100");
    return OUTCOME_OK;
}

static int32_t limit_of(int32_t asked)
{
    return asked == 0 ? LINES_USUAL : asked;
}

/* ---- ListDue */

static struct outcome check_list_due(const void *message)
{
    return check_limit(((const Onedoor__Supervision__ListDue *)message)->limit);
}

static Onedoor__Supervision__DueLine *due_line(struct reader *reader, const struct rows_read *rows,
                                               int row)
{
    const struct supervision *supervision = reader->memory;
    const struct clock clock = read_clock(rows, row, 5);
    enum lamp lamp = supervision_lamp_now(&supervision->scale, &clock, reader->now_ms);
    Onedoor__Supervision__DueLine *line = ARENA_NEW(reader->arena, Onedoor__Supervision__DueLine);

    onedoor__supervision__due_line__init(line);
    line->case_number = read_int(rows, row, 0);
    line->task = (int32_t)read_int(rows, row, 1);
    line->department = (char *)read_text(rows, row, 2);
    line->item = (char *)read_text(rows, row, 3);
    line->lamp = (Onedoor__Supervision__Level)lamp;
    line->due_ms = clock_due(&clock, &supervision->calendar);
    line->next_ms = supervision_lamp_next(&supervision->scale, &clock, lamp).at_ms;
    line->remaining_min = clock_remaining(&clock, &supervision->calendar, reader->now_ms);
    line->paused = clock.paused_since_ms != 0;
    line->assignee = (char *)read_text(rows, row, 4);
    return line;
}

/* A card that an extension has overtaken stays a card, but its work is not late any more. */
static void fill_due(struct reader *reader, const struct rows_read *rows,
                     Onedoor__Supervision__Level at_least,
                     Onedoor__Supervision__ListDueReply *reply)
{
    reply->lines = ARENA_ARRAY(reader->arena, Onedoor__Supervision__DueLine *, rows->n);
    for (int row = 0; row < rows->n; row++) {
        Onedoor__Supervision__DueLine *line = due_line(reader, rows, row);
        if (line->lamp >= ONEDOOR__SUPERVISION__LEVEL__YELLOW && line->lamp >= at_least)
            reply->lines[reply->n_lines++] = line;
    }
}

static struct outcome answer_list_due(struct reader *reader, struct call *call)
{
    const Onedoor__Supervision__ListDue *ask = call->message;
    Onedoor__Supervision__ListDueReply *reply = READER_REPLY(
        reader, call, Onedoor__Supervision__ListDueReply, onedoor__supervision__list_due_reply);
    struct rows_read *rows = reader_ask(
        reader,
        "select case_number, task, department, item, assignee, " CLOCK_COLUMNS " from watch"
        " where centre = $1 and ((level >= 2 and level >= $3) or next_at <= $4)"
        " and ($2 = '' or department = $2)"
        " order by level desc, level_at, next_at, case_number, task limit $5",
        "stimi", reader->centre, ask->department, (int64_t)ask->at_least, reader->now_ms,
        (int64_t)limit_of(ask->limit));
    struct rows_read *counts =
        reader_ask(reader,
                   "select count(*) filter (where level = 2), count(*) filter (where level = 3)"
                   " from watch where centre = $1 and level >= 2 and ($2 = '' or department = $2)",
                   "st", reader->centre, ask->department);

    fill_due(reader, rows, ask->at_least, reply);
    reply->yellow = read_int(counts, 0, 0);
    reply->red = read_int(counts, 0, 1);
    return OUTCOME_OK;
}

/* ---- ListCards */

static struct outcome check_list_cards(const void *message)
{
    return check_limit(((const Onedoor__Supervision__ListCards *)message)->limit);
}

static Onedoor__Supervision__Card *read_card(struct reader *reader, const struct rows_read *rows,
                                             int row)
{
    const struct card_row card = {
        .case_number = read_int(rows, row, 0),
        .task = (int16_t)read_int(rows, row, 1),
        .level = (int16_t)read_int(rows, row, 2),
        .department = read_text(rows, row, 3),
        .item = read_text(rows, row, 4),
        .rule = read_text(rows, row, 5),
        .state = (int16_t)read_int(rows, row, 6),
        .issued_ms = read_time(rows, row, 7),
        .due_ms = read_time(rows, row, 8),
        .budget_min = (int32_t)read_int(rows, row, 9),
        .used_min = (int32_t)read_int(rows, row, 10),
        .paused_min = (int32_t)read_int(rows, row, 11),
        .presses = (int16_t)read_int(rows, row, 12),
        .answer = read_text(rows, row, 13),
    };

    return supervision_card_message(reader->arena, &card);
}

static struct outcome answer_list_cards(struct reader *reader, struct call *call)
{
    const Onedoor__Supervision__ListCards *ask = call->message;
    Onedoor__Supervision__ListCardsReply *reply = READER_REPLY(
        reader, call, Onedoor__Supervision__ListCardsReply, onedoor__supervision__list_cards_reply);
    struct rows_read *rows = reader_ask(
        reader,
        "select case_number, task, level, department, item, rule, state, issued_at, due_at,"
        " budget_min, used_min, paused_min, presses, answer from card where centre = $1"
        " and ($2 = '' or department = $2) and ($3 = 0 or level = $3)"
        " and ($4::bigint = 0 or case_number = $4)"
        " order by issued_at desc, case_number, task, level desc limit $5",
        "stiii", reader->centre, ask->department, (int64_t)ask->level, ask->case_number,
        (int64_t)limit_of(ask->limit));
    struct rows_read *counts =
        reader_ask(reader,
                   "select count(*) filter (where level = 2), count(*) filter (where level = 3)"
                   " from card where centre = $1 and ($2 = '' or department = $2)"
                   " and ($3 = 0 or level = $3) and ($4::bigint = 0 or case_number = $4)",
                   "stii", reader->centre, ask->department, (int64_t)ask->level, ask->case_number);

    reply->cards = ARENA_ARRAY(reader->arena, Onedoor__Supervision__Card *, rows->n);
    for (size_t bytes = 0; reply->n_cards < (size_t)rows->n; reply->n_cards++) {
        Onedoor__Supervision__Card *card = read_card(reader, rows, (int)reply->n_cards);
        bytes += onedoor__supervision__card__get_packed_size(card);
        if (bytes > REPLY_BYTES)
            break;
        reply->cards[reply->n_cards] = card;
    }
    reply->yellow = read_int(counts, 0, 0);
    reply->red = read_int(counts, 0, 1);
    return OUTCOME_OK;
}

const struct query supervision_queries[] = {
    {&onedoor__supervision__list_due__descriptor, ANY_ROLE & ~ROLE(PUBLIC), check_list_due,
     answer_list_due},
    {&onedoor__supervision__list_cards__descriptor, ANY_ROLE & ~ROLE(PUBLIC), check_list_cards,
     answer_list_cards},
    {NULL, 0, NULL, NULL},
};
