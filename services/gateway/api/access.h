/* SPDX-License-Identifier: Apache-2.0 */
/* access.h: the secret that a client shows, and whether its owner may make the call. */
#ifndef GATEWAY_ACCESS_H
#define GATEWAY_ACCESS_H

#include "common/wire/outcome.h"
#include "services/gateway/api/call.h"

/* Fills call->secret and by_cookie from the session's cookie or the Authorization header. */
void access_read_secret(struct call *);

/* The name of the session's cookie. Over TLS it binds the cookie to this very host. */
const char *access_cookie_name(bool secure);

/* A Set-Cookie header for a session's secret; "" drops the cookie. */
const char *access_cookie(const struct call *, const char *secret);

/* The secret of the device, by which attempts to sign in are counted; null when it has none. It
 * proves nothing else. And the Set-Cookie header that gives it one. */
const char *access_device(const struct call *);
const char *access_device_cookie(const struct call *, const char *secret);

/* May the caller make this call? By permission, and by the CSRF token of a session. */
struct outcome access_check(const struct call *);

#endif
