/* SPDX-License-Identifier: Apache-2.0 */
/* described.h: whether the OpenAPI document describes what was sent and answered: types, values of
 * enums, members and required ones, and the status of a refusal. A path is the route's:
 * "/cases/{caseNumber}". */
#ifndef TESTS_DESCRIBED_H
#define TESTS_DESCRIBED_H

#include <jansson.h>
#include <stdbool.h>

bool described_request(json_t *document, const char *method, const char *path, json_t *body);
bool described_answer(json_t *document, const char *method, const char *path, json_t *body);
bool described_status(json_t *document, const char *method, const char *path, int status);

/* Leaves out of the body each member that it must have, one at a time, at any depth, and asks
 * whether that is refused. The first that is not, else null. */
struct described_ask {
    bool (*is_refused)(void *context, json_t *body);
    void *context;
    json_t *body;
};
const char *described_required(json_t *document, const char *method, const char *path,
                               const struct described_ask *);

#endif
