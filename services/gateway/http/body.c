/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/http/body.h"

#include <stdlib.h>
#include <string.h>

enum { SIZE_DIGITS_MAX = 8 };

void body_begin(struct body *body, const struct request *request, int64_t most)
{
    *body = (struct body){.chunked = request->chunked, .left = request->length, .most = most};
}

static enum body_state take_piece(struct body *body, size_t n, size_t *used, size_t *size)
{
    if (n == 0)
        return BODY_MORE;
    *used = *size = (int64_t)n < body->left ? n : (size_t)body->left;
    body->left -= (int64_t)*size;
    body->taken += (int64_t)*size;
    return BODY_PIECE;
}

/* The line at the beginning. PIECE: it is there, and has *length bytes with its CRLF. */
static enum body_state find_line(const char *text, size_t n, size_t *length)
{
    for (size_t i = 0; i < n && i < BODY_LINE_MAX; i++) {
        unsigned char c = (unsigned char)text[i];
        bool after_cr = i > 0 && text[i - 1] == '\r';
        if (after_cr != (c == '\n') || (c < 0x20 && c != '\r' && c != '\n' && c != '\t'))
            return BODY_BAD;
        *length = i + 1;
        if (c == '\n')
            return BODY_PIECE;
    }
    return n < BODY_LINE_MAX ? BODY_MORE : BODY_BAD;
}

/* Between two chunks, and at the end, stands a blank line. */
static enum body_state pass_blank(const char *text, size_t n, size_t *used)
{
    size_t length = 0;
    enum body_state state = find_line(text, n, &length);
    if (state == BODY_PIECE && length > 2)
        return BODY_BAD;
    *used = state == BODY_PIECE ? length : 0;
    return state;
}

/* "1f" or "1f;name=value". */
static enum body_state begin_chunk(struct body *body, const char *text, size_t n, size_t *used)
{
    size_t length = 0;
    enum body_state state = find_line(text, n, &length);
    if (state != BODY_PIECE)
        return state;
    size_t digits = strspn(text, "0123456789abcdefABCDEF");
    if (digits == 0 || digits > SIZE_DIGITS_MAX || (text[digits] != '\r' && text[digits] != ';'))
        return BODY_BAD;
    body->left = strtoll(text, NULL, 16);
    if (body->left > body->most - body->taken)
        return BODY_LARGE;
    *used = length;
    body->in_chunk = body->left > 0;
    body->at_end = body->left == 0;
    return BODY_PIECE;
}

static enum body_state next_of_chunks(struct body *body, const char *text, size_t n, size_t *used,
                                      size_t *size)
{
    if (body->in_chunk && body->left > 0)
        return take_piece(body, n, used, size);
    bool ends = body->at_end, blank = ends || body->in_chunk;
    enum body_state state = blank ? pass_blank(text, n, used) : begin_chunk(body, text, n, used);
    if (state != BODY_PIECE)
        return state;
    body->in_chunk = body->in_chunk && !blank;
    return ends ? BODY_END : BODY_PIECE;
}

enum body_state body_next(struct body *body, const char *text, size_t n, size_t *used, size_t *size)
{
    *used = *size = 0;
    if (body->chunked)
        return next_of_chunks(body, text, n, used, size);
    if (body->left > body->most - body->taken)
        return BODY_LARGE;
    return body->left == 0 ? BODY_END : take_piece(body, n, used, size);
}
