/* SPDX-License-Identifier: Apache-2.0 */
/* body.h: which of the bytes behind a request's head are its body: so many as Content-Length says,
 * or those of its chunks. Pure. */
#ifndef GATEWAY_BODY_H
#define GATEWAY_BODY_H

#include "services/gateway/http/request.h"

/* Bytes a line between two chunks may have, with its CRLF: a size, and an extension that nobody
 * here knows. */
enum { BODY_LINE_MAX = 256 };

enum body_state {
    BODY_PIECE, /* some bytes of the body */
    BODY_MORE,  /* nothing more can be said before more bytes have come */
    BODY_END,
    BODY_BAD,   /* the chunks are not as RFC 9112 writes them */
    BODY_LARGE, /* it is, or says that it will be, larger than it may be */
};

struct body {
    bool chunked;
    bool in_chunk;       /* the chunk's bytes, then its CRLF, come next */
    bool at_end;         /* the last chunk was there: a blank line comes next */
    int64_t left;        /* of the body or the chunk */
    int64_t taken, most; /* of the whole body */
};

/* `most`: bytes it may have. */
void body_begin(struct body *, const struct request *, int64_t most);

/* What comes next in the `n` bytes. *used of them are done with; of a PIECE the last *size ones are
 * the body's. */
enum body_state body_next(struct body *, const char *text, size_t n, size_t *used, size_t *size);

#endif
