/* SPDX-License-Identifier: Apache-2.0 */
/* A page is read from its frame as a decoder would read it, and nothing but a page is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/wire/edge.h"
#include "common/wire/page.h"
#include "tests/unit/wire_writer.h"

#include <stdlib.h>
#include <string.h>

#include "common/wire/message.h"

enum { EVENTS = 3, MOST = 8, MEMORY = 1 << 20 };

static struct arena *arena;

static int open_arena(void **state)
{
    (void)state;
    arena = arena_new(MEMORY);
    return 0;
}

static int shut_arena(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

/* ---- a page as an owner packs it, to be changed as a test likes */

struct sent {
    Onedoor__Reply reply;
    Onedoor__FetchReply body;
    Onedoor__Event events[EVENTS], *list[EVENTS];
    unsigned char id[16], hash[EVENTS][HASH_BYTES];
};

static struct sent *send(struct sent *sent)
{
    memset(sent->id, 7, sizeof sent->id);
    onedoor__reply__init(&sent->reply);
    onedoor__fetch_reply__init(&sent->body);
    sent->reply.id = (ProtobufCBinaryData){sizeof sent->id, sent->id};
    sent->reply.code = ONEDOOR__CODE__OK;
    sent->reply.type = "FetchReply";
    sent->body.epoch = 2;
    sent->body.head_seq = INT64_C(1) << 40;
    sent->body.more = true;
    sent->body.events = sent->list;
    sent->body.n_events = EVENTS;
    for (int i = 0; i < EVENTS; i++) {
        Onedoor__Event *event = sent->list[i] = &sent->events[i];
        memset(sent->hash[i], 0xa0 + i, HASH_BYTES);
        onedoor__event__init(event);
        event->epoch = 1;
        event->seq = 100 + i;
        event->type = i == 0 ? "intake.CaseReceived" : "intake.CaseAccepted";
        event->version = 1;
        event->case_number = i == 2 ? 0 : INT64_C(2201130000427);
        event->at_ms = INT64_C(1642036800000) + i;
        event->actor = "c4";
        event->hash = (ProtobufCBinaryData){HASH_BYTES, sent->hash[i]};
        event->payload = (ProtobufCBinaryData){i == 2 ? 0 : 3, (uint8_t *)"\x08\x00\x08"};
    }
    return sent;
}

static struct bytes packed(struct sent *sent)
{
    struct bytes body = message_pack(&sent->body.base, arena);
    sent->reply.body = (ProtobufCBinaryData){body.len, (uint8_t *)body.data};
    return message_pack(&sent->reply.base, arena);
}

static bool is_read(struct bytes frame, struct page *page, struct event *events)
{
    struct reply reply;
    return edge_read_reply(frame, &reply) && page_read(page, reply.body, events, MOST, arena);
}

static bool packed_is_read(struct sent *sent)
{
    struct page page;
    struct event events[MOST];
    return is_read(packed(sent), &page, events);
}

/* An OK reply with this body. */
static struct bytes reply_with(const struct frame *body)
{
    struct sent sent;
    send(&sent)->reply.body = (ProtobufCBinaryData){body->len, (uint8_t *)body->data};
    return message_pack(&sent.reply.base, arena);
}

/* ---- what is read */

static void a_page_is_read_as_it_was_packed(void **state)
{
    struct sent sent;
    struct page page;
    struct event events[MOST];
    (void)state;
    assert_true(is_read(packed(send(&sent)), &page, events));
    assert_int_equal(2, page.epoch);
    assert_int_equal(INT64_C(1) << 40, page.head_seq);
    assert_true(page.more);
    assert_int_equal(0, page.from_hash.len);
    assert_int_equal(EVENTS, page.n);
    for (int i = 0; i < EVENTS; i++) {
        const Onedoor__Event *in = sent.list[i];
        assert_int_equal(in->epoch, events[i].epoch);
        assert_int_equal(in->seq, events[i].seq);
        assert_string_equal(in->type, events[i].type);
        assert_int_equal(in->version, events[i].version);
        assert_int_equal(in->case_number, events[i].case_number);
        assert_int_equal(in->at_ms, events[i].at_ms);
        assert_string_equal(in->actor, events[i].actor);
        assert_int_equal(in->payload.len, events[i].payload.len);
        assert_memory_equal(in->payload.data, events[i].payload.data, in->payload.len);
        assert_memory_equal(in->hash.data, events[i].hash, HASH_BYTES);
    }
}

