/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/bench/limit.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/monotonic.h"
#include "common/base/panic.h"
#include "common/postgres/pgadmin.h"
#include "programs/bench/script.h"

enum { SESSIONS = 16, STEPS = 6, OFFICES = 20, MATTERS = 200, WARM_SECONDS = 2 };

/* One session, at some step of one life. */
struct session {
    PGconn *conn;
    int step, matter;
    char file[24];
};

static void make_database(const struct config *config)
{
    char *sql = script_read(LIMIT_SQL);
    PGconn *conn = pgadmin_connect(config, NULL);
    pgadmin_do(conn, "set client_min_messages = warning");
    pgadmin_do(conn, "drop database if exists onedoor_limit");
    pgadmin_do(conn, "create database onedoor_limit");
    PQfinish(conn);
    conn = pgadmin_connect(config, "onedoor_limit");
    pgadmin_do(conn, sql);
    PQfinish(conn);
    free(sql);
}

static void drop_database(const struct config *config)
{
    PGconn *conn = pgadmin_connect(config, NULL);
    pgadmin_do(conn, "set client_min_messages = warning");
    pgadmin_do(conn, "drop database if exists onedoor_limit");
    PQfinish(conn);
}

/* ---- a session's next step */

static const struct {
    const char *name, *sql;
    int n_params;
} steps[] = {
    {"take_in", "select life.take_in($1::integer, $2::text, $3::text)", 3},
    {"decide", "select life.decide($1::bigint, $2::integer, $3::text)", 3},
    {"pay", "select life.pay($1::bigint, $2::text)", 2},
    {"finish", "select life.finish($1::bigint)", 1},
};

static void send_step(struct session *session)
{
    static const int which[STEPS] = {0, 1, 1, 1, 2, 3};
    char first[24], second[40];
    const char *values[3] = {first, second, "officer"};
    int kind = which[session->step], own = 1 + (session->matter - 1) % OFFICES;
    snprintf(first, sizeof first, "%s", session->file);
    if (kind == 0) {
        session->matter = 1 + (int)random() % MATTERS;
        snprintf(first, sizeof first, "%d", session->matter);
        snprintf(second, sizeof second, "applicant %ld", random() % 1000000);
        values[2] = "site approval";
    } else if (kind == 1) {
        int office = session->step == 1   ? own
                     : session->step == 2 ? 1 + own % OFFICES
                                          : 1 + (own + 1) % OFFICES;
        snprintf(second, sizeof second, "%d", office);
    } else {
        snprintf(second, sizeof second, "card");
    }
    if (PQsendQueryPrepared(session->conn, steps[kind].name, steps[kind].n_params, values, NULL,
                            NULL, 0) != 1)
        panic("limit: %s", PQerrorMessage(session->conn));
}

/* Takes the result when it is there. True when a life is complete. */
static bool advance(struct session *session)
{
    bool complete = false;
    if (PQconsumeInput(session->conn) != 1)
        panic("limit: %s", PQerrorMessage(session->conn));
    if (PQisBusy(session->conn))
        return false;
    for (PGresult *result; (result = PQgetResult(session->conn)) != NULL; PQclear(result)) {
        if (PQresultStatus(result) != PGRES_TUPLES_OK)
            panic("limit: %s", PQresultErrorMessage(result));
        if (session->step == 0)
            snprintf(session->file, sizeof session->file, "%s", PQgetvalue(result, 0, 0));
    }
    session->step = (session->step + 1) % STEPS;
    complete = session->step == 0;
    send_step(session);
    return complete;
}

static void open_session(const struct config *config, struct session *session)
{
    session->conn = pgadmin_connect(config, "onedoor_limit");
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        PQclear(PQprepare(session->conn, steps[i].name, steps[i].sql, 0, NULL));
    session->step = 0;
    session->matter = 1;
    send_step(session);
}

/* Lives completed in so many seconds. */
static long run(struct session sessions[SESSIONS], int64_t until_us)
{
    struct pollfd fds[SESSIONS];
    long lives = 0;
    for (int i = 0; i < SESSIONS; i++)
        fds[i] = (struct pollfd){PQsocket(sessions[i].conn), POLLIN, 0};
    while (monotonic_us() < until_us) {
        poll(fds, SESSIONS, 100);
        for (int i = 0; i < SESSIONS; i++)
            if ((fds[i].revents & POLLIN) != 0)
                lives += advance(&sessions[i]);
    }
    return lives;
}

double limit_cases_per_second(const struct config *config, int seconds)
{
    struct session sessions[SESSIONS];
    make_database(config);
    for (int i = 0; i < SESSIONS; i++)
        open_session(config, &sessions[i]);
    run(sessions, monotonic_us() + WARM_SECONDS * 1000000);
    int64_t from_us = monotonic_us();
    long lives = run(sessions, from_us + (int64_t)seconds * 1000000);
    double took = (double)(monotonic_us() - from_us) / 1e6;
    for (int i = 0; i < SESSIONS; i++)
        PQfinish(sessions[i].conn);
    drop_database(config);
    return (double)lives / took;
}
