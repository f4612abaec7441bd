/* SPDX-License-Identifier: Apache-2.0 */
/* probe.h: asks the services of a hall for their health, over the bus, as an operator would. */
#ifndef HEALTH_PROBE_H
#define HEALTH_PROBE_H

#include <jansson.h>

#include "common/base/config.h"
#include "common/wire/vitals.h"

struct probe {
    const char *service;
    struct vital *vital;
    json_t *report; /* {service, state, ...}; without an answer {service, state: "silent", detail},
                       where `detail` says why */
};

/* Asks the one service that the settings name, or all of them, at once; waits until all have
 * answered or their time is up, and prints the answers. All of them are asked again while one has
 * not heard what the others said at first, for some seconds. Returns the exit code: PROGRAM_FAILED
 * when one of them is not ready, there is a fault or no bus, PROGRAM_USAGE when there is no such
 * service. */
int probe_services(const struct config *);

/* A text of the report; "" when it has none of that name. */
const char *probe_text(const json_t *report, const char *name);

/* On stdout, a line for each service and then for each fault, or one JSON object: {services:
 * [report, ...], faults: [text, ...]}. */
void print_lines(const struct probe *, int n, const json_t *faults);
void print_json(const struct probe *, int n, json_t *faults);

#endif
