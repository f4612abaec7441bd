/* SPDX-License-Identifier: Apache-2.0 */
/* headers.h: what the library lets through and we do not: a body's length given twice, names with
 * spaces, control characters. Whatever is not HTTP as written in RFC 9112 is refused, so that no
 * proxy in front of us can read it differently. */
#ifndef GATEWAY_HEADERS_H
#define GATEWAY_HEADERS_H

#include <microhttpd.h>

/* What is wrong with a request's headers, as a sentence; null: nothing. *length is then the body's
 * Content-Length, 0 for none. */
const char *headers_fault(struct MHD_Connection *, const char *version, long long *length);

#endif
