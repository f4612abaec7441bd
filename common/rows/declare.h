/* SPDX-License-Identifier: Apache-2.0 */
/* declare.h: a service as tables: its settings, rows, commands, queries and the journals it
 * follows. service.h runs one; batch.h, the stores and the hall in memory read it. */
#ifndef COMMON_DECLARE_H
#define COMMON_DECLARE_H

#include <protobuf-c/protobuf-c.h>

#include "common/base/config.h"
#include "common/base/status.h"
#include "common/wire/bounds.h"
#include "common/wire/outcome.h"

struct call;
struct heard;
struct reader;
struct store;
struct table;
struct turn;
struct walk;

/* A command of the service: `need` wants rows, `handle` decides. Its message is within its bounds.
 * The table ends with a null message. */
struct route {
    const ProtobufCMessageDescriptor *message;
    unsigned roles;
    void (*need)(struct turn *, const struct call *);
    struct outcome (*handle)(struct turn *, struct call *);
};

/* RULE H22: a command that a second person must agree to, and the roles he may have (approval.h).
 * The table ends with a null message. */
struct seconded {
    const ProtobufCMessageDescriptor *message;
    unsigned roles;
};

/* A query of the service, answered on a read connection, outside the batches. */
struct query {
    const ProtobufCMessageDescriptor *message;
    unsigned roles;
    struct outcome (*answer)(struct reader *, struct call *);
};

/* The handler of an event. When it refuses, the event is parked with the reason. */
struct hearing {
    const ProtobufCMessageDescriptor *message;
    void (*need)(struct turn *, const struct heard *);
    struct outcome (*handle)(struct turn *, const struct heard *);
};

/* A journal the service follows. Events without a hearing are skipped. Both tables end with a
 * null first member. */
struct follow {
    const char *stream;
    const struct hearing *hears;
};

struct service {
    const char *name;
    const struct setting *settings; /* its own, and other defaults for common ones; ends with a null
                                       name; may be null */
    const struct table *const *tables; /* the rows it keeps; ends with null */
    const struct route *routes;        /* null: no commands */
    const struct seconded *seconded;   /* those of them that need a second person; may be null */
    /* Commands that have personal data in them or in their replies: what is kept of them is sealed.
     * Ends with null. Null: the service keeps no personal data; else it has keys of its own
     * (sealed.h). */
    const ProtobufCMessageDescriptor *const *personal;
    const struct query *queries;
    /* Those of them that look through many rows: they are answered beside the light ones. Ends with
     * null; may be null. */
    const ProtobufCMessageDescriptor *const *heavy;
    const struct check *checks; /* rules between several fields of a message; null: none */
    const struct follow *follows;

    /* Of a command, once the rows that its route wants are there: wants what follows from them;
     * whether it wanted any. Null: nothing ever follows. */
    bool (*need_more)(struct turn *, const struct call *);

    /* Reads the reference tables (store_all) into the arena: catalogue, calendar, flows. Called at
     * start, again when one of them has changed, and once for each reading thread. */
    enum status (*open)(struct store *, const struct config *, struct arena *, void **memory);

    /* Work that has come due. `tick_need` wants rows (rows_want_due); `tick` handles them and asks
     * to be woken with turn_wake. Called at start and whenever business time reaches the instant
     * asked for. Both may be null. */
    void (*tick_need)(struct turn *);
    /* Wants what follows from those rows, once they are there; whether it wanted any. May be null.
     */
    bool (*tick_need_more)(struct turn *);
    void (*tick)(struct turn *);
    const struct walk *walks; /* work over all open rows (walk.h); ends with a null name; may be
                                 null; needs a tick */
};

#endif
