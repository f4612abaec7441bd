/* SPDX-License-Identifier: Apache-2.0 */
/* log.h: the log on stderr, a line for each fact: time, level, program, subject, stable id, text.
 *
 *   2026-03-02T01:00:00.123Z warn routing case=260302-000017-4 event.parked intake 812 ...
 *
 * The subject comes first: a case number, or 0. Personal data and secrets are never logged;
 * control characters become dots and lines are bounded. */
#ifndef COMMON_LOG_H
#define COMMON_LOG_H

#include <stdint.h>

void log_info(int64_t case_number, const char *id, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void log_warn(int64_t case_number, const char *id, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void log_error(int64_t case_number, const char *id, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
