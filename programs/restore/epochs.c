/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/postgres/pgadmin.h"
#include "common/wire/message.h"
#include "onedoor/envelope.pb-c.h"
#include "programs/restore/restore.h"

enum { EVENT_MEMORY = 1 << 16 };

/* Without the old data, what was restored from this backup before has had its epochs too. */
static struct event restored_event(const struct restore *restore, const struct journal_end *end,
                                   struct arena *arena)
{
    Onedoor__Restored restored = ONEDOOR__RESTORED__INIT;
    restored.until_ms = end->at_ms;
    restored.lost = end->lost;
    int64_t times = restore->old != NULL ? 1 : config_number(restore->config, "times");
    struct event event = {.epoch = end->epoch + (int32_t)times,
                          .seq = end->head.seq + 1,
                          .type = message_type(&onedoor__restored__descriptor),
                          .version = 1,
                          .at_ms = end->at_ms > restore->now_ms ? end->at_ms : restore->now_ms,
                          .actor = "operator",
                          .payload = message_pack(&restored.base, arena)};
    event_hash(&event, end->head.hash, event.hash);
    return event;
}

static void write_event(const struct restore *restore, const char *service,
                        const struct event *event)
{
    struct bytes hash = {event->hash, HASH_BYTES};
    must(pgadmin_number(restore->conn,
                        "insert into journal (centre, seq, epoch, type, version, case_number, at,"
                        " actor, payload, hash) values ($1, $2, $3, $4, $5, 0, $6, $7, $8, $9)"
                        " returning 1",
                        PARAMS(P_I16(restore->centre), P_I64(event->seq), P_I32(event->epoch),
                               P_TEXT(event->type), P_I32(event->version), P_TIME(event->at_ms),
                               P_TEXT(event->actor), P_BYTES(event->payload), P_BYTES(hash))) == 1);
    must(pgadmin_number(restore->conn,
                        "insert into journal_head values ($1, $2, $3, $4) on conflict (centre)"
                        " do update set (epoch, seq, hash) = row (excluded.epoch, excluded.seq,"
                        " excluded.hash) returning 1",
                        PARAMS(P_I16(restore->centre), P_I32(event->epoch), P_I64(event->seq),
                               P_BYTES(hash))) == 1);
    printf("journal %s goes on in epoch %d\n", service, event->epoch);
}

void restore_begin_epochs(const struct restore *restore)
{
    struct arena *arena = arena_new(EVENT_MEMORY);
    for (int i = 0; i < SERVICES; i++) {
        struct event event = restored_event(restore, &restore->ends[i], arena);
        pgadmin_look_in(restore->conn, service_names[i]);
        pgadmin_number(
            restore->conn,
            "select count(hall.journal_month(current_schema(), ($1 at time zone 'UTC')::date))",
            PARAMS(P_TIME(event.at_ms)));
        write_event(restore, service_names[i], &event);
    }
    arena_free(&arena);
}