static void how_far_the_owner_had_heard_is_read(void **state)
{
    Onedoor__Mark marks[2] = {ONEDOOR__MARK__INIT, ONEDOOR__MARK__INIT},
                  *list[] = {&marks[0], &marks[1]};
    struct sent sent;
    struct page page;
    struct event events[MOST];
    (void)state;
    marks[0].stream = "intake";
    marks[1].stream = "routing";
    marks[0].epoch = marks[1].epoch = 1;
    marks[1].seq = 77;
    send(&sent)->body.heard = list;
    sent.body.n_heard = 2;
    sent.body.heard_version = 9;
    assert_true(is_read(packed(&sent), &page, events));
    assert_int_equal(EVENTS, page.n);
    assert_int_equal(9, page.heard_version);
    assert_int_equal(2, page.heard.n);
    assert_int_equal(77, marks_find(&page.heard, "routing")->seq);
    marks[1].epoch = 0;
    assert_false(packed_is_read(&sent));
}

/* The frame is the socket's, and gone before the events are looked at. */
static void events_outlive_their_frame(void **state)
{
    struct sent sent;
    struct page page;
    struct event events[MOST];
    (void)state;
    struct bytes frame = packed(send(&sent));
    unsigned char *copy = malloc(frame.len);
    assert_non_null(copy);
    memcpy(copy, frame.data, frame.len);
    assert_true(is_read((struct bytes){copy, frame.len}, &page, events));
    free(copy);
    assert_string_equal("intake.CaseReceived", events[0].type);
    assert_string_equal("c4", events[1].actor);
    assert_memory_equal("\x08\x00\x08", events[1].payload.data, 3);
}

static void a_place_is_read(void **state)
{
    struct sent sent;
    struct page page;
    (void)state;
    send(&sent)->body.n_events = 0;
    sent.body.from_seq = 99;
    sent.body.from_hash = (ProtobufCBinaryData){HASH_BYTES, sent.hash[0]};
    assert_true(is_read(packed(&sent), &page, NULL));
    assert_int_equal(0, page.n);
    assert_int_equal(99, page.from_seq);
    assert_int_equal(HASH_BYTES, page.from_hash.len);
    assert_memory_equal(sent.hash[0], page.from_hash.data, HASH_BYTES);
}

/* What a newer owner says beside what is known, and fields in any order. */
static void what_is_not_known_is_passed_over(void **state)
{
    static struct frame body, event;
    struct page page;
    struct event events[MOST];
    const unsigned char hash[HASH_BYTES] = {1};
    (void)state;
    body.len = event.len = 0;
    put_run(&event, 9, hash, sizeof hash);
    put_number(&event, 11, 1);
    put_text(&event, 1000, "new");
    put_text(&event, 3, "routing.New");
    put_number(&event, 2, 12);
    put_text(&body, 11, "new");
    put_number(&body, 3, 12);
    put_run(&body, 1, event.data, event.len);
    put_tag(&body, 20, FIXED_64);
    put_bytes(&body, hash, 8);
    assert_true(is_read(reply_with(&body), &page, events));
    assert_int_equal(1, page.n);
    assert_int_equal(12, events[0].seq);
    assert_string_equal("routing.New", events[0].type);
    assert_string_equal("", events[0].actor);
    assert_int_equal(0, events[0].payload.len);
}

