/* SPDX-License-Identifier: Apache-2.0 */
/* world.h: the whole hall in memory: all five services on memory stores, their journals followed in
 * process, and a clock you turn.
 *
 * The same turns run as in life (collect, load, decide, save), without sockets and without a
 * database. The reference hall is read from db/reference. */
#ifndef TESTS_WORLD_H
#define TESTS_WORLD_H

#include "common/rows/turn.h"
#include "common/wire/event.h"

struct world;

/* A hall that has just been opened, at business time `now_ms`. Everything returned by these
 * functions lives as long as the world. */
struct world *world_new(int64_t now_ms);
void world_free(struct world **);

/* Turn the clock forward; ticks that have come due run at the next world_settle. */
void world_clock(struct world *, int64_t now_ms);
int64_t world_now(const struct world *);

/* One command in a turn of its own, to the service its message belongs to. *reply (may be null)
 * gets the reply message, null when it is Done or refused. The edge's checks (roles, route's check)
 * are run as in life. */
struct outcome world_command(struct world *, const struct actor *, const ProtobufCMessage *,
                             ProtobufCMessage **reply);
/* The same with a key of the caller's: for repeated commands. */
struct outcome world_command_id(struct world *, const unsigned char id[16], const struct actor *,
                                const ProtobufCMessage *, ProtobufCMessage **reply);

/* The same to a service: for messages that several have (approval.Answer). */
struct outcome world_command_to(struct world *, const char *service, const struct actor *,
                                const ProtobufCMessage *, ProtobufCMessage **reply);

/* From now on each command says what the replies to those before it have shown, as a session does;
 * what a service would wait for is refused here, NOT_YET. */
void world_sees(struct world *);

/* Let every service follow the others and tick until nothing moves. */
void world_settle(struct world *);

/* One turn of one service: it follows the others and ticks once. And its end: it starts again, with
 * another value of a setting. */
void world_turn(struct world *, const char *service);
void world_restart(struct world *, const char *service, const char *setting, const char *value);

/* The row of a service's table with the key of `probe`, as stored, or null; and all rows of a
 * table. */
void *world_row(struct world *, const char *service, const struct table *, const void *probe);
size_t world_count(struct world *, const char *service, const struct table *);
void *world_row_at(struct world *, const char *service, const struct table *, size_t index);

/* The keys that intake seals with, and memory that lives as long as the world. */
const struct seal *world_seal(void);
/* Start intake again with other keys. */
enum status world_restart_intake(struct world *, const struct seal *);
struct arena *world_arena(struct world *);

/* How many events of this type ("routing.StageOpened") were said about the case (0: about any), and
 * the last one (null when none). */
int world_said(struct world *, const char *type, int64_t case_number);
/* The same of a service: for types that several have ("approval.Asked"). */
int world_said_by(struct world *, const char *service, const char *type, int64_t case_number);
const struct event *world_last(struct world *, const char *type, int64_t case_number);
/* How many events a service has parked: a test usually wants none. */
size_t world_parked(struct world *, const char *service);

/* Rows of the reference hall: each service's reference_<name>() turns the CSV files into rows of
 * its memory store. */
struct memstore;
void reference_intake(struct memstore *, const char *folder);
void reference_routing(struct memstore *, const char *folder);
void reference_charging(struct memstore *, const char *folder);
void reference_supervision(struct memstore *, const char *folder);
void reference_reporting(struct memstore *, const char *folder);
/* The published days alone, for those services that count in working time. */
void reference_calendar(struct memstore *, const char *folder);

#endif
