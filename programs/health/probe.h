/* SPDX-License-Identifier: Apache-2.0 */
/* probe.h: asks the services of a hall for their health, over the bus, as an operator would. */
#ifndef HEALTH_PROBE_H
#define HEALTH_PROBE_H

#include <jansson.h>

#include "common/base/config.h"

struct probe {
    const char *service;
    json_t *report; /* {service, state, ...}; without an answer {service, state: "silent", detail},
                       where `detail` says why */
};

/* Asks the one service that the settings name, or all of them, at once; waits until all have
 * answered or their time is up, and prints the answers. Returns the exit code: PROGRAM_FAILED when
 * one of them is not ready or there is no bus, PROGRAM_USAGE when there is no such service. */
int probe_services(const struct config *);

/* A text of the report; "" when it has none of that name. */
const char *probe_text(const json_t *report, const char *name);

/* On stdout, one line a service or one JSON object: {services: [report, ...]}. */
void print_lines(const struct probe *, int n);
void print_json(const struct probe *, int n);

#endif
