/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/chaos/run.h"

#include <stdio.h>
#include <stdlib.h>

#include "common/base/monotonic.h"
#include "common/base/panic.h"

enum { GIVE_UP_MS = 300000, TURN_MS = 20, PAUSE_LEAST_MS = 100, PAUSE_MOST_MS = 600, TRIES = 50 };

bool run_await(const struct run *run, const struct fault *fault)
{
    int64_t until_ms = monotonic_ms() + GIVE_UP_MS;
    bool over = fault == NULL || fault->kind->is_over == NULL || fault->kind->lift != NULL;
    watch_begin(run->watch);
    while (monotonic_ms() < until_ms && !program_stopping(run->invocation, over ? 0 : TURN_MS)) {
        over = over || fault->kind->is_over(fault);
        if (over && watch_turn(run->watch))
            return true;
    }
    return false;
}

bool run_await_load(const struct run *run)
{
    int64_t until_ms = monotonic_ms() + GIVE_UP_MS;
    while (monotonic_ms() < until_ms && run_await(run, NULL) && !load_has_ended(run->load))
        if (watch_said(run->watch) > 0)
            return true;
    return false;
}

/* ---- which comes next */

/* A round has each kind as often as its weight; within it the dice choose. */
static int draw(struct run *run, int left[KINDS])
{
    int all = 0, kind = 0;
    for (int i = 0; i < KINDS; i++)
        all += left[i];
    if (all == 0)
        for (int i = 0; i < KINDS; i++)
            all += left[i] = run->rounds[i];
    int at = dice_below(&run->scene.dice, all);
    while (at >= left[kind])
        at -= left[kind++];
    left[kind]--;
    return kind;
}

/* ---- one fault */

/* Until it is to be lifted. */
static void last(const struct run *run, const struct fault *fault, int64_t began_ms)
{
    while (monotonic_ms() - began_ms < fault->lasts_ms &&
           !program_stopping(run->invocation, TURN_MS))
        if (fault->kind->is_over != NULL && fault->kind->is_over(fault))
            return;
}

/* From its end on: when it was lifted or, where the hall itself put an end to it, when it began. */
static int64_t end_of(const struct run *run, struct fault *fault, int64_t began_ms)
{
    last(run, fault, began_ms);
    bool by_hall = fault->kind->is_over != NULL && fault->kind->is_over(fault);
    if (fault->kind->lift != NULL)
        fault->kind->lift(fault);
    return by_hall || fault->kind->lift == NULL ? began_ms : monotonic_ms();
}

static void note(const struct fault *fault, double recovery_s, bool well, const char *why,
                 struct tally *tally)
{
    char text[64];
    faults_describe(fault, text);
    tally->recoveries_s =
        reallocarray(tally->recoveries_s, (size_t)tally->n + 1, sizeof *tally->recoveries_s);
    must(tally->recoveries_s != NULL);
    tally->recoveries_s[tally->n++] = recovery_s;
    tally->faults[fault->kind - faults_kinds]++;
    bool slow = recovery_s * 1000 > fault->kind->bound_ms;
    tally->slow += slow;
    tally->unrecovered += !well;
    fprintf(stderr, "%4d  %-28s %s after %.1f s%s%s\n", tally->n, text, well ? "well" : "not well",
            recovery_s, slow ? ", which is slow: " : "", slow ? why : "");
}

static bool befall(const struct run *run, const struct kind *kind, struct tally *tally)
{
    struct fault fault;
    char why[160] = "";
    struct scene *scene = (struct scene *)&run->scene;
    int64_t began_ms = monotonic_ms();
    if (!faults_strike(&fault, kind, scene)) {
        tally->skipped[kind - faults_kinds]++;
        return true;
    }
    int64_t ended_ms = end_of(run, &fault, began_ms);
    bool well = run_await(run, &fault);
    snprintf(why, sizeof why, "%s", watch_fault(run->watch));
    note(&fault, (double)(monotonic_ms() - ended_ms) / 1000, well, why, tally);
    return well;
}

void run_faults(const struct run *given, struct tally *tally)
{
    struct run run = *given;
    int left[KINDS] = {0};
    *tally = (struct tally){0};
    while (monotonic_ms() < run.until_ms && (run.most_faults == 0 || tally->n < run.most_faults)) {
        if (!befall(&run, &faults_kinds[draw(&run, left)], tally) || load_has_ended(run.load) ||
            program_stopping(run.invocation,
                             dice_between(&run.scene.dice, PAUSE_LEAST_MS, PAUSE_MOST_MS)))
            break;
    }
}
