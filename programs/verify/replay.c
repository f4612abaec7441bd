/* SPDX-License-Identifier: Apache-2.0 */
/* replay.c: invariant 3. The followers' own code runs on a memory store over the journals of the
 * others, from the beginning to where the live follower is, and the rows that it makes are compared
 * with the live rows, column by column.
 *
 * reporting: all of its rows. It takes no commands, so they come from events alone.
 * supervision: watches, and cards except what commands write on them (presses and answers). The
 * tick issues cards too; the replay ticks up to just before the earliest instant at which a live
 * watch is due: the live service has done everything before it. intake, routing and charging also
 * make rows from commands, which are not replayed; invariants 4 to 7 compare their rows with their
 * journals.
 *
 * What depends on deadlines is not compared while supervision derives them by a new calendar
 * (walk.h), for the replay has all of them, and after its clock had to be accepted, for cards that
 * came by a wrong clock stay.
 *
 * Journals are replayed one whole stream after the other, since a follower's rows must not depend
 * on how streams interleave. Cases are replayed in slices of whole days, so that memory is bounded:
 * every row of a follower that is compared belongs to one case or to one day of receipt; what is
 * of no case is replayed with the first. */
#include <string.h>

#include "common/base/panic.h"
#include "common/postgres/pgadmin.h"
#include "common/rows/corridor.h"
#include "common/rows/memstore.h"
#include "common/service/batch.h"
#include "common/values/case_number.h"
#include "programs/verify/slices.h"
#include "programs/verify/verify.h"
#include "services/reporting/reporting.h"
#include "services/reporting/rows.h"
#include "services/supervision/rows.h"
#include "services/supervision/supervision.h"

enum { SLICE_CASES = 20000, BATCH = 256, BATCH_BYTES = 64 << 20, CONFIG_BYTES = 1 << 20 };

/* A walk in memory disturbs nobody. */
#define SLICE "--slice_rows=4096"

/* Columns that commands write, left out of the comparison. */
static const char *const by_command[] = {"card.state",       "card.presses",     "card.answer",
                                         "card.answered_by", "card.answered_at", NULL};

/* Columns that depend on deadlines. */
static const char *const by_deadline[] = {"watch.level", "watch.level_at", "watch.due_at",
                                          "watch.next_at", NULL};

static const struct service *const followers[] = {&reporting_service, &supervision_service, NULL};

struct replay {
    struct verify *verify;
    const struct service *service;
    const struct config *config;
    struct memstore *memory;
    struct engine engine;
    int64_t from_day, to_day; /* of receipt, YYMMDD as case numbers begin: the slice */
    int64_t tick_ms;
    bool skips_deadlines; /* what follows from them is not compared */
    /* the batch being gathered */
    struct arena *arena;
    struct item items[BATCH];
    size_t n;
    int follow;
    int64_t until_seq; /* how far the live follower is in this stream */
    /* the comparison */
    const struct table *table;
    size_t live_rows;
};

/* ---- the memory store, with the reference tables of life */

static void put_reference(void *context, void *row)
{
    struct replay *replay = context;
    memstore_put(replay->memory, replay->table, row);
}

static void open_memory(struct replay *replay)
{
    replay->memory = memstore_new(replay->service, replay->verify->centre);
    for (int i = 0; replay->service->tables[i] != NULL; i++) {
        replay->table = replay->service->tables[i];
        if (replay->table->reference)
            pgadmin_rows(replay->verify->conn, replay->service->name, replay->table,
                         replay->verify->centre, put_reference, replay);
    }
    must(engine_open(&replay->engine, replay->service, memstore_store(replay->memory),
                     replay->config) == STATUS_OK);
}

/* ---- the journals */

/* The day of receipt, which every case number begins with; 0 for an event that concerns no case. */
static int64_t day_of(int64_t case_number)
{
    while (case_number > 999999)
        case_number /= 10;
    return case_number;
}

static bool is_in_slice(const struct replay *replay, int64_t case_number)
{
    int64_t day = day_of(case_number);
    return day >= replay->from_day && day < replay->to_day;
}

static void run_batch(struct replay *replay)
{
    if (replay->n == 0)
        return;
    must(batch_run(&replay->engine, replay->items, replay->n,
                   replay->items[replay->n - 1].event.at_ms, replay->arena) == STATUS_OK);
    replay->n = 0;
    arena_reset(replay->arena);
}

/* Events of cases outside the slice are skipped but counted, so that the stream has no gaps. */
static void hear(void *context, void *data)
{
    struct replay *replay = context;
    const struct journal_row *row = table_copy(&journal_table, data, replay->arena);
    if (row->seq > replay->until_seq)
        return;
    struct event event = {.epoch = row->epoch,
                          .seq = row->seq,
                          .type = row->type,
                          .version = row->version,
                          .case_number = row->case_number,
                          .at_ms = row->at_ms,
                          .actor = row->actor,
                          .payload = row->payload};
    memcpy(event.hash, row->hash.data, HASH_BYTES);
    struct item *item = &replay->items[replay->n++];
    engine_hear(&replay->engine, replay->follow, &event, item);
    if (!is_in_slice(replay, row->case_number))
        item->hearing = NULL;
    if (replay->n == BATCH)
        run_batch(replay);
}

