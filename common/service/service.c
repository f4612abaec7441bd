/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/service.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/business.h"
#include "common/base/heartbeat.h"
#include "common/base/panic.h"
#include "common/base/program.h"
#include "common/rows/sealed.h"
#include "common/service/confine.h"
#include "common/service/loop.h"
#include "common/values/log.h"

enum {
    ARENAS = 4, /* of memory_max each, at most, in the loop; and of each reader ... */
    READER_ARENAS = 2,
    IDLE_MS = 500,
    DRIVEN_IDLE_MS = 2 /* a driven clock jumps without notice: whoever waits for an instant polls */
};

/* A simulation's clock may be driven or made wrong, a working hall's never. */
static enum status open_clock_file(struct loop *loop, const char *setting,
                                   enum status (*open)(const char *path))
{
    const char *path = config_text(loop->config, setting), *kind = "";
    if (path[0] == '\0')
        return STATUS_OK;
    enum status status = pgstore_kind(loop->store, loop->arena, &kind);
    if (status == STATUS_OK && strcmp(kind, "working") != 0)
        status = open(path);
    else if (status == STATUS_OK)
        status = STATUS_DENIED;
    if (status != STATUS_OK)
        log_error(0, "clock.refused", "%s is for a simulated hall; this one is %s: %s", setting,
                  kind[0] == '\0' ? "of no known kind" : kind, status_name(status));
    return status;
}

/* A driven clock goes as it is driven: nothing of it is doubted. */
static enum status drive_clock(struct loop *loop)
{
    bool driven = config_text(loop->config, "clock_file")[0] != '\0';
    loop->clock.step_max_ms = driven ? 0 : config_number(loop->config, "clock_step_s") * 1000;
    loop->clock.gap_max_ms = config_number(loop->config, "clock_gap_days") * 86400000;
    enum status status = open_clock_file(loop, "clock_file", business_drive);
    return status != STATUS_OK ? status : open_clock_file(loop, "clock_shift_file", business_shift);
}

static bool open_bus(struct loop *loop)
{
    if (!mailbox_open(&loop->command, &loop->bus, loop->service->name, LANE_COMMAND) ||
        !mailbox_open(&loop->journal, &loop->bus, loop->service->name, LANE_JOURNAL))
        return false;
    for (int i = 0; i < loop->engine.n_follows; i++) {
        loop->followers[i] =
            follower_new(&loop->bus, loop->service->follows[i].stream, loop->service->name);
        if (loop->followers[i] == NULL)
            return false;
    }
    loop_follow(loop);
    loop->readers = readers_start(&loop->bus, loop->service, loop->config, loop->engine.seal,
                                  &loop->engine.generation);
    return loop->readers != NULL;
}

static int64_t arenas_of(const struct config *config)
{
    return ARENAS + READER_ARENAS *
                        (config_number(config, "readers") + config_number(config, "readers_heavy"));
}

static int serve(struct loop *loop)
{
    loop_become_writer(loop);
    if (loop->state == LOOP_STOPPED)
        return PROGRAM_OK;
    if (loop->state == LOOP_FAILED || drive_clock(loop) != STATUS_OK ||
        bus_guard(&loop->bus) != STATUS_OK || !open_bus(loop))
        return PROGRAM_FAILED;
    confine_memory(config_number(loop->config, "bus_memory_max") +
                   arenas_of(loop->config) * config_number(loop->config, "memory_max"));
    loop_run(loop);
    return loop->state == LOOP_STOPPED ? PROGRAM_OK : PROGRAM_FAILED;
}

static void close_all(struct loop *loop)
{
    for (int i = 0; i < FOLLOWS_MAX; i++)
        follower_free(&loop->followers[i]);
    feed_free(&loop->feed);
    queue_free(&loop->queue);
    aside_release(loop->aside);
    free(loop->aside);
    mailbox_close(&loop->command);
    mailbox_close(&loop->journal);
    if (loop->bus.zmq != NULL)
        bus_shut(&loop->bus);
    readers_stop(&loop->readers);
    bus_close(&loop->bus);
    spans_close(&loop->spans);
    pgstore_free(&loop->store);
    engine_close(&loop->engine);
    free(loop->items);
    arena_free(&loop->inbox);
    arena_free(&loop->arena);
}

static void pace_from_settings(struct loop *loop)
{
    bool driven = config_text(loop->config, "clock_file")[0] != '\0';
    pace_init(&loop->pace, config_number(loop->config, "gather_ms"),
              config_number(loop->config, "gather_events_ms"),
              driven && loop->service->tick != NULL ? DRIVEN_IDLE_MS : IDLE_MS);
}

static void prepare(struct loop *loop)
{
    size_t memory = (size_t)config_number(loop->config, "memory_max");
    pace_from_settings(loop);
    loop->batch_max = (size_t)config_number(loop->config, "batch_max");
    loop->inbox = arena_new(memory);
    loop->arena = arena_new(memory);
    loop->items = calloc(loop->batch_max + FOLLOWS_MAX * FOLLOWER_EVENTS + 1, sizeof *loop->items);
    must(loop->items != NULL);
    loop->queue = queue_new((size_t)config_number(loop->config, "queue_max"));
    loop->aside = calloc(1, sizeof *loop->aside);
    must(loop->aside != NULL);
    loop->feed = feed_new(loop->config, &loop->engine);
}

static enum status read_seal(struct loop *loop)
{
    if (loop->service->personal == NULL)
        return STATUS_OK;
    loop->engine.seal = &loop->seal;
    return sealed_read(&loop->seal, config_text(loop->config, "home"), loop->service->name);
}

static int run(const struct invocation *invocation)
{
    static struct loop loop;
    loop.service = invocation->context;
    loop.config = invocation->config;
    loop.signals = invocation->stop_fd;
    must(sodium_init() >= 0);
    log_as_json(config_bool(loop.config, "log_json"));
    if (!confine_user(config_text(loop.config, "home"), loop.service->name))
        return PROGRAM_FAILED;
    confine_calls();
    heartbeat_open();
    prepare(&loop);
    enum status status = spans_open(&loop.spans, loop.config, loop.service->name);
    if (status == STATUS_OK)
        status = bus_open(&loop.bus, loop.config, loop.service->name);
    if (status == STATUS_OK)
        status = read_seal(&loop);
    int code = status == STATUS_OK ? serve(&loop) : PROGRAM_FAILED;
    close_all(&loop);
    return code;
}

int service_main(int argc, char **argv, const struct service *service)
{
    static const struct setting none[] = {{.name = NULL}};
    const struct setting *const tables[] = {service->settings == NULL ? none : service->settings,
                                            common_settings, NULL};
    const struct program program = {.name = service->name,
                                    .purpose = "One of the services of a hall.",
                                    .settings = tables,
                                    .stops = true,
                                    .run = run,
                                    .context = service};
    return program_main(argc, argv, &program);
}
