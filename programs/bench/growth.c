/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/bench/growth.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/business.h"
#include "common/base/monotonic.h"
#include "common/base/panic.h"
#include "common/bus/client.h"
#include "common/postgres/pgadmin.h"
#include "common/values/log.h"
#include "programs/bench/asked.h"
#include "programs/bench/figures.h"
#include "programs/bench/script.h"

enum {
    REPEATS = 7,
    REPEATS_MOST = 25, /* of what ratios are made of */
    SLOW_MS = 1000,
    TIMEOUT_MS = 120000,
    A_MILLION = 1000000,
    A_DAY = 1000,
    DAY_MS = 86400000
};

struct growth {
    PGconn *conn;
    struct client *client;
    int n_sizes;
    int64_t sizes[ASKED_SIZES];
    double fill_s[ASKED_SIZES];
    struct asked_list asked;
    int unanswered;
};

/* ---- the cases: a thousand a day (growth.sql) */

static void read_sizes(struct growth *growth, const char *text)
{
    for (char *end; *text != '\0'; text = *end == ',' ? end + 1 : end) {
        int64_t size = strtoll(text, &end, 10),
                before = growth->n_sizes == 0 ? 0 : growth->sizes[growth->n_sizes - 1];
        if (end == text || size <= before || size % A_DAY != 0 || growth->n_sizes == ASKED_SIZES)
            panic("--cases: thousands that grow, a comma between two, %d at most", ASKED_SIZES);
        growth->sizes[growth->n_sizes++] = size;
    }
}

static void fill(struct growth *growth, int size)
{
    char range[120], *sql = script_read(GROWTH_SQL);
    int64_t from_ms = monotonic_ms();
    snprintf(range, sizeof range, "set growth.first = %lld; set growth.last = %lld",
             (long long)(size == 0 ? 1 : growth->sizes[size - 1] + 1),
             (long long)growth->sizes[size]);
    pgadmin_do(growth->conn, range);
    pgadmin_do(growth->conn, sql);
    /* As autovacuum has left a hall of that age. */
    pgadmin_do(growth->conn, "vacuum analyze");
    pgadmin_do(growth->conn, "checkpoint");
    growth->fill_s[size] = (double)(monotonic_ms() - from_ms) / 1000;
    free(sql);
}

/* ---- the questions */

static bool is_of(const struct asked *asked, const char *word)
{
    size_t length = strlen(word);
    return strncmp(asked->name, word, length) == 0 &&
           (asked->name[length] == ' ' || asked->name[length] == '\0');
}

static struct answer ask_once(struct growth *growth, const struct asked *asked, struct arena *arena)
{
    struct ask ask = {.lane = asked->command ? LANE_COMMAND : LANE_QUERY,
                      .message = asked->message,
                      .packed = true,
                      .actor = {"manager", ONEDOOR__ROLE__BUSINESS_MANAGER, "", 0},
                      .timeout_ms = TIMEOUT_MS};
    if (asked->command)
        ask.actor.role = ONEDOOR__ROLE__ADMINISTRATOR;
    return client_call(growth->client, &ask, arena);
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The first time is not counted: it reads what nobody asked about before. */
static double median(struct growth *growth, const struct asked *asked, struct arena *arena)
{
    double took_ms[REPEATS_MOST];
    struct answer answer = ask_once(growth, asked, arena);
    int n = answer.kind != ANSWER_OK || answer.took_ms > SLOW_MS ? 1
            : is_of(asked, "search")                             ? REPEATS
                                                                 : REPEATS_MOST;
    if (answer.kind != ANSWER_OK) {
        growth->unanswered++;
        log_warn(0, "bench.unanswered", "%s: code %d: %s", asked->name, (int)answer.code,
                 answer.detail);
    }
    for (int i = 0; i < n; i++, arena_reset(arena))
        took_ms[i] = ask_once(growth, asked, arena).took_ms;
    qsort(took_ms, (size_t)n, sizeof took_ms[0], ascending);
    return took_ms[n / 2];
}

static void ask_all(struct growth *growth, int size)
{
    struct arena *arena = arena_new(16 << 20);
    for (int i = 0; i < growth->asked.n; i++)
        growth->asked.list[i].ms[size] = median(growth, &growth->asked.list[i], arena);
    arena_free(&arena);
}

/* ---- what came out */

static const struct asked *slowest(const struct growth *growth, const char *word, int size)
{
    const struct asked *worst = NULL;
    for (int i = 0; i < growth->asked.n; i++)
        if (is_of(&growth->asked.list[i], word) &&
            (worst == NULL || growth->asked.list[i].ms[size] > worst->ms[size]))
            worst = &growth->asked.list[i];
    return worst;
}

static double worst_ratio(const struct growth *growth, const char *word)
{
    double worst = 0;
    for (int i = 0; i < growth->asked.n; i++) {
        const struct asked *asked = &growth->asked.list[i];
        double ratio = asked->ms[growth->n_sizes - 1] / asked->ms[0];
        if (is_of(asked, word) && ratio > worst)
            worst = ratio;
    }
    return worst;
}

/* The size that is nearest to a million. */
static int near_a_million(const struct growth *growth)
{
    int near = 0;
    for (int i = 1; i < growth->n_sizes; i++)
        if (llabs(growth->sizes[i] - A_MILLION) < llabs(growth->sizes[near] - A_MILLION))
            near = i;
    return near;
}

static json_t *numbers(const double *list, int n)
{
    json_t *array = json_array();
    for (int i = 0; i < n; i++)
        json_array_append_new(array, json_real(list[i]));
    return array;
}

static void print(const struct growth *growth)
{
    json_t *sizes = json_array(), *queries = json_object();
    for (int i = 0; i < growth->n_sizes; i++)
        json_array_append_new(sizes, json_integer(growth->sizes[i]));
    for (int i = 0; i < growth->asked.n; i++)
        json_object_set_new(queries, growth->asked.list[i].name,
                            numbers(growth->asked.list[i].ms, growth->n_sizes));
    int million = near_a_million(growth), last = growth->n_sizes - 1;
    const struct asked *search = slowest(growth, "search", million);
    figures_print(json_pack("{so so sf ss sf sf sf so}", "cases", sizes, "fill_s",
                            numbers(growth->fill_s, growth->n_sizes), "search_ms_at_1m",
                            search->ms[million], "search_worst", search->name, "overview_ms_at_3m",
                            slowest(growth, "overview", last)->ms[last], "overview_ratio",
                            worst_ratio(growth, "overview all"), "supervision_ratio",
                            worst_ratio(growth, "supervision"), "queries", queries));
}

bool growth_bench(const struct config *config)
{
    struct growth growth = {0};
    struct arena *arena = arena_new(4 << 20);
    read_sizes(&growth, config_text(config, "cases"));
    growth.conn = pgadmin_connect(config, NULL);
    if (client_new(&growth.client, config, "desk") != STATUS_OK)
        return false;
    asked_all(&growth.asked, (int32_t)(business_ms() / DAY_MS), arena);
    for (int size = 0; size < growth.n_sizes; size++) {
        fill(&growth, size);
        ask_all(&growth, size);
    }
    print(&growth);
    client_free(&growth.client);
    PQfinish(growth.conn);
    arena_free(&arena);
    return growth.unanswered == 0;
}
