/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/http/connection.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"
#include "services/gateway/http/stream.h"

enum { CHUNK_ROOM = STREAM_PIECE + 16 };

/* ---- reading */

/* Bytes beyond those that are there; `most` of them may be there in all. */
static enum step read_more(struct connection *connection, size_t most)
{
    if (!connection->readable)
        return STEP_WAIT;
    connections_take_buffer(connection);
    size_t room = most - connection->n_in;
    ssize_t n = transport_read(&connection->transport, connection->in + connection->n_in, room);
    connection->readable = n != TRANSPORT_AGAIN && (connection->transport.tls != NULL ||
                                                    connection->ended || n == (ssize_t)room);
    if (n > 0 && connection->deadline == DEADLINE_IDLE)
        connections_set_deadline(connection, DEADLINE_HEAD);
    if (n > 0)
        connection->n_in += (size_t)n;
    if (connection->n_in == 0)
        connections_give_back_buffer(connection);
    return n > 0 ? STEP_ON : n == TRANSPORT_AGAIN ? STEP_WAIT : STEP_END;
}

/* Bytes behind the head are done with. */
static void drop(struct connection *connection, size_t n)
{
    char *body = connection->in + connection->n_head;
    connection->n_in -= n;
    memmove(body, body + n, connection->n_in - connection->n_head);
}

/* ---- one request */

static enum step begin_to_send(struct connection *connection)
{
    connection->state = CONNECTION_SENDING;
    connection->sent = 0;
    connections_set_deadline(connection, DEADLINE_SEND);
    return STEP_ON;
}

/* Where the next request begins is not known, or not worth waiting for. */
static enum step turn_away(struct connection *connection, Onedoor__Gateway__Refusal why,
                           const char *detail)
{
    if (connection->exchange == NULL)
        connection->exchange =
            exchange_new(&connection->all->exchanges, connection, connection->address);
    connection->exchange->closes = true;
    exchange_refuse(connection->exchange, ONEDOOR__CODE__INVALID_ARGUMENT, why, detail);
    return begin_to_send(connection);
}

static enum step answer_continue(struct connection *connection)
{
    static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
    const struct iovec piece = {(void *)go_on, sizeof go_on - 1};
    bool whole = transport_write(&connection->transport, &piece, 1) == sizeof go_on - 1;
    return whole ? STEP_ON : STEP_END;
}

static bool may_ask(struct connection *connection)
{
    struct connections *all = connection->all;
    if (rate_allows(&all->rate, connection->address.s_addr, all->now_ms))
        return true;
    connection->exchange->closes = true;
    exchange_refuse(connection->exchange, ONEDOOR__CODE__RESOURCE_EXHAUSTED,
                    ONEDOOR__GATEWAY__REFUSAL__TOO_MANY_REQUESTS, NULL);
    return false;
}

/* The head is there. */
static enum step begin(struct connection *connection)
{
    struct connections *all = connection->all;
    struct exchange *exchange = connection->exchange =
        exchange_new(&all->exchanges, connection, connection->address);
    struct request *request = ARENA_NEW(exchange->arena, struct request);
    enum request_fault fault = request_parse(connection->in, connection->n_head, request);
    if (fault == REQUEST_VERSION)
        return turn_away(connection, ONEDOOR__GATEWAY__REFUSAL__HTTP_VERSION, NULL);
    if (fault != REQUEST_OK)
        return turn_away(connection, ONEDOOR__GATEWAY__REFUSAL__BAD_REQUEST, request->why);
    exchange->request = request;
    exchange->closes = request->closes;
    if (!may_ask(connection))
        return begin_to_send(connection);
    body_begin(&connection->body, request, all->body_max);
    connection->state = CONNECTION_BODY;
    connections_set_deadline(connection, DEADLINE_BODY);
    bool may_send = request->chunked || (request->length > 0 && request->length <= all->body_max);
    return request->awaits && may_send ? answer_continue(connection) : STEP_ON;
}

