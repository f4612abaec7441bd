/* SPDX-License-Identifier: Apache-2.0 */
/* request.h: the head of an HTTP/1.1 request (RFC 9112), read strictly: its line and headers, up to
 * the blank line. What two programs could read in two ways is refused, so that no proxy in front of
 * us reads another request than we do. Pure. */
#ifndef GATEWAY_REQUEST_H
#define GATEWAY_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { REQUEST_HEADERS_MAX = 64 };

enum request_fault {
    REQUEST_OK,
    REQUEST_PARTIAL, /* the blank line has not come yet */
    REQUEST_BAD,     /* not HTTP as it is written */
    REQUEST_VERSION, /* HTTP, but neither 1.1 nor 1.0 */
};

/* Its texts lie in the bytes it was read from, and end with NUL. */
struct request {
    const char *method;
    const char *path;  /* begins with "/"; %XX are decoded, and none of them was NUL or "/" */
    const char *query; /* behind the "?", not decoded; its escapes are well formed; "" for none */
    int n_headers;
    struct {
        const char *name, *value;
    } headers[REQUEST_HEADERS_MAX];
    int64_t length;  /* Content-Length; 0: no body, or a chunked one */
    bool chunked;    /* the body comes in chunks */
    bool awaits;     /* the client waits for "100 Continue" before it sends the body */
    bool closes;     /* the connection ends after the answer */
    bool is_1_0;     /* HTTP/1.0: the client knows no chunks, and no "100 Continue" */
    const char *why; /* with REQUEST_BAD: what is wrong, as a sentence */
};

/* Reads on in the `n` bytes that have come, of which the first *seen were looked at before; sets
 * *seen. OK: the head is text[0 .. *seen). PARTIAL or BAD: a control character, or a line that does
 * not end with CRLF. */
enum request_fault request_scan(const char *text, size_t n, size_t *seen);

/* Reads the head that was found, in place. */
enum request_fault request_parse(char *text, size_t size, struct request *);

/* The value of a header; null: it is not there. The name's letters may be of either case. */
const char *request_header(const struct request *, const char *name);

/* Decodes the %XX of a text in place, which are well formed, and with `plus` "+" as a blank. */
void request_unescape(char *text, bool plus);

#endif