static void read_cursor(void *context, void *data)
{
    struct replay *replay = context;
    const struct cursor_row *cursor = data;
    if (strcmp(cursor->stream, replay->service->follows[replay->follow].stream) == 0)
        replay->until_seq = cursor->seq;
}

static void hear_streams(struct replay *replay)
{
    for (replay->follow = 0; replay->service->follows[replay->follow].stream != NULL;
         replay->follow++) {
        replay->until_seq = 0;
        pgadmin_rows(replay->verify->conn, replay->service->name, &cursor_table,
                     replay->verify->centre, read_cursor, replay);
        pgadmin_rows(replay->verify->conn, replay->service->follows[replay->follow].stream,
                     &journal_table, replay->verify->centre, hear, replay);
        run_batch(replay);
    }
}

/* ---- the tick */

static void find_next_look(void *context, void *data)
{
    struct replay *replay = context;
    const struct watch_row *watch = data;
    if (watch->next_ms != 0 && (replay->tick_ms == 0 || watch->next_ms - 1 < replay->tick_ms))
        replay->tick_ms = watch->next_ms - 1;
}

/* Until nothing is due any more: a turn is limited. Without a live watch that is due, everything
 * is. */
static void tick(struct replay *replay)
{
    if (replay->service->tick == NULL || replay->skips_deadlines)
        return;
    replay->tick_ms = 0;
    pgadmin_rows(replay->verify->conn, "supervision", &supervision_watch_table,
                 replay->verify->centre, find_next_look, replay);
    int64_t now_ms = replay->tick_ms != 0 ? replay->tick_ms : INT64_MAX - 1;
    do {
        struct item item = {.kind = ITEM_TICK};
        must(batch_run(&replay->engine, &item, 1, now_ms, replay->arena) == STATUS_OK);
        arena_reset(replay->arena);
    } while (replay->engine.wake_ms <= now_ms);
}

/* ---- the comparison */

static bool is_listed(const char *const *list, const struct table *table,
                      const struct column *column)
{
    size_t n = strlen(table->name);
    for (; *list != NULL; list++)
        if (strncmp(*list, table->name, n) == 0 && (*list)[n] == '.' &&
            strcmp(*list + n + 1, column->name) == 0)
            return true;
    return false;
}

static bool is_left_out(const struct replay *replay, const struct column *column)
{
    return is_listed(by_command, replay->table, column) ||
           (replay->skips_deadlines && is_listed(by_deadline, replay->table, column));
}

static const struct column *differing_column(const struct replay *replay, const void *live,
                                             const void *replayed)
{
    const struct table *table = replay->table;
    for (int i = table_key_columns(table); i < table->n_columns; i++) {
        const struct table one = {.name = table->name,
                                  .row_size = table->row_size,
                                  .columns = &table->columns[i],
                                  .n_columns = 1};
        if (!is_left_out(replay, &table->columns[i]) && !table_same(&one, live, replayed, 1))
            return &table->columns[i];
    }
    return NULL;
}

/* Its column says to which slice a row belongs. Visits are of no case, as their events are, and
 * belong to the first. */
static bool is_row_in_slice(const struct replay *replay, const void *row)
{
    const struct column *column = slices_column(replay->table);
    const char *field = (const char *)row + column->offset;
    if (replay->table == &reporting_visit_table)
        return is_in_slice(replay, 0);
    if (column->type == COLUMN_DAY) {
        struct ymd ymd = day_to_ymd((struct day){*(const int32_t *)field});
        int64_t day = (ymd.year % 100) * 10000 + ymd.month * 100 + ymd.day;
        return day >= replay->from_day && day < replay->to_day;
    }
    must(column->type == COLUMN_I64);
    return is_in_slice(replay, *(const int64_t *)field);
}

static const char *row_words(const struct replay *replay, const void *row, char words[64])
{
    const struct column *column = slices_column(replay->table);
    const char *field = (const char *)row + column->offset;
    if (column->type != COLUMN_I64)
        return "of a day";
    return case_number_format(*(const int64_t *)field, words);
}

static void compare_row(void *context, void *live)
{
    struct replay *replay = context;
    char words[64];
    if (slices_shared(replay->table, live) || !is_row_in_slice(replay, live) ||
        verify_is_doubtful(replay->verify, replay->table, live))
        return;
    replay->live_rows++;
    replay->verify->finding->checked++;
    const void *replayed = memstore_row(replay->memory, replay->table, live);
    const struct column *column =
        replayed == NULL ? NULL : differing_column(replay, live, replayed);
    if (replayed == NULL)
        verify_broken(replay->verify, "%s.%s %s: there, and not in the replay",
                      replay->service->name, replay->table->name, row_words(replay, live, words));
    else if (column != NULL)
        verify_broken(replay->verify, "%s.%s %s: %s is not what the replay gives",
                      replay->service->name, replay->table->name, row_words(replay, live, words),
                      column->name);
}