static enum step read_head(struct connection *connection)
{
    const struct connections *all = connection->all;
    enum request_fault fault = request_scan(connection->in, connection->n_in, &connection->n_head);
    if (fault == REQUEST_BAD)
        return turn_away(connection, ONEDOOR__GATEWAY__REFUSAL__BAD_REQUEST,
                         "lines end with CRLF and have no control character");
    bool too_large = fault == REQUEST_OK ? connection->n_head > all->head_max
                                         : connection->n_in >= all->head_max;
    if (fault == REQUEST_OK && !too_large)
        return begin(connection);
    if (too_large)
        return turn_away(connection, ONEDOOR__GATEWAY__REFUSAL__HEAD_TOO_LARGE, NULL);
    return read_more(connection, all->head_max);
}

static enum step hand_over(struct connection *connection)
{
    struct connections *all = connection->all;
    if (all->stopping) {
        connection->exchange->closes = true;
        exchange_refuse(connection->exchange, ONEDOOR__CODE__UNAVAILABLE,
                        ONEDOOR__GATEWAY__REFUSAL__STOPPING, NULL);
        return begin_to_send(connection);
    }
    connection->state = CONNECTION_WAITING;
    connections_set_deadline(connection, DEADLINE_NONE);
    exchange_hand_over(connection->exchange);
    return STEP_ON;
}

static enum step read_body(struct connection *connection)
{
    const char *text = connection->in + connection->n_head;
    size_t used, size;
    enum body_state state =
        body_next(&connection->body, text, connection->n_in - connection->n_head, &used, &size);
    if (size > 0)
        exchange_read(connection->exchange, text + used - size, size);
    drop(connection, used);
    switch (state) {
    case BODY_PIECE:
        return STEP_ON;
    case BODY_MORE:
        return read_more(connection, connections_room(connection->all));
    case BODY_END:
        return hand_over(connection);
    case BODY_LARGE:
        return turn_away(connection, ONEDOOR__GATEWAY__REFUSAL__BODY_TOO_LARGE, NULL);
    case BODY_BAD:
        break;
    }
    return turn_away(connection, ONEDOOR__GATEWAY__REFUSAL__BAD_REQUEST,
                     "a chunk of the body is not well formed");
}

/* ---- its answer */

static enum step wait_for_answer(struct connection *connection)
{
    if (connection->gone)
        return STEP_END;
    return connection->exchange->state == EXCHANGE_ANSWERED ? begin_to_send(connection) : STEP_WAIT;
}

/* The client may still be sending: were the socket closed now, it might lose the answer. */
static enum step begin_rest(struct connection *connection)
{
    transport_finish(&connection->transport);
    connections_give_back_buffer(connection);
    connection->state = CONNECTION_REST;
    connection->readable = true;
    connections_set_deadline(connection, DEADLINE_REST);
    return STEP_ON;
}

/* The answer is sent: on to the next request, in the next turn. */
static enum step finish(struct connection *connection)
{
    bool closes = connection->exchange->closes;
    exchange_leave(connection->exchange);
    connection->exchange = NULL;
    if (closes)
        return begin_rest(connection);
    size_t head = connection->n_head;
    connection->n_head = 0;
    drop(connection, head);
    if (connection->n_in == 0)
        connections_give_back_buffer(connection);
    connection->state = CONNECTION_HEAD;
    connections_set_deadline(connection, connection->n_in == 0 ? DEADLINE_IDLE : DEADLINE_HEAD);
    if (connection->n_in > 0 || connection->readable)
        connections_due(connection);
    return STEP_WAIT;
}

static enum step begin_stream(struct connection *connection)
{
    connection->stream = connection->exchange->stream;
    connection->exchange->stream = NULL;
    exchange_leave(connection->exchange);
    connection->exchange = NULL;
    connections_give_back_buffer(connection);
    stream_begin(connection->stream, connection);
    connection->chunk = malloc(CHUNK_ROOM);
    must(connection->chunk != NULL);
    connection->state = CONNECTION_STREAMING;
    connections_set_deadline(connection, DEADLINE_NONE);
    return STEP_ON;
}

static struct iovec rest_of(const char *data, size_t size, size_t sent)
{
    return (struct iovec){(void *)(data + (sent < size ? sent : size)),
                          sent < size ? size - sent : 0};
}

