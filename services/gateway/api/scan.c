/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/api/scan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"
#include "common/wire/message.h"
#include "onedoor/gateway.pb-c.h"
#include "onedoor/intake.pb-c.h"
#include "services/gateway/api/held.h"
#include "services/gateway/http/stream.h"

enum { SCAN_PIECE_ARENA = 1 << 18, SCAN_TEXT = 128 };

/* A file on its way to its client. It ends with the stream, or with the piece that was asked for
 * when the stream ended. */
struct file {
    struct api *api;
    struct stream *stream; /* null once it is over */
    struct ask ask;        /* for the next piece, with the caller's rights */
    char actor[SCAN_TEXT], department[SCAN_TEXT];
    Onedoor__Intake__GetPiece get;
    struct arena *arena; /* of the present piece */
    struct bytes piece;
    size_t sent;
    int32_t pieces;
    bool asked, broken;
};

bool scan_is_asked(const struct call *call)
{
    return call->match.route->reply == &onedoor__intake__get_piece_reply__descriptor &&
           ((const Onedoor__Intake__GetPiece *)call->message)->piece == 0;
}

static const char *content_type(Onedoor__Intake__ScanType type)
{
    static const char *const types[] = {
        [ONEDOOR__INTAKE__SCAN_TYPE__PDF] = "application/pdf",
        [ONEDOOR__INTAKE__SCAN_TYPE__JPEG] = "image/jpeg",
        [ONEDOOR__INTAKE__SCAN_TYPE__PNG] = "image/png",
        [ONEDOOR__INTAKE__SCAN_TYPE__OFD] = "application/ofd",
    };
    bool known = type >= ONEDOOR__INTAKE__SCAN_TYPE__PDF && type <= ONEDOOR__INTAKE__SCAN_TYPE__OFD;
    return known ? types[type] : "application/octet-stream";
}

static const char *extension(Onedoor__Intake__ScanType type)
{
    const char *slash = strchr(content_type(type), '/');
    return type == ONEDOOR__INTAKE__SCAN_TYPE__JPEG ? "jpg" : slash + 1;
}

/* ---- the pieces */

static void file_free(struct file *file)
{
    arena_free(&file->arena);
    free(file);
}

/* The piece of the reply is kept until the next one is asked for. */
static bool take(struct file *file, const struct answer *answer)
{
    if (answer->kind != ANSWER_OK)
        return false;
    const Onedoor__Intake__GetPieceReply *reply =
        message_unpack(&onedoor__intake__get_piece_reply__descriptor, answer->packed, file->arena);
    if (reply == NULL || reply->data.len == 0)
        return false;
    file->piece = (struct bytes){reply->data.data, reply->data.len};
    file->pieces = reply->pieces;
    file->sent = 0;
    return true;
}

static void next_came(void *context, const struct answer *answer)
{
    struct file *file = context;
    file->asked = false;
    if (file->stream == NULL) {
        file_free(file);
        return;
    }
    file->broken = !take(file, answer);
    stream_wake(file->stream);
}

static void ask_next(struct file *file)
{
    arena_free(&file->arena);
    file->arena = arena_new(SCAN_PIECE_ARENA);
    file->piece = (struct bytes){NULL, 0};
    file->sent = 0;
    file->get.piece++;
    file->asked = true;
    client_ask(file->api->client, &file->ask);
}

static ssize_t write_piece(void *context, char *text, size_t size)
{
    struct file *file = context;
    size_t left = file->piece.len - file->sent;
    if (file->broken)
        return STREAM_BREAK;
    if (left == 0 && !file->asked && file->get.piece == file->pieces)
        return STREAM_END;
    if (left == 0) {
        if (!file->asked)
            ask_next(file);
        return 0;
    }
    size_t n = left < size ? left : size;
    memcpy(text, file->piece.data + file->sent, n);
    file->sent += n;
    return (ssize_t)n;
}

static void over(void *context)
{
    struct file *file = context;
    file->stream = NULL;
    if (!file->asked)
        file_free(file);
}

static const struct stream_source source = {.write = write_piece, .over = over};

/* ---- the answer */

/* The call may be gone before the file is: what the next pieces need of it is copied. */
static struct file *file_of(struct call *call)
{
    struct file *file = calloc(1, sizeof *file);
    must(file != NULL);
    file->api = call->api;
    file->get = *(const Onedoor__Intake__GetPiece *)call->message;
    file->arena = arena_new(SCAN_PIECE_ARENA);
    file->ask = api_ask_of(call);
    snprintf(file->actor, sizeof file->actor, "%s", file->ask.actor.id);
    snprintf(file->department, sizeof file->department, "%s", file->ask.actor.department);
    file->ask.actor.id = file->actor;
    file->ask.actor.department = file->department;
    file->ask.message = &file->get.base;
    file->ask.trace = NULL;
    file->ask.seen = NULL;
    memset(file->ask.id, 0, sizeof file->ask.id);
    file->ask.done = next_came;
    file->ask.context = file;
    return file;
}

/* What it was called is not known; a browser saves it, and runs nothing that is in it. */
static void put_headers(struct call *call, Onedoor__Intake__ScanType type)
{
    const Onedoor__Intake__GetPiece *get = (const void *)call->message;
    call->exchange->policy = "default-src 'none'; sandbox; frame-ancestors 'none'";
    call->exchange->disposition =
        arena_printf(call->arena, "attachment; filename=\"%lld-%d.%s\"",
                     (long long)get->case_number, get->scan, extension(type));
}

static struct outcome refused_as(Onedoor__Code code, Onedoor__Gateway__Refusal refusal)
{
    return (struct outcome){code, (Onedoor__Reason)refusal, NULL, NULL};
}

/* What keeps the first piece from being sent on. */
static struct outcome begin(struct file *file, const struct call *call, const struct answer *answer)
{
    if (!take(file, answer))
        return refused_as(ONEDOOR__CODE__UNAVAILABLE, ONEDOOR__GATEWAY__REFUSAL__NO_ANSWER);
    if (exchange_is_left(call->exchange))
        return refused_as(ONEDOOR__CODE__UNAVAILABLE, ONEDOOR__GATEWAY__REFUSAL__STOPPING);
    if (!exchange_takes_streams(call->exchange))
        return refused_as(ONEDOOR__CODE__UNIMPLEMENTED, ONEDOOR__GATEWAY__REFUSAL__HTTP_VERSION);
    return OUTCOME_OK;
}

static void first_came(void *context, const struct answer *answer)
{
    struct call *call = context;
    if (answer->kind != ANSWER_OK) {
        api_refuse_answer(call, answer);
        return;
    }
    struct file *file = file_of(call);
    struct outcome outcome = begin(file, call, answer);
    if (!is_ok(outcome)) {
        file_free(file);
        api_refuse(call, outcome);
        return;
    }
    const Onedoor__Intake__GetPieceReply *reply =
        message_unpack(&onedoor__intake__get_piece_reply__descriptor, answer->packed, file->arena);
    put_headers(call, reply->type);
    file->stream = stream_answer(call->exchange, content_type(reply->type), &source, file);
}

void scan_answer(struct call *call)
{
    ((Onedoor__Intake__GetPiece *)call->message)->piece = 1;
    struct ask ask = api_ask_of(call);
    ask.done = first_came;
    client_ask(call->api->client, &ask);
}
