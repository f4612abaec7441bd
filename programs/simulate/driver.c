/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/simulate/driver.h"

#include <stdio.h>

#include "common/base/monotonic.h"

enum { STEPS_A_DAY = 2, STEPS_MAX_RUN = 20000, PACE_MS = 5 };

static void take(void *context, const struct result *result)
{
    struct driver *driver = context;
    account_take(driver->account, result);
}

static bool is_closed(const struct driver *driver)
{
    return *driver->closing != 0;
}

/* How many jobs may have been given in a step that began then. */
static int64_t allowed(const struct driver *driver, int64_t began_ms)
{
    return driver->rate == 0 || is_closed(driver)
               ? INT64_MAX
               : 1 + (monotonic_ms() - began_ms) * driver->rate / 1000;
}

/* Give the jobs of the step that have not been given yet, as far as they may; results may have
 * added some. */
static int give_jobs(struct driver *driver, int given, int64_t most)
{
    struct account *account = driver->account;
    const struct agenda_day *day = account_agenda(account, account->now);
    for (; given < day->n && given < most; given++) {
        const struct job *job = &day->jobs[given];
        account->planned--;
        if ((job->plan >= 0 && account->cases[job->plan].stuck) ||
            account_visit_puts_off(account, job))
            continue;
        account_visit_given(account, job);
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
    int64_t began_ms = monotonic_ms();
    int wait_ms = driver->rate == 0 ? -1 : PACE_MS;
    int given = give_jobs(driver, 0, allowed(driver, began_ms));
    bool disturbed = false;
    while (driver->crew->under_way > 0 ||
           given < account_agenda(driver->account, driver->account->now)->n ||
           account_visit_goes_on(driver->account)) {
        if ((driver->crew->under_way > 0 || wait_ms >= 0) &&
            !crew_turn(driver->crew, wait_ms, take, driver))
            return false;
        if (!disturbed)
            disturb(driver, given);
        disturbed = true;
        given = give_jobs(driver, given, allowed(driver, began_ms));
    }
    return true;
}

/* Every department must find exactly its open tasks on its list. */
static bool look_at_lists(struct driver *driver)
{
    const struct catalogue *catalogue = driver->account->catalogue;
    for (int32_t d = 0; d < catalogue->n_departments; d++)
        crew_give(driver->crew,
                  &(struct job){.kind = JOB_LIST, .plan = -1, .line = d, .desk = NO_DESK}, false);
    while (driver->crew->under_way > 0)
        if (!crew_turn(driver->crew, -1, take, driver))
            return false;
    return true;
}

static bool is_over(const struct driver *driver)
{
    return (is_closed(driver) || driver->account->now >= driver->account->order->steps) &&
           driver->account->planned == 0;
}

static bool run_step(struct driver *driver, int64_t at_ms)
{
    hallclock_set(driver->clock, at_ms);
    if (driver->account->now % STEPS_A_DAY == 0)
        visits_begin_day(&driver->account->visits);
    if (!do_jobs(driver)) {
        fprintf(stderr, "onedoor-simulate: one of its people has died\n");
        return false;
    }
    return closures_step(driver->closures, driver->client, driver->account->now, at_ms) &&
           hallclock_settle(driver->clock, driver->client) && look_at_lists(driver);
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
    while (driver->steps < STEPS_MAX_RUN) {
        if (is_closed(driver))
            account_close(driver->account);
        if (is_over(driver))
            break;
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
