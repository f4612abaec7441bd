/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "programs/health/probe.h"

const char *probe_text(const json_t *report, const char *name)
{
    const char *value = json_string_value(json_object_get(report, name));
    return value != NULL ? value : "";
}

static json_int_t counter(const json_t *report, const char *name)
{
    return json_integer_value(json_object_get(json_object_get(report, "counters"), name));
}

static void print_line(json_t *report)
{
    const char *stream;
    json_t *seq;
    printf("%-12s %-8s", probe_text(report, "service"), probe_text(report, "state"));
    if (strcmp(probe_text(report, "state"), "silent") == 0) {
        printf(" %s\n", probe_text(report, "detail"));
        return;
    }
    printf(" %s, said %" JSON_INTEGER_FORMAT, probe_text(report, "version"),
           json_integer_value(json_object_get(report, "head_seq")));
    json_object_foreach(json_object_get(report, "cursors"), stream, seq)
        printf(", heard %" JSON_INTEGER_FORMAT " of %s", json_integer_value(seq), stream);
    printf(", written by %s", probe_text(report, "writer"));
    json_int_t parked = json_integer_value(json_object_get(report, "parked"));
    if (parked > 0)
        printf(", %" JSON_INTEGER_FORMAT " parked", parked);
    json_int_t walks = counter(report, "walks");
    if (walks > 0)
        printf(", %" JSON_INTEGER_FORMAT " walks over open work, %" JSON_INTEGER_FORMAT
               " rows met so far",
               walks, counter(report, "walk_met"));
    putchar('\n');
}

void print_lines(const struct probe *probes, int n, const json_t *faults)
{
    for (int i = 0; i < n; i++)
        print_line(probes[i].report);
    for (size_t i = 0; i < json_array_size(faults); i++)
        printf("fault: %s\n", json_string_value(json_array_get(faults, i)));
}

void print_json(const struct probe *probes, int n, json_t *faults)
{
    json_t *all = json_array();
    for (int i = 0; i < n; i++)
        json_array_append(all, probes[i].report);
    json_t *answer = json_pack("{so sO}", "services", all, "faults", faults);
    json_dumpf(answer, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(answer);
}
