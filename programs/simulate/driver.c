/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/simulate/driver.h"

#include <stdio.h>

enum { STEPS_MAX_RUN = 20000 };

static void take(void *context, const struct result *result)
{
    struct driver *driver = context;
    account_take(driver->account, result);
}

/* Give the jobs of the step that have not been given yet; results may have added some. */
static int give_jobs(struct driver *driver, int given)
{
    struct account *account = driver->account;
    const struct agenda_day *day = account_agenda(account, account->now);
    for (; given < day->n; given++) {
        const struct job *job = &day->jobs[given];
        account->planned--;
        if (!account->cases[job->plan].stuck)
            crew_give(driver->crew, job, account_is_citys(account, job));
    }
    return given;
}

/* In the middle of the work: some jobs are done, some under way. */
static void disturb(struct driver *driver, int given)
{
    if (chaos_wants(driver->chaos, driver->account->now, driver->account->order->steps, given >= 2))
        chaos_strike(driver->chaos);
}

static bool do_jobs(struct driver *driver)
{
    int given = give_jobs(driver, 0);
    bool disturbed = false;
    while (driver->crew->under_way > 0) {
        if (!crew_turn(driver->crew, take, driver))
            return false;
        if (!disturbed)
            disturb(driver, given);
        disturbed = true;
        given = give_jobs(driver, given);
    }
    return true;
}

/* Every department must find exactly its open tasks on its list. */
static bool look_at_lists(struct driver *driver)
{
    const struct catalogue *catalogue = driver->account->catalogue;
    for (int32_t d = 0; d < catalogue->n_departments; d++)
        crew_give(driver->crew, &(struct job){.kind = JOB_LIST, .plan = -1, .line = d}, false);
    while (driver->crew->under_way > 0)
        if (!crew_turn(driver->crew, take, driver))
            return false;
    return true;
}

static bool is_over(const struct driver *driver)
{
    return driver->account->now >= driver->account->order->steps && driver->account->planned == 0;
}

static bool run_step(struct driver *driver, int64_t at_ms)
{
    hallclock_set(driver->clock, at_ms);
    if (!do_jobs(driver)) {
        fprintf(stderr, "onedoor-simulate: one of its people has died\n");
        return false;
    }
    return hallclock_settle(driver->clock, driver->client) && look_at_lists(driver);
}

/* The arrivals of the whole year stand in the agenda from the beginning; the rest follows from
 * them. */
static void plan_arrivals(struct account *account)
{
    for (int32_t i = 0; i < account->order->cases; i++)
        account_arrives(account, i);
}

bool driver_run(struct driver *driver)
{
    plan_arrivals(driver->account);
    while (!is_over(driver) && driver->steps < STEPS_MAX_RUN) {
        int64_t at_ms = almanac_next(&driver->almanac);
        if (at_ms > driver->until_ms)
            break;
        if (!run_step(driver, at_ms))
            return false;
        driver->steps++;
        driver->account->now++;
    }
    return true;
}
