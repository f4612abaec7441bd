/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/system/simulation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COMMAND_BYTES = 1024 };

static void clock_path(const struct hall *hall, char path[COMMAND_BYTES])
{
    snprintf(path, COMMAND_BYTES, "%s/clock", hall->home);
}

/* The clock is 0 until the simulator sets it. */
static void make_clock(const char *path)
{
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    assert_int_equal(1, fwrite(&(int64_t){0}, sizeof(int64_t), 1, file));
    assert_int_equal(0, fclose(file));
}

void simulation_settings(const struct hall *hall, const char *more)
{
    char path[COMMAND_BYTES], lines[2 * COMMAND_BYTES];
    clock_path(hall, path);
    snprintf(lines, sizeof lines,
             "clock_file = %s\npage_wait_ms = 500\ngather_ms = 0\ngather_events_ms = 0\n%s", path,
             more);
    hall_settings(hall, lines);
}

void simulation_hall(struct hall *hall)
{
    char path[COMMAND_BYTES];
    hall_make(hall);
    clock_path(hall, path);
    make_clock(path);
    simulation_settings(hall, "");
    hall_start(hall, "--backoff-max-ms=200");
}

void simulation_destroy(struct hall *hall)
{
    char path[COMMAND_BYTES];
    clock_path(hall, path);
    remove(path);
    hall_destroy(hall);
}

int simulation_run(const struct hall *hall, const char *words, char result[RESULT_BYTES])
{
    char command[COMMAND_BYTES];
    snprintf(command, sizeof command, "%s/onedoor-simulate --home=%s --json %s",
             getenv("ONEDOOR_BIN"), hall->home, words);
    return hall_command(command, result, RESULT_BYTES);
}

int simulation_verify(const struct hall *hall, char findings[RESULT_BYTES])
{
    char command[COMMAND_BYTES];
    snprintf(command, sizeof command, "%s/onedoor-verify --home=%s", getenv("ONEDOOR_BIN"),
             hall->home);
    return hall_command(command, findings, RESULT_BYTES);
}

void simulation_numbers(const char *result, char numbers[RESULT_BYTES])
{
    const char *times = strstr(result, "\"seconds\""), *rest = strstr(result, "\"lost\"");
    assert_non_null(times);
    assert_non_null(rest);
    snprintf(numbers, RESULT_BYTES, "%.*s%s", (int)(times - result), result, rest);
}
