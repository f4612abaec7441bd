/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/health.h"

#include <limits.h>
#include <sys/resource.h>
#include <unistd.h>

#include "common/base/business.h"
#include "common/base/heartbeat.h"
#include "common/base/version.h"

enum { COUNTERS_MAX = 32, DURATIONS = 2, OWN_FAULTS = 4 };

static Onedoor__Counter *new_counter(const char *name, int64_t value, struct arena *arena)
{
    Onedoor__Counter *counter = ARENA_NEW(arena, Onedoor__Counter);
    onedoor__counter__init(counter);
    counter->name = (char *)name;
    counter->value = value;
    return counter;
}

static void add_counter(Onedoor__HealthReply *reply, const char *name, int64_t value,
                        struct arena *arena)
{
    reply->counters[reply->n_counters++] = new_counter(name, value, arena);
}

/* Each follows the name of the service. */
static void add_faults(const struct loop *loop, Onedoor__HealthReply *reply, struct arena *arena)
{
    char text[TIMEKEEPER_TEXT];
    reply->faults = ARENA_ARRAY(arena, char *, OWN_FAULTS);
    timekeeper_text(&loop->clock, text);
    if (loop->clock.doubt != CLOCK_TRUSTED)
        reply->faults[reply->n_faults++] = arena_printf(arena, "does no work: %s", text);
}

static char *this_process(struct arena *arena)
{
    char host[HOST_NAME_MAX + 1] = "";
    gethostname(host, sizeof host - 1);
    return arena_printf(arena, "%s:%d", host, (int)getpid());
}

static int64_t milliseconds(struct timeval time)
{
    return time.tv_sec * 1000 + time.tv_usec / 1000;
}

static void add_links(const struct loop *loop, Onedoor__HealthReply *reply, struct arena *arena)
{
    int64_t down = 0, renewed = 0;
    for (int i = 0; i < loop->engine.n_follows; i++) {
        const struct link *link = follower_link(loop->followers[i]);
        down += link_is_down(link);
        renewed += link->renewed;
    }
    add_counter(reply, "links_down", down, arena);
    add_counter(reply, "links_renewed", renewed, arena);
}

static void add_spans(const struct loop *loop, Onedoor__HealthReply *reply, struct arena *arena)
{
    struct spans_counts counts = spans_count(loop->spans);
    add_counter(reply, "spans_sent", counts.sent, arena);
    add_counter(reply, "spans_dropped", counts.dropped, arena);
}

static void add_counters(const struct loop *loop, Onedoor__HealthReply *reply, struct arena *arena)
{
    const struct tally *tally = &loop->engine.tally;
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    reply->counters = ARENA_ARRAY(arena, Onedoor__Counter *, COUNTERS_MAX);
    add_counter(reply, "batches", tally->batches, arena);
    add_counter(reply, "largest_batch", tally->largest_batch, arena);
    add_counter(reply, "halved", tally->halved, arena);
    add_counter(reply, "commands", tally->commands, arena);
    add_counter(reply, "repeats", tally->repeats, arena);
    add_counter(reply, "refusals", tally->refusals, arena);
    add_counter(reply, "events", tally->events, arena);
    add_counter(reply, "said", tally->said, arena);
    add_counter(reply, "rows", tally->saved_rows, arena);
    add_counter(reply, "statements",
                loop->statements_before +
                    (loop_state_is_open(loop->state) ? pgstore_statements(loop->store) : 0),
                arena);
    add_counter(reply, "database_wait_ms",
                loop->waited_before_ms +
                    (loop_state_is_open(loop->state) ? pgstore_waited_ms(loop->store) : 0),
                arena);
    add_links(loop, reply, arena);
    add_spans(loop, reply, arena);
    add_counter(reply, "busy", loop->busy, arena);
    add_counter(reply, "late", loop->late, arena);
    add_counter(reply, "dropped", loop->command.dropped, arena);
    add_counter(reply, "queued", (int64_t)queue_length(loop->queue), arena);
    add_counter(reply, "walks", (int64_t)loop->engine.walking.n, arena);
    add_counter(reply, "walk_met", loop->engine.walking.first.met, arena);
    add_counter(reply, "rss_kib", usage.ru_maxrss, arena);
    add_counter(reply, "cpu_ms", milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime),
                arena);
}