/* Rows of the replay that are held to the live ones. */
static size_t replayed_rows(struct replay *replay)
{
    size_t n, held = 0;
    char *rows;
    must(store_all(memstore_store(replay->memory), replay->table, replay->arena, (void **)&rows,
                   &n) == STATUS_OK);
    for (size_t i = 0; i < n; i++)
        held +=
            !slices_shared(replay->table, rows + i * replay->table->row_size) &&
            !verify_is_doubtful(replay->verify, replay->table, rows + i * replay->table->row_size);
    arena_reset(replay->arena);
    return held;
}

static void compare_tables(struct replay *replay)
{
    for (int i = 0; replay->service->tables[i] != NULL; i++) {
        replay->table = replay->service->tables[i];
        if (replay->table->reference ||
            (replay->skips_deadlines && replay->table == &supervision_card_table))
            continue;
        replay->live_rows = 0;
        pgadmin_rows(replay->verify->conn, replay->service->name, replay->table,
                     replay->verify->centre, compare_row, replay);
        size_t replayed = replayed_rows(replay);
        if (replayed > replay->live_rows)
            verify_broken(replay->verify, "%s.%s: the replay has %zu rows, the table %zu",
                          replay->service->name, replay->table->name, replayed, replay->live_rows);
    }
}

/* ---- deadlines that cannot be replayed */

/* While a new calendar is still followed; and where cards came by a clock that had to be accepted.
 */
static void find_deadlines(struct replay *replay)
{
    static const char sql[] = "select (select count(*) from supervision.walk where centre = $1)"
                              " + (select count(*) from supervision.journal where centre = $1"
                              " and type = 'ClockAccepted')";
    if (replay->service->walks == NULL ||
        pgadmin_number(replay->verify->conn, sql, PARAMS(P_I16(replay->verify->centre))) == 0)
        return;
    replay->skips_deadlines = true;
    replay->verify->finding->things = "rows of reporting and supervision, without deadlines: a new"
                                      " calendar is still followed, or a clock was accepted";
}

/* ---- slices */

static void replay_slice(struct replay *replay)
{
    open_memory(replay);
    hear_streams(replay);
    tick(replay);
    compare_tables(replay);
    engine_close(&replay->engine);
    replay->engine = (struct engine){0};
    memstore_free(&replay->memory);
}

struct slices {
    struct replay *replay;
    int64_t cases;
};

struct day_row {
    int64_t day; /* of receipt, as case numbers begin */
    int64_t cases;
};

static const struct column day_columns[] = {
    COLUMN_AS(day_row, day, "left(number::text, 6)::bigint", I64, 0),
    COLUMN_AS(day_row, cases, "count(*)", I64, 0),
};
static const struct shape day_shape = SHAPE(day_row, day_columns);

/* Days come in order; a slice ends with the day on which it is full. */
static void take_day(void *context, void *data)
{
    struct slices *slices = context;
    const struct day_row *row = data;
    if (slices->cases >= SLICE_CASES)
        return;
    slices->cases += row->cases;
    slices->replay->to_day = row->day + 1;
}

static int64_t next_slice(struct replay *replay)
{
    struct slices slices = {replay, 0};
    pgadmin_select(replay->verify->conn, &day_shape,
                   "from intake.cases where centre = $1 and left(number::text, 6)::bigint >= $2"
                   " group by 1 order by 1",
                   PARAMS(P_I16(replay->verify->centre), P_I64(replay->from_day)), take_day,
                   &slices);
    return slices.cases;
}

static void replay_service(struct verify *verify, const struct service *service,
                           struct arena *arena)
{
    const struct setting *const tables[] = {common_settings, service->settings, NULL};
    const char *error;
    struct replay *replay = arena_alloc(arena, sizeof *replay);
    struct config *config;
    *replay =
        (struct replay){.verify = verify, .service = service, .arena = arena_new(BATCH_BYTES)};
    char *arguments[] = {arena_printf(arena, "--home=%s", config_text(verify->config, "home")),
                         SLICE};
    must(config_read(&config, 2, arguments, tables, arena, &error) == STATUS_OK);
    replay->config = config;
    find_deadlines(replay);
    while (next_slice(replay) > 0) {
        replay_slice(replay);
        replay->from_day = replay->to_day;
    }
    arena_free(&replay->arena);
}

void verify_replay(struct verify *verify)
{
    verify->finding->things = "rows of reporting and supervision";
    for (int i = 0; followers[i] != NULL; i++) {
        struct arena *arena = arena_new(CONFIG_BYTES);
        replay_service(verify, followers[i], arena);
        arena_free(&arena);
    }
}
