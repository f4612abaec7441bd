/* SPDX-License-Identifier: Apache-2.0 */
#include "common/values/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "common/base/program.h"
#include "common/values/case_number.h"

enum { LINE_MAX_BYTES = 600 };

static size_t put_time(char *line, size_t size)
{
    struct timespec now;
    struct tm parts;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &parts);
    size_t used = strftime(line, size, "%Y-%m-%dT%H:%M:%S", &parts);
    return used + (size_t)snprintf(line + used, size - used, ".%03ldZ", now.tv_nsec / 1000000);
}

static void write_line(const char *level, int64_t case_number, const char *id, const char *format,
                       va_list args)
{
    char line[LINE_MAX_BYTES], number[CASE_NUMBER_TEXT_SIZE];
    size_t used = put_time(line, sizeof line);
    used += (size_t)snprintf(line + used, sizeof line - used, " %s %s", level, program_name());
    if (case_number != 0)
        used += (size_t)snprintf(line + used, sizeof line - used, " case=%s",
                                 case_number_format(case_number, number));
    used += (size_t)snprintf(line + used, sizeof line - used, " %s ", id);
    vsnprintf(line + used, sizeof line - used, format, args);
    for (char *c = line; *c != '\0'; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f)
            *c = '.';
    fprintf(stderr, "%s\n", line);
}

void log_info(int64_t case_number, const char *id, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    write_line("info", case_number, id, format, args);
    va_end(args);
}

void log_warn(int64_t case_number, const char *id, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    write_line("warn", case_number, id, format, args);
    va_end(args);
}

void log_error(int64_t case_number, const char *id, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    write_line("error", case_number, id, format, args);
    va_end(args);
}