static enum step send_answer(struct connection *connection)
{
    const struct exchange *exchange = connection->exchange;
    bool head_only = exchange->request != NULL && strcmp(exchange->request->method, "HEAD") == 0;
    size_t n_content = head_only || exchange->content == NULL ? 0 : exchange->n_content,
           size = exchange->n_head + n_content, sent = connection->sent;
    if (sent == size)
        return exchange->stream != NULL ? begin_stream(connection) : finish(connection);
    const struct iovec pieces[2] = {rest_of(exchange->head, exchange->n_head, sent),
                                    rest_of(exchange->content, n_content,
                                            sent < exchange->n_head ? 0 : sent - exchange->n_head)};
    ssize_t n = transport_write(&connection->transport, pieces, 2);
    if (n > 0)
        connection->sent += (size_t)n;
    return n > 0 ? STEP_ON : n == TRANSPORT_AGAIN ? STEP_WAIT : STEP_END;
}

/* ---- a stream */

static enum step send_chunk(struct connection *connection)
{
    const struct iovec piece =
        rest_of(connection->chunk, connection->chunk_size, connection->chunk_sent);
    ssize_t n = transport_write(&connection->transport, &piece, 1);
    if (n > 0)
        connection->chunk_sent += (size_t)n;
    if (n == TRANSPORT_AGAIN && connection->deadline == DEADLINE_NONE)
        connections_set_deadline(connection, DEADLINE_SEND);
    return n > 0 ? STEP_ON : n == TRANSPORT_AGAIN ? STEP_WAIT : STEP_END;
}

static void put_chunk(struct connection *connection, const char *text, size_t size)
{
    int n = snprintf(connection->chunk, CHUNK_ROOM, "%zx\r\n", size);
    memcpy(connection->chunk + n, text, size);
    memcpy(connection->chunk + n + size, "\r\n", 2);
    connection->chunk_size = (size_t)n + size + 2;
    connection->chunk_sent = 0;
}

static enum step send_stream(struct connection *connection)
{
    char text[STREAM_PIECE];
    if (connection->gone)
        return STEP_END;
    if (connection->chunk_sent < connection->chunk_size)
        return send_chunk(connection);
    if (connection->stream == NULL)
        return begin_rest(connection);
    if (connection->deadline != DEADLINE_NONE)
        connections_set_deadline(connection, DEADLINE_NONE);
    ssize_t n = stream_write(connection->stream, text, sizeof text);
    if (n == 0)
        return STEP_WAIT;
    if (n == STREAM_BREAK)
        return STEP_END;
    put_chunk(connection, text, n == STREAM_END ? 0 : (size_t)n);
    if (n == STREAM_END)
        stream_over(&connection->stream);
    return STEP_ON;
}

static enum step drop_rest(struct connection *connection)
{
    char dropped[STREAM_PIECE];
    ssize_t n = transport_read(&connection->transport, dropped, sizeof dropped);
    return n > 0 ? STEP_ON : n == TRANSPORT_AGAIN ? STEP_WAIT : STEP_END;
}

static enum step shake_hands(struct connection *connection)
{
    int result = transport_shake_hands(&connection->transport);
    if (result != 0)
        return result == TRANSPORT_AGAIN ? STEP_WAIT : STEP_END;
    connection->state = CONNECTION_HEAD;
    return STEP_ON;
}

static enum step (*const steps[CONNECTION_STATES])(struct connection *) = {
    [CONNECTION_HANDSHAKE] = shake_hands, [CONNECTION_HEAD] = read_head,
    [CONNECTION_BODY] = read_body,        [CONNECTION_WAITING] = wait_for_answer,
    [CONNECTION_SENDING] = send_answer,   [CONNECTION_STREAMING] = send_stream,
    [CONNECTION_REST] = drop_rest,
};

enum step connection_step(struct connection *connection)
{
    return steps[connection->state](connection);
}

/* What has come of a request is not waited for any longer. */
static enum step give_up(struct connection *connection, Onedoor__Gateway__Refusal why)
{
    bool has_begun = connection->state == CONNECTION_BODY ||
                     (connection->state == CONNECTION_HEAD && connection->n_in > 0);
    return has_begun ? turn_away(connection, why, NULL) : STEP_END;
}

enum step connection_expire(struct connection *connection)
{
    return give_up(connection, ONEDOOR__GATEWAY__REFUSAL__TOO_SLOW);
}

enum step connection_stop(struct connection *connection)
{
    return give_up(connection, ONEDOOR__GATEWAY__REFUSAL__STOPPING);
}
