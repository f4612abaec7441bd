/* SPDX-License-Identifier: Apache-2.0 */
/* log.h: the log on stderr, a line for each fact: time, level, program, subject, stable id, trace,
 * text.
 *
 *   2026-03-02T01:00:00.123Z warn routing case=260302-000017-4 event.parked trace=4bf9... intake
 * ...
 *
 * Or as JSON, an object a line: time, level, service, case, event, trace_id, span_id, text; what
 * there is none of is left out.
 *
 * The subject comes first: a case number, or 0. Personal data and secrets are never logged;
 * control characters become dots and lines are bounded. */
#ifndef COMMON_LOG_H
#define COMMON_LOG_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/trace.h"

/* Of the whole program; call it before the first thread starts. */
void log_as_json(bool);

/* What this thread logs belongs to this trace from now on; null: to none. Borrowed until it is
 * called again. */
void log_trace(const struct trace *);

void log_info(int64_t case_number, const char *id, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void log_warn(int64_t case_number, const char *id, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void log_error(int64_t case_number, const char *id, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
