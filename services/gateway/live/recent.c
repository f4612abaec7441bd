/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/live/recent.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/hash.h"
#include "common/base/panic.h"
#include "common/base/ring.h"
#include "common/wire/message.h"
#include "onedoor/charging.pb-c.h"
#include "onedoor/intake.pb-c.h"
#include "onedoor/routing.pb-c.h"
#include "onedoor/supervision.pb-c.h"
#include "services/gateway/caller/permissions.h"
#include "services/gateway/live/departments.h"

enum { DEPARTMENTS_MAX = 64, WAYS = 4, NAMING_MAX = 6 };

const char *const recent_streams[STREAMS] = {"intake", "routing", "charging", "supervision"};

/* Events of each journal that name departments; the others concern those their case already has. */
static const ProtobufCMessageDescriptor *const naming[STREAMS][NAMING_MAX + 1] = {
    {&onedoor__intake__case_received__descriptor, &onedoor__intake__case_accepted__descriptor,
     &onedoor__intake__case_granted__descriptor, &onedoor__intake__item_published__descriptor},
    {&onedoor__routing__stage_opened__descriptor, &onedoor__routing__task_decided__descriptor,
     &onedoor__routing__task_taken__descriptor, &onedoor__routing__task_returned__descriptor,
     &onedoor__routing__clock_paused__descriptor, &onedoor__routing__clock_resumed__descriptor},
    {&onedoor__charging__order_raised__descriptor},
    {&onedoor__supervision__card_issued__descriptor, &onedoor__supervision__pressed__descriptor,
     &onedoor__supervision__card_answered__descriptor},
};

struct known_case {
    int64_t number;
    uint64_t departments;
    bool complete; /* all its events since its receipt were heard */
};

struct recent {
    struct ring events; /* of struct recent_event */
    struct recent_position began, heard;
    struct known_case (*cases)[WAYS]; /* a row by hash; in it, the case heard of last is first */
    size_t rows;
    char departments[DEPARTMENTS_MAX][DEPARTMENT_SIZE];
    int n_departments;
};

struct recent *recent_new(size_t events, size_t cases)
{
    struct recent *recent = calloc(1, sizeof *recent);
    must(recent != NULL && events > 0);
    ring_init(&recent->events, events, sizeof(struct recent_event));
    recent->rows = cases / WAYS + 1;
    recent->cases = calloc(recent->rows, sizeof *recent->cases);
    must(recent->cases != NULL);
    return recent;
}

void recent_free(struct recent **recent)
{
    if (*recent == NULL)
        return;
    ring_release(&(*recent)->events);
    free((*recent)->cases);
    free(*recent);
    *recent = NULL;
}

/* ---- departments */

/* A department's bit. 0 for one beyond the limit: its events are shown to hall staff only. */
static uint64_t bit_of(struct recent *recent, struct bytes department)
{
    char code[DEPARTMENT_SIZE] = "";
    if (department.len >= sizeof code)
        return 0;
    memcpy(code, department.data, department.len);
    for (int i = 0; i < recent->n_departments; i++)
        if (memcmp(recent->departments[i], code, sizeof code) == 0)
            return (uint64_t)1 << i;
    if (recent->n_departments == DEPARTMENTS_MAX)
        return 0;
    memcpy(recent->departments[recent->n_departments], code, sizeof code);
    return (uint64_t)1 << recent->n_departments++;
}

struct found {
    struct recent *recent;
    uint64_t bits;
};

static void add_bit(void *context, struct bytes department)
{
    struct found *found = context;
    found->bits |= bit_of(found->recent, department);
}

/* The message of an event that names departments; null for other events. */
static const ProtobufCMessageDescriptor *naming_type(int stream, const char *type)
{
    const ProtobufCMessageDescriptor *const *names = naming[stream];
    while (*names != NULL && strcmp(message_type(*names), type) != 0)
        names++;
    return *names;
}

static uint64_t named_by(struct recent *recent, const ProtobufCMessageDescriptor *type,
                         struct bytes payload)
{
    struct found found = {recent, 0};
    if (type == NULL || !departments_of_packed(type, payload, add_bit, &found))
        return 0;
    return found.bits;
}

/* What is known of the case with this event. A row keeps the cases heard of last; of one that was
 * pushed out, or is older than the first event heard, not all departments are known. */
