/* SPDX-License-Identifier: Apache-2.0 */
/* api.h: what is answered below /api: each request is authenticated, checked against its route and
 * its caller's permissions, decoded, and passed on to a service or to the register. */
#ifndef GATEWAY_API_H
#define GATEWAY_API_H

#include "services/gateway/api/held.h"
#include "services/gateway/http/exchange.h"

/* Fills secure, openapi, callers and seen of a zeroed struct; the owner sets the rest. */
void api_init(struct api *, bool secure);
void api_release(struct api *);

/* Answers a request whose path begins with /api/, now or later. */
void api_handle(struct api *, struct exchange *, const char *method, const char *path);

/* Somebody's rights have changed (context: the api): every caller is authenticated anew, and all
 * streams end. */
void api_forget_callers(void *api);

#endif
