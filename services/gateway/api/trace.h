/* SPDX-License-Identifier: Apache-2.0 */
/* trace.h: the W3C traceparent of a call, by which its log lines are found in all processes:
 * "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01". */
#ifndef GATEWAY_TRACE_H
#define GATEWAY_TRACE_H

#include <stdbool.h>

enum { TRACE_SIZE = 56, TRACE_ID_AT = 3, TRACE_ID_SIZE = 32 };

/* Is it a traceparent of version 00? */
bool trace_is_valid(const char *text);

/* A new one with random ids, sampled. */
void trace_new(char text[TRACE_SIZE]);

#endif
