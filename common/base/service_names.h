/* SPDX-License-Identifier: Apache-2.0 */
/* service_names.h: the names of the services, as services/names.txt lists them. */
#ifndef COMMON_SERVICE_NAMES_H
#define COMMON_SERVICE_NAMES_H

enum { SERVICES = 5 };

/* In the order of their ports; null after the last. */
extern const char *const service_names[SERVICES + 1];

/* The place of a name in the list; -1: no service has it. */
int service_names_index(const char *name);

#endif
