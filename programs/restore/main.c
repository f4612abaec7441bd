/* SPDX-License-Identifier: Apache-2.0 */
/* onedoor-restore: the last step of ./onedoor restore, which starts both databases for it.
 *
 *   onedoor-restore --home=HOME [--compare=yes] [--skip=N] [--times=N]
 *
 * The restored database is named by HOME/keys/restored/conninfo, the old one by
 * HOME/keys/old/conninfo. */
#include <stdio.h>
#include <time.h>

#include "common/base/program.h"
#include "common/postgres/pgadmin.h"
#include "programs/restore/restore.h"

static const struct setting restore_settings[] = {
    {"compare", SETTING_BOOL, "no", 0, 0, "The old database can be asked what is lost."},
    {"skip", SETTING_NUMBER, "10000", 1, 10000000,
     "Without it: how many numbers of each kind are left out for each day that may be lost."},
    {"times", SETTING_NUMBER, "1", 1, 1000,
     "Without it: how often this backup was restored, this time included."},
    {NULL, SETTING_TEXT, NULL, 0, 0, NULL},
};

static const struct setting *const tables[] = {restore_settings, common_settings, NULL};

const char *restore_time(int64_t ms, char text[TIME_TEXT_SIZE])
{
    time_t seconds = (time_t)(ms / 1000);
    struct tm utc;
    if (ms == 0)
        return "the beginning";
    gmtime_r(&seconds, &utc);
    size_t n = strftime(text, TIME_TEXT_SIZE, "%Y-%m-%dT%H:%M:%S", &utc);
    snprintf(text + n, TIME_TEXT_SIZE - n, ".%03dZ", (int)(ms % 1000));
    return text;
}

static int64_t wall_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static PGconn *open_old(const struct config *config)
{
    PGconn *old = pgadmin_connect_as(config, "old");
    pgadmin_do(old, "begin isolation level repeatable read read only");
    return old;
}

static int run(const struct invocation *invocation)
{
    const struct config *config = invocation->config;
    struct restore restore = {
        .config = config, .centre = (int16_t)config_number(config, "centre"), .now_ms = wall_ms()};
    restore.conn = pgadmin_connect_as(config, "restored");
    if (config_bool(config, "compare"))
        restore.old = open_old(config);
    pgadmin_do(restore.conn, "begin");
    restore_find_ends(&restore);
    if (restore.old != NULL)
        restore_list_lost(&restore);
    restore_raise_counters(&restore);
    restore_begin_epochs(&restore);
    restore_close_accounts(&restore);
    pgadmin_do(restore.conn, "commit");
    PQfinish(restore.old);
    PQfinish(restore.conn);
    return PROGRAM_OK;
}

static const struct program program = {
    .name = "restore",
    .purpose = "Makes a restored database fit for work, and tells what is lost.",
    .settings = tables,
    .run = run,
};

int main(int argc, char **argv)
{
    return program_main(argc, argv, &program);
}
