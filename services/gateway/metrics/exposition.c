/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/metrics/exposition.h"

void exposition_begin(FILE *file, const struct family *family)
{
    static const char *const kinds[] = {
        [FAMILY_COUNTER] = "counter", [FAMILY_GAUGE] = "gauge", [FAMILY_HISTOGRAM] = "histogram"};
    fprintf(file, "# HELP %s %s\n# TYPE %s %s\n", family->name, family->help, family->name,
            kinds[family->kind]);
}

static void put_value(FILE *file, const char *value)
{
    for (const char *c = value; *c != '\0'; c++)
        if (*c == '\n')
            fputs("\\n", file);
        else if (*c == '\\' || *c == '"')
            fprintf(file, "\\%c", *c);
        else
            fputc(*c, file);
}

/* `bound` is that of a histogram's bucket; null: none. */
static void put_labels(FILE *file, exposition_labels labels, const char *bound)
{
    const char *before = "{";
    for (size_t i = 0; labels != NULL && labels[i] != NULL; i += 2) {
        fprintf(file, "%s%s=\"", before, labels[i]);
        put_value(file, labels[i + 1]);
        fputc('"', file);
        before = ",";
    }
    if (bound != NULL) {
        fprintf(file, "%sle=\"%s\"", before, bound);
        before = ",";
    }
    if (*before == ',')
        fputc('}', file);
}

void exposition_number(FILE *file, const struct family *family, exposition_labels labels,
                       double value)
{
    fputs(family->name, file);
    put_labels(file, labels, NULL);
    fprintf(file, " %.15g\n", value);
}

static void put_bucket(FILE *file, const struct family *family, exposition_labels labels,
                       const char *bound, int64_t count)
{
    fprintf(file, "%s_bucket", family->name);
    put_labels(file, labels, bound);
    fprintf(file, " %lld\n", (long long)count);
}

void exposition_durations(FILE *file, const struct family *family, exposition_labels labels,
                          const struct durations *durations)
{
    int64_t count = 0;
    for (size_t i = 0; i < durations->n_bounds; i++) {
        char bound[32];
        snprintf(bound, sizeof bound, "%.15g", (double)durations->bounds_ms[i] / 1000);
        put_bucket(file, family, labels, bound, count += durations->counts[i]);
    }
    put_bucket(file, family, labels, "+Inf", count += durations->counts[durations->n_bounds]);
    fprintf(file, "%s_sum", family->name);
    put_labels(file, labels, NULL);
    fprintf(file, " %.15g\n%s_count", (double)durations->sum_ms / 1000, family->name);
    put_labels(file, labels, NULL);
    fprintf(file, " %lld\n", (long long)count);
}
