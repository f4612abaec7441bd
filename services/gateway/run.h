/* SPDX-License-Identifier: Apache-2.0 */
/* run.h: what onedoor-gateway does. */
#ifndef GATEWAY_RUN_H
#define GATEWAY_RUN_H

#include "common/base/program.h"

/* Serves until it is to end or, when the setting "make" or "let_in" is not empty, does that and
 * ends: "admin", the first administrator, or "demo", the people of a demonstration. Returns the
 * exit code. */
int run_gateway(const struct invocation *);

#endif
