/* SPDX-License-Identifier: Apache-2.0 */
/* onedoor-verify: checks the invariants of a hall. One line each:
 *
 *   ok 2 journals gapless and chained: 41233 events
 *   BROKEN 5 a stage is done when its tasks are: 1 of 812 flows, first: 220113-000042-7 ...
 *
 * The exit status is 0 when all of them hold. */
#include "services/verify/verify.h"

#include <stdarg.h>
#include <stdio.h>

#include "common/log.h"
#include "common/pgadmin.h"
#include "common/pgcalendar.h"
#include "common/words.h"

enum { ARENA_BYTES = 16 << 20 };

static const struct setting verify_settings[] = {
    {"json", SETTING_BOOL, "no", 0, 0, "Print the findings as JSON."},
    {NULL, SETTING_TEXT, NULL, 0, 0, NULL},
};

static const struct {
    const char *words;
    void (*check)(struct verify *);
} invariants[] = {
    {"what was acknowledged is done, once", verify_commands},
    {"journals are gapless, in order and chained", verify_journals},
    {"followers equal a replay of the journals", verify_replay},
    {"every case is in one state, and came there by the moves table", verify_history},
    {"a stage is done when, and only when, its tasks are", verify_stages},
    {"used, paused and non-working time make up the time elapsed", verify_clocks},
    {"debits equal credits, orders equal their lines, receipts are gapless", verify_books},
    {"rollups equal counts over the dossiers", verify_rollups},
};

enum { INVARIANTS = sizeof invariants / sizeof invariants[0] };

const char *const verify_services[] = {"intake",      "routing",   "charging",
                                       "supervision", "reporting", NULL};

void verify_broken(struct verify *verify, const char *format, ...)
{
    va_list arguments;
    if (verify->finding->broken++ > 0)
        return;
    va_start(arguments, format);
    vsnprintf(verify->finding->first, FIRST_BYTES, format, arguments);
    va_end(arguments);
}

static void print_line(int no, const struct finding *finding)
{
    const char *words = invariants[no - 1].words;
    if (finding->broken == 0)
        printf("ok %d %s: %lld %s\n", no, words, (long long)finding->checked, finding->things);
    else
        printf("BROKEN %d %s: %lld of %lld %s, first: %s\n", no, words, (long long)finding->broken,
               (long long)finding->checked, finding->things, finding->first);
    fflush(stdout);
}

static void print_json(const struct finding findings[INVARIANTS])
{
    bool ok = true;
    printf("{\"invariants\": [");
    for (int i = 0; i < INVARIANTS; i++) {
        ok &= findings[i].broken == 0;
        printf("%s{\"no\": %d, \"invariant\": \"%s\", \"ok\": %s, \"checked\": %lld, \"broken\": "
               "%lld, \"first\": \"",
               i == 0 ? "" : ", ", i + 1, invariants[i].words,
               findings[i].broken == 0 ? "true" : "false", (long long)findings[i].checked,
               (long long)findings[i].broken);
        for (const char *c = findings[i].first; *c != '\0'; c++)
            putchar(*c == '"' || *c == '\\' || (unsigned char)*c < 0x20 ? ' ' : *c);
        printf("\"}");
    }
    printf("], \"ok\": %s}\n", ok ? "true" : "false");
}

static int run(struct verify *verify)
{
    struct finding findings[INVARIANTS] = {0};
    bool json = config_bool(verify->config, "json");
    int broken = 0;
    pgadmin_do(verify->conn, "begin isolation level repeatable read read only");
    pgadmin_do(verify->conn, "set local timezone = 'UTC'");
    /* A hall just filled has no statistics yet, and whole tables are joined here: never row by row.
     */
    pgadmin_do(verify->conn, "set local enable_nestloop = off");
    pgadmin_do(verify->conn, "set local work_mem = '64MB'");
    for (int i = 0; i < INVARIANTS; i++) {
        verify->finding = &findings[i];
        invariants[i].check(verify);
        broken += findings[i].broken > 0;
        if (!json)
            print_line(i + 1, &findings[i]);
    }
    if (json)
        print_json(findings);
    return broken == 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
    static const struct setting *const tables[] = {common_settings, verify_settings, NULL};
    struct arena *arena = arena_new(ARENA_BYTES);
    struct config *config;
    struct words words;
    const char *complaint;
    log_open("verify");
    enum status status = words_read(&config, &words, argc, argv, tables, arena, &complaint);
    if (status == STATUS_NOT_FOUND)
        return 0;
    if (status != STATUS_OK || words.n_operands > 0) {
        fprintf(stderr, "onedoor-verify: %s\n",
                status != STATUS_OK ? complaint : "takes settings only; see --help");
        return 2;
    }
    struct verify verify = {.config = config, .centre = (int16_t)config_number(config, "centre")};
    pgcalendar_read(&verify.calendar, config, arena);
    verify.conn = pgadmin_connect(config, NULL);
    int code = run(&verify);
    PQfinish(verify.conn);
    arena_free(&arena);
    return code;
}
