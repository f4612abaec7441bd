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

#endif