static struct known_case update_case(struct recent *recent, int64_t number, uint64_t more,
                                     bool receipt)
{
    if (number == 0)
        return (struct known_case){0, more, more != 0};
    struct known_case *row = recent->cases[hash_number((uint64_t)number) % recent->rows],
                      found = {number, 0, false};
    int at = 0;
    while (at < WAYS - 1 && row[at].number != number)
        at++;
    if (row[at].number == number)
        found = row[at];
    found.departments |= more;
    found.complete |= receipt;
    memmove(row + 1, row, (size_t)at * sizeof *row);
    row[0] = found;
    return found;
}

/* ---- the ring */

void recent_begin(struct recent *recent, int stream, int64_t seq)
{
    recent->began.seq[stream] = recent->heard.seq[stream] = seq;
}

void recent_hear(struct recent *recent, int stream, const struct event *event)
{
    struct recent_event *place = ring_push(&recent->events);
    recent->heard.seq[stream] = event->seq;
    *place = (struct recent_event){.to = recent->heard,
                                   .stream = stream,
                                   .case_number = event->case_number,
                                   .at_ms = event->at_ms};
    memcpy(place->type, event->type, strnlen(event->type, sizeof place->type - 1));
    const ProtobufCMessageDescriptor *type = naming_type(stream, event->type);
    struct known_case of =
        update_case(recent, event->case_number, named_by(recent, type, event->payload),
                    type == &onedoor__intake__case_received__descriptor);
    place->departments = of.departments;
    place->all_known = of.complete;
}

uint64_t recent_first(const struct recent *recent)
{
    return recent->events.first;
}

uint64_t recent_end(const struct recent *recent)
{
    return recent->events.end;
}

const struct recent_event *recent_at(const struct recent *recent, uint64_t n)
{
    const struct recent_event *event = ring_at(&recent->events, n);
    must(event != NULL);
    return event;
}

struct recent_position recent_position(const struct recent *recent)
{
    return recent->heard;
}

/* RULE H21: the public's displays and the administrator learn that something happened, not to which
 * case. */
enum share recent_share(const struct recent *recent, const struct recent_event *event,
                        const struct caller *caller)
{
    if (!permission_given(PERMISSION_SEE_CASES, caller->role))
        return SHARE_SIGN;
    if (caller->department[0] == '\0')
        return SHARE_ALL;
    for (int i = 0; i < recent->n_departments; i++)
        if (strcmp(recent->departments[i], caller->department) == 0 &&
            (event->departments >> i & 1) != 0)
            return SHARE_ALL;
    return event->all_known ? SHARE_NOTHING : SHARE_SIGN;
}

/* ---- positions */

const char *recent_position_text(const struct recent_position *to, char text[POSITION_TEXT_SIZE])
{
    size_t n = 0;
    for (int i = 0; i < STREAMS; i++)
        n += (size_t)snprintf(text + n, POSITION_TEXT_SIZE - n, "%s%s:%lld", i == 0 ? "" : ",",
                              recent_streams[i], (long long)to->seq[i]);
    return text;
}

bool recent_position_parse(const char *text, struct recent_position *to)
{
    for (int i = 0; i < STREAMS; i++) {
        size_t length = strlen(recent_streams[i]);
        if (i > 0 && *text++ != ',')
            return false;
        if (strncmp(text, recent_streams[i], length) != 0 || text[length] != ':')
            return false;
        text += length + 1;
        size_t digits = strspn(text, "0123456789");
        if (digits == 0 || digits > 18)
            return false;
        to->seq[i] = strtoll(text, NULL, 10);
        text += digits;
    }
    return *text == '\0';
}

bool recent_reaches(const struct recent *recent, const struct recent_position *to)
{
    struct recent_position before; /* heard before the oldest event that is kept */
    if (ring_length(&recent->events) == 0)
        before = recent->heard;
    else {
        const struct recent_event *oldest = recent_at(recent, recent_first(recent));
        before = oldest->to;
        before.seq[oldest->stream]--;
    }
    for (int i = 0; i < STREAMS; i++)
        if (to->seq[i] < before.seq[i] || to->seq[i] < recent->began.seq[i] ||
            to->seq[i] > recent->heard.seq[i])
            return false;
    return true;
}
