/* SPDX-License-Identifier: Apache-2.0 */
#include "common/values/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "common/base/cut.h"
#include "common/base/program.h"
#include "common/values/case_number.h"

enum { LINE_MAX_BYTES = 520 };

static bool as_json;
static _Thread_local const struct trace *current; /* null: none */

static void put_time(char *line, size_t size)
{
    struct timespec now;
    struct tm parts;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &parts);
    size_t used = strftime(line, size, "%Y-%m-%dT%H:%M:%S", &parts);
    snprintf(line + used, size - used, ".%03ldZ", now.tv_nsec / 1000000);
}

void log_as_json(bool json)
{
    as_json = json;
}

void log_trace(const struct trace *trace)
{
    current = trace != NULL && trace_is_set(trace) ? trace : NULL;
}

/* ---- one line */

struct fact {
    const char *level, *id;
    char number[CASE_NUMBER_TEXT_SIZE]; /* "": it concerns no case */
    char text[LINE_MAX_BYTES];
};

static void write_words(const struct fact *fact, const char *time)
{
    char trace[TRACE_ID_TEXT_SIZE] = "";
    if (current != NULL)
        trace_write_id(current, trace);
    fprintf(stderr, "%s %s %s%s%s %s%s%s %s\n", time, fact->level, program_name(),
            fact->number[0] != '\0' ? " case=" : "", fact->number, fact->id,
            trace[0] != '\0' ? " trace=" : "", trace, fact->text);
}

/* Control characters are gone by now. */
static void escape(const char *text, char escaped[2 * LINE_MAX_BYTES])
{
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            *escaped++ = '\\';
        *escaped++ = *text;
    }
    *escaped = '\0';
}

static void write_json(const struct fact *fact, const char *time)
{
    char text[2 * LINE_MAX_BYTES], subject[64] = "", trace[160] = "";
    escape(fact->text, text);
    if (fact->number[0] != '\0')
        snprintf(subject, sizeof subject, ",\"case\":\"%s\"", fact->number);
    if (current != NULL) {
        char id[TRACE_ID_TEXT_SIZE], span[SPAN_TEXT_SIZE];
        trace_write_id(current, id);
        trace_write_span(current->span, span);
        snprintf(trace, sizeof trace, ",\"trace_id\":\"%s\",\"span_id\":\"%s\"", id, span);
    }
    fprintf(stderr,
            "{\"time\":\"%s\",\"level\":\"%s\",\"service\":\"%s\"%s,\"event\":\"%s\"%s,"
            "\"text\":\"%s\"}\n",
            time, fact->level, program_name(), subject, fact->id, trace, text);
}

static void write_line(const char *level, int64_t case_number, const char *id, const char *format,
                       va_list args)
{
    char time[32];
    struct fact fact = {.level = level, .id = id};
    put_time(time, sizeof time);
    if (case_number != 0)
        case_number_format(case_number, fact.number);
    vsnprintf(fact.text, sizeof fact.text, format, args);
    cut_end(fact.text);
    for (char *c = fact.text; *c != '\0'; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f)
            *c = '.';
    (as_json ? write_json : write_words)(&fact, time);
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
