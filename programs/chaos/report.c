/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/chaos/report.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIGITS = 5 };

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double part_of(struct tally *tally, int percent)
{
    if (tally->n == 0)
        return 0;
    qsort(tally->recoveries_s, (size_t)tally->n, sizeof *tally->recoveries_s, by_size);
    return tally->recoveries_s[(tally->n - 1) * percent / 100];
}

/* Those of which there are any. */
static json_t *by_kind(const int n[KINDS])
{
    json_t *kinds = json_object();
    for (int i = 0; i < KINDS; i++)
        if (n[i] > 0)
            json_object_set_new(kinds, faults_kinds[i].name, json_integer(n[i]));
    return kinds;
}

void report_json(struct tally *tally, const struct load_result *load)
{
    json_t *verify = json_string(load->verify);
    json_t *json =
        json_pack("{so so sI sI sI sI so sf sf si si}", "faults", by_kind(tally->faults), "skipped",
                  by_kind(tally->skipped), "commands", (json_int_t)load->commands, "lost",
                  (json_int_t)load->lost, "doubled", (json_int_t)load->doubled, "mismatched",
                  (json_int_t)load->mismatched, "verify",
                  verify != NULL ? verify : json_string("cut off within a character"),
                  "recovery_p50_s", part_of(tally, 50), "recovery_max_s", part_of(tally, 100),
                  "slow", tally->slow, "unrecovered", tally->unrecovered);
    json_dumpf(json, stdout, JSON_REAL_PRECISION(DIGITS));
    putchar('\n');
    json_decref(json);
}

void report_words(struct tally *tally, const struct load_result *load)
{
    printf("Faults    %d:", tally->n);
    for (int i = 0; i < KINDS; i++)
        if (tally->faults[i] > 0)
            printf(" %s %d", faults_kinds[i].name, tally->faults[i]);
    for (int i = 0; i < KINDS; i++)
        if (tally->skipped[i] > 0)
            printf("\nSkipped   %s %d times: it was not permitted, or there was nothing to break",
                   faults_kinds[i].name, tally->skipped[i]);
    printf("\nRecovery  %.1f s (half of them), %.1f s (the longest); %d slow\n", part_of(tally, 50),
           part_of(tally, 100), tally->slow);
    if (load->is_whole)
        printf("Account   %lld commands answered: %lld lost, %lld doubled, %lld mismatched\n"
               "Verify    %s\n",
               (long long)load->commands, (long long)load->lost, (long long)load->doubled,
               (long long)load->mismatched, load->verify);
    else
        printf("Account   the load did not come to its end\n");
}

bool report_is_good(const struct tally *tally, const struct load_result *load, bool bounded)
{
    return tally->n > 0 && tally->unrecovered == 0 && (!bounded || tally->slow == 0) &&
           load->is_whole && load->lost == 0 && load->doubled == 0 && load->mismatched == 0 &&
           strcmp(load->verify, "ok") == 0;
}
