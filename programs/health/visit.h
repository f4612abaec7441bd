/* SPDX-License-Identifier: Apache-2.0 */
/* visit.h: how the services of a hall are, each in its own words, asked over the bus as an operator
 * would. */
#ifndef HEALTH_VISIT_H
#define HEALTH_VISIT_H

#include <jansson.h>

#include "common/base/config.h"

struct patient {
    const char *service;
    json_t *report; /* {service, state, ...}; without an answer {service, state: "silent", detail},
                       where `detail` says why */
};

/* Asks the one service that the settings name, or all of them, at once; waits until all have
 * answered or their time is up, and prints what they said. The exit status: 0 when every service
 * asked is ready, 1 when one is not or there is no bus, 2 when there is no such service. */
int visit(const struct config *);

/* A text of the report; "" when it has none of that name. */
const char *report_word(const json_t *report, const char *name);

/* On stdout, one line a patient or one JSON object: {services: [report, ...]}. */
void print_lines(const struct patient *, int n);
void print_json(const struct patient *, int n);

#endif
