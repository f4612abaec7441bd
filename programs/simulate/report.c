/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/simulate/report.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/values/money.h"

enum { DIGITS = 5 };

static int by_size(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

void report_times(struct report *report, float *took_ms, int64_t n)
{
    report->p50_ms = report->p99_ms = 0;
    if (n == 0)
        return;
    qsort(took_ms, (size_t)n, sizeof *took_ms, by_size);
    report->p50_ms = (double)took_ms[n / 2];
    report->p99_ms = (double)took_ms[n * 99 / 100];
}

static double cases_per_second(const struct report *report)
{
    return report->seconds > 0 ? (double)report->totals.n[TOTAL_RECEIVED] / report->seconds : 0;
}

void report_json(const struct report *report)
{
    json_t *verify = json_string(report->verify), *json = json_object();
    for (int i = 0; i < TOTALS_REPORTED; i++)
        json_object_set_new(json, totals_names[i], json_integer(report->totals.n[i]));
    json_t *rest = json_pack(
        "{sf sI sf sf sf sI sI sI so}", "seconds", report->seconds, "commands",
        (json_int_t)report->commands, "cases_per_second", cases_per_second(report), "p50_ms",
        report->p50_ms, "p99_ms", report->p99_ms, "lost", (json_int_t)report->lost, "doubled",
        (json_int_t)report->doubled, "mismatches", (json_int_t)report->mismatches, "verify",
        verify != NULL ? verify : json_string("cut off within a character"));
    json_object_update(json, rest);
    json_dumpf(json, stdout, JSON_REAL_PRECISION(DIGITS));
    putchar('\n');
    json_decref(rest);
    json_decref(json);
}

void report_words(const struct report *report)
{
    const int64_t *n = report->totals.n;
    char money[MONEY_TEXT_SIZE], refunded[MONEY_TEXT_SIZE];
    printf("Cases     %lld received, %lld accepted, %lld asked for a correction, %lld refused, "
           "%lld withdrawn\n",
           (long long)n[TOTAL_RECEIVED], (long long)n[TOTAL_ACCEPTED],
           (long long)n[TOTAL_CORRECTED], (long long)n[TOTAL_REFUSED],
           (long long)n[TOTAL_WITHDRAWN]);
    printf("Decided   %lld granted, %lld denied, %lld tasks of departments; %lld closed\n",
           (long long)n[TOTAL_GRANTED], (long long)n[TOTAL_DENIED], (long long)n[TOTAL_TASKS],
           (long long)n[TOTAL_CLOSED]);
    printf("Money     %lld orders, %s yuan paid on %lld receipts\n", (long long)n[TOTAL_ORDERS],
           money_format((struct money){n[TOTAL_PAID_FEN]}, money), (long long)n[TOTAL_RECEIPTS]);
    printf("Put right %s yuan waived, %s refunded\n",
           money_format((struct money){n[TOTAL_WAIVED_FEN]}, money),
           money_format((struct money){n[TOTAL_REFUNDED_FEN]}, refunded));
    printf("Tickets   %lld taken; served %lld times, %lld gone\n", (long long)n[TOTAL_TICKETS],
           (long long)n[TOTAL_SERVED], (long long)n[TOTAL_GONE]);
    printf("Cards     %lld yellow, %lld red\n", (long long)n[TOTAL_YELLOW],
           (long long)n[TOTAL_RED]);
    printf("Time      %.1f s, %.1f cases a second; a command took %.1f ms (half of them), %.1f ms "
           "(99 of 100)\n",
           report->seconds, cases_per_second(report), report->p50_ms, report->p99_ms);
    printf("Account   %lld lost, %lld doubled, %lld mismatches\n", (long long)report->lost,
           (long long)report->doubled, (long long)report->mismatches);
    printf("Verify    %s\n", report->verify);
}

bool report_is_good(const struct report *report)
{
    return report->lost == 0 && report->doubled == 0 && report->mismatches == 0 &&
           strcmp(report->verify, "ok") == 0;
}