/* Of the reasons that there were. */
static void add_refused(const struct tally *tally, Onedoor__HealthReply *reply, struct arena *arena)
{
    const ProtobufCEnumDescriptor *reasons = &onedoor__reason__descriptor;
    reply->refused = ARENA_ARRAY(arena, Onedoor__Counter *, reasons->n_values);
    for (unsigned i = 0; i < reasons->n_values; i++) {
        int64_t n = tally->refused[reasons->values[i].value];
        if (n > 0)
            reply->refused[reply->n_refused++] = new_counter(reasons->values[i].name, n, arena);
    }
}

static void add_durations(const char *name, const struct histogram *histogram,
                          Onedoor__HealthReply *reply, struct arena *arena)
{
    Onedoor__Durations *durations = ARENA_NEW(arena, Onedoor__Durations);
    onedoor__durations__init(durations);
    durations->name = (char *)name;
    durations->n_bounds_ms = HISTOGRAM_CLASSES - 1;
    durations->bounds_ms = (int64_t *)histogram_bounds_ms;
    durations->n_counts = HISTOGRAM_CLASSES;
    durations->counts = (int64_t *)histogram->counts;
    durations->sum_ms = histogram->sum_ms;
    reply->durations[reply->n_durations++] = durations;
}

static void add_cursors(const struct loop *loop, Onedoor__HealthReply *reply, struct arena *arena)
{
    const struct engine *engine = &loop->engine;
    reply->cursors = ARENA_ARRAY(arena, Onedoor__Mark *, FOLLOWS_MAX);
    for (int i = 0; i < engine->n_follows; i++) {
        Onedoor__Mark *cursor = reply->cursors[reply->n_cursors++] =
            ARENA_NEW(arena, Onedoor__Mark);
        onedoor__mark__init(cursor);
        cursor->stream = (char *)loop->service->follows[i].stream;
        cursor->epoch = (uint32_t)engine->cursors[i].epoch;
        cursor->seq = engine->cursors[i].seq;
    }
}

static void add_denied(const struct loop *loop, Onedoor__HealthReply *reply, struct arena *arena)
{
    const struct denied_list list = peers_denied(loop->bus.peers);
    reply->denied = ARENA_ARRAY(arena, Onedoor__BusDenial *, list.n + 1);
    for (int i = 0; i < list.n; i++) {
        const struct denied *entry = &list.entries[i];
        Onedoor__BusDenial *denial = reply->denied[reply->n_denied++] =
            ARENA_NEW(arena, Onedoor__BusDenial);
        onedoor__bus_denial__init(denial);
        denial->kind = entry->kind;
        denial->peer = arena_strdup(arena, entry->peer);
        denial->address = arena_strdup(arena, entry->address);
        denial->what = arena_strdup(arena, entry->what);
        denial->times = entry->times;
        denial->first_ms = entry->first_ms;
        denial->last_ms = entry->last_ms;
    }
}

const ProtobufCMessage *health_reply(const struct loop *loop)
{
    struct arena *arena = loop->inbox;
    const struct engine *engine = &loop->engine;
    Onedoor__HealthReply *reply = ARENA_NEW(arena, Onedoor__HealthReply);
    onedoor__health_reply__init(reply);
    reply->service = (char *)loop->service->name;
    reply->state = (char *)heartbeat_current();
    reply->version = (char *)onedoor_version;
    reply->now_ms = business_ms();
    reply->epoch = (uint32_t)engine->head.epoch;
    reply->head_seq = engine->head.seq;
    /* Without a tick that is due, all due work is done up to now. */
    reply->ticked_ms = loop->service->tick == NULL || engine->wake_ms > reply->now_ms
                           ? reply->now_ms
                           : engine->ticked_ms;
    reply->parked = engine->tally.parked;
    reply->writer = this_process(arena);
    add_faults(loop, reply, arena);
    add_cursors(loop, reply, arena);
    add_counters(loop, reply, arena);
    add_refused(&engine->tally, reply, arena);
    add_denied(loop, reply, arena);
    reply->durations = ARENA_ARRAY(arena, Onedoor__Durations *, DURATIONS);
    add_durations("command", &loop->commands, reply, arena);
    add_durations("batch", &loop->batches, reply, arena);
    return &reply->base;
}
