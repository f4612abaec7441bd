/* SPDX-License-Identifier: Apache-2.0 */
/* phone.h: the pages for the citizen's telephone, at /p and below. GET /p/<code>, which the QR code
 * on a slip leads to, shows how that case stands; GET /p has a form for number and last four
 * characters, and POST /p answers it (RULE H17). It asks the services as the public does, and it
 * keeps nothing. */
#ifndef GATEWAY_PHONE_H
#define GATEWAY_PHONE_H

#include "common/bus/client.h"
#include "services/gateway/http/exchange.h"
#include "services/gateway/http/files.h"
#include "services/gateway/http/guess.h"
#include "services/gateway/people/worker.h"
#include "services/gateway/phone/page.h"

struct phone {
    struct client *client; /* the bus, as the desk "gateway" */
    struct worker *worker; /* the register knows whether the hall is a demonstration */
    struct guesses *guesses;
    int answer_ms; /* how long a service may take */
    struct page_hall hall;
    bool kind_known;
    struct file style;
    char style_path[60];
};

/* Fills hall and style of a zeroed struct; the owner sets the rest. */
void phone_init(struct phone *, const struct config *);

/* Is it a path of these pages? */
bool phone_has(const char *path);
/* Answers a request for one that is, now or later. */
void phone_handle(struct phone *, struct exchange *, const char *method, const char *path);

#endif