/* ---- what is not */

/* From memory of exactly its size, so that whatever is read behind it is found out. */
static void a_frame_cut_short_is_never_a_whole_page(void **state)
{
    struct sent sent;
    struct page page;
    struct event events[MOST];
    (void)state;
    struct bytes frame = packed(send(&sent));
    for (size_t len = 0; len < frame.len; len++) {
        unsigned char *cut = malloc(len + (len == 0));
        assert_non_null(cut);
        memcpy(cut, frame.data, len);
        assert_false(is_read((struct bytes){cut, len}, &page, events) && page.n == EVENTS);
        free(cut);
    }
}

static void a_frame_with_a_byte_changed_is_read_or_refused(void **state)
{
    struct sent sent;
    struct page page;
    struct event events[MOST];
    (void)state;
    struct bytes frame = packed(send(&sent));
    unsigned char *changed = malloc(frame.len);
    assert_non_null(changed);
    for (size_t at = 0; at < frame.len; at++)
        for (int bit = 0; bit < 8; bit++) {
            memcpy(changed, frame.data, frame.len);
            changed[at] ^= (unsigned char)(1 << bit);
            arena_reset(arena);
            if (!is_read((struct bytes){changed, frame.len}, &page, events))
                continue;
            for (size_t i = 0; i < page.n; i++) /* all of it can be looked at */
                assert_true(strlen(events[i].type) + strlen(events[i].actor) < frame.len &&
                            memchr(events[i].payload.data, 0xee, events[i].payload.len) == NULL);
        }
    free(changed);
}

static void a_hash_of_another_length_is_refused(void **state)
{
    struct sent sent;
    (void)state;
    send(&sent)->events[1].hash.len = HASH_BYTES - 1;
    assert_false(packed_is_read(&sent));
    send(&sent)->events[2].hash.len = 0;
    assert_false(packed_is_read(&sent));
}

static void a_field_of_another_kind_is_refused(void **state)
{
    static struct frame body;
    struct page page;
    struct event events[MOST];
    (void)state;
    for (unsigned field = 1; field <= 6; field++) {
        body.len = 0;
        if (field == 1 || field == 6)
            put_number(&body, field, 5);
        else
            put_text(&body, field, "five");
        assert_false(is_read(reply_with(&body), &page, events));
    }
}

static void more_events_than_were_asked_for_are_refused(void **state)
{
    struct sent sent;
    struct page page;
    struct event events[EVENTS - 1];
    (void)state;
    struct bytes body = message_pack(&send(&sent)->body.base, arena);
    assert_false(page_read(&page, body, events, EVENTS - 1, arena));
    assert_false(page_read(&page, body, NULL, 0, arena));
}

static void more_than_the_arena_may_hold_is_refused(void **state)
{
    struct sent sent;
    struct page page;
    struct event events[EVENTS];
    struct arena *small = arena_new(50);
    (void)state;
    assert_false(
        page_read(&page, message_pack(&send(&sent)->body.base, arena), events, EVENTS, small));
    arena_free(&small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_is_read_as_it_was_packed),
        cmocka_unit_test(how_far_the_owner_had_heard_is_read),
        cmocka_unit_test(events_outlive_their_frame),
        cmocka_unit_test(a_place_is_read),
        cmocka_unit_test(what_is_not_known_is_passed_over),
        cmocka_unit_test(a_frame_cut_short_is_never_a_whole_page),
        cmocka_unit_test(a_frame_with_a_byte_changed_is_read_or_refused),
        cmocka_unit_test(a_hash_of_another_length_is_refused),
        cmocka_unit_test(a_field_of_another_kind_is_refused),
        cmocka_unit_test(more_events_than_were_asked_for_are_refused),
        cmocka_unit_test(more_than_the_arena_may_hold_is_refused),
    };
    return cmocka_run_group_tests_name("page", tests, open_arena, shut_arena);
}
