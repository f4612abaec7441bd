/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/metrics/known.h"

#include <string.h>

#include "common/base/panic.h"
#include "common/base/version.h"
#include "services/gateway/metrics/exposition.h"

/* ---- services */

/* A figure of each service: `of` gives false where there is none. */
struct service_family {
    struct family family;
    bool (*of)(const struct known_service *, double *value);
};

static bool is_up(const struct known_service *service, double *value)
{
    *value = service->answers;
    return true;
}

static bool is_ready(const struct known_service *service, double *value)
{
    *value = service->answers && strcmp(service->health->state, "ready") == 0;
    return true;
}

static bool head(const struct known_service *service, double *value)
{
    if (service->health != NULL)
        *value = (double)service->health->head_seq;
    return service->health != NULL;
}

static bool parked(const struct known_service *service, double *value)
{
    if (service->health != NULL)
        *value = (double)service->health->parked;
    return service->health != NULL;
}

static bool offset(const struct known_service *service, double *value)
{
    *value = (double)service->offset_ms / 1000;
    return service->health != NULL;
}

static bool due_work_behind(const struct known_service *service, double *value)
{
    if (service->health != NULL)
        *value = (double)(service->health->now_ms - service->health->ticked_ms) / 1000;
    return service->health != NULL;
}

static const struct service_family service_families[] = {
    {{"onedoor_up", FAMILY_GAUGE, "1 when the service has answered the last question."}, is_up},
    {{"onedoor_ready", FAMILY_GAUGE, "1 when the service takes commands."}, is_ready},
    {{"onedoor_journal_head", FAMILY_GAUGE, "Number of the last event of the service's journal."},
     head},
    {{"onedoor_parked_events", FAMILY_GAUGE,
      "Events that the service could not handle, which wait for an operator."},
     parked},
    {{"onedoor_clock_offset_seconds", FAMILY_GAUGE,
      "Business time of the service less that of the gateway."},
     offset},
    {{"onedoor_due_work_behind_seconds", FAMILY_GAUGE,
      "How far the work that comes due by the clock is behind it."},
     due_work_behind},
};

/* A counter of HealthReply under the name that Prometheus knows it by. */
struct counted_family {
    struct family family;
    const char *counter;
    double unit;
};

static const struct counted_family counted_families[] = {
    {{"onedoor_commands_total", FAMILY_COUNTER, "Commands decided and saved."}, "commands", 1},
    {{"onedoor_commands_repeated_total", FAMILY_COUNTER,
      "Commands asked again, and answered from what was saved."},
     "repeats",
     1},
    {{"onedoor_commands_turned_away_total", FAMILY_COUNTER,
      "Commands answered with BUSY or UNAVAILABLE before any work."},
     "busy",
     1},
    {{"onedoor_commands_late_total", FAMILY_COUNTER,
      "Commands whose time was up before work began."},
     "late",
     1},
    {{"onedoor_commands_waiting", FAMILY_GAUGE, "Commands that wait for a batch."}, "queued", 1},
    {{"onedoor_replies_dropped_total", FAMILY_COUNTER, "Replies that nobody fetched."},
     "dropped",
     1},
    {{"onedoor_batches_total", FAMILY_COUNTER, "Transactions."}, "batches", 1},
    {{"onedoor_batches_halved_total", FAMILY_COUNTER,
      "Batches run again in halves, since the database refused them."},
     "halved",
     1},
    {{"onedoor_largest_batch", FAMILY_GAUGE, "Commands and events of the largest batch."},
     "largest_batch",
     1},
    {{"onedoor_events_heard_total", FAMILY_COUNTER, "Events of other services handled."},
     "events",
     1},
    {{"onedoor_events_said_total", FAMILY_COUNTER, "Events written to the journal."}, "said", 1},
    {{"onedoor_rows_saved_total", FAMILY_COUNTER, "Rows written, the corridor's among them."},
     "rows",
     1},
    {{"onedoor_statements_total", FAMILY_COUNTER, "Statements sent to PostgreSQL."},
     "statements",
     1},
    {{"onedoor_database_wait_seconds_total", FAMILY_COUNTER,
      "Time for which the writer has waited for PostgreSQL."},
     "database_wait_ms",
     0.001},
    {{"onedoor_links_down", FAMILY_GAUGE,
      "Followed journals to whose service there is no connection."},
     "links_down",
     1},
    {{"onedoor_links_renewed_total", FAMILY_COUNTER,
      "Connections to followed services that had to be made anew."},
     "links_renewed",
     1},
    {{"onedoor_spans_sent_total", FAMILY_COUNTER, "Spans that the collector has taken."},
     "spans_sent",
     1},
    {{"onedoor_spans_dropped_total", FAMILY_COUNTER,
      "Spans that found the queue full or no collector."},
     "spans_dropped",
     1},
    {{"onedoor_memory_peak_bytes", FAMILY_GAUGE, "Most memory the process has had."},
     "rss_kib",
     1024},
    {{"onedoor_cpu_seconds_total", FAMILY_COUNTER, "Processor time of the process."},
     "cpu_ms",
     0.001},
};

/* The information is in the labels, and the figure is always 1. */
static void put_builds(FILE *file, const struct known *known)
{
    static const struct family family = {"onedoor_build_info", FAMILY_GAUGE,
                                         "1, with the version of the program that runs."};
    exposition_begin(file, &family);
    for (int i = 0; i < SERVICES; i++)
        if (known->services[i].health != NULL)
            exposition_number(file, &family,
                              (const char *const[]){"service", service_names[i], "version",
                                                    known->services[i].health->version, NULL},
                              1);
    exposition_number(file, &family,
                      (const char *const[]){"service", "gateway", "version", onedoor_version, NULL},
                      1);
}

#define SERVICE_LABELS(i) ((const char *const[]){"service", service_names[i], NULL})

static void put_service_families(FILE *file, const struct known *known)
{
    for (size_t f = 0; f < sizeof service_families / sizeof service_families[0]; f++) {
        const struct service_family *one = &service_families[f];
        exposition_begin(file, &one->family);
        for (int i = 0; i < SERVICES; i++) {
            double value;
            if (one->of(&known->services[i], &value))
                exposition_number(file, &one->family, SERVICE_LABELS(i), value);
        }
    }
}

static const Onedoor__Counter *counter_of(const Onedoor__HealthReply *health, const char *name)
{
    for (size_t i = 0; health != NULL && i < health->n_counters; i++)
        if (strcmp(health->counters[i]->name, name) == 0)
            return health->counters[i];
    return NULL;
}

static void put_counted_families(FILE *file, const struct known *known)
{
    for (size_t f = 0; f < sizeof counted_families / sizeof counted_families[0]; f++) {
        const struct counted_family *one = &counted_families[f];
        exposition_begin(file, &one->family);
        for (int i = 0; i < SERVICES; i++) {
            const Onedoor__Counter *counter = counter_of(known->services[i].health, one->counter);
            if (counter != NULL)
                exposition_number(file, &one->family, SERVICE_LABELS(i),
                                  (double)counter->value * one->unit);
        }
    }
}

static void put_refused(FILE *file, const struct known *known)
{
    static const struct family family = {"onedoor_refused_total", FAMILY_COUNTER,
                                         "Commands refused, by the reason given."};
    exposition_begin(file, &family);
    for (int i = 0; i < SERVICES; i++) {
        const Onedoor__HealthReply *health = known->services[i].health;
        for (size_t r = 0; health != NULL && r < health->n_refused; r++)
            exposition_number(file, &family,
                              (const char *const[]){"service", service_names[i], "reason",
                                                    health->refused[r]->name, NULL},
                              (double)health->refused[r]->value);
    }
}

/* A figure of a stream that a service follows; `head` is the last event of the stream. */
struct followed_family {
    struct family family;
    int64_t (*of)(int64_t head, int64_t read);
};

static int64_t read_of(int64_t head, int64_t read)
{
    (void)head;
    return read;
}

/* The head may have been asked a moment before. */
static int64_t unread_of(int64_t head, int64_t read)
{
    return head > read ? head - read : 0;
}

static const struct followed_family followed_families[] = {
    {{"onedoor_events_read", FAMILY_GAUGE, "Number of the last event of the stream that was read."},
     read_of},
    {{"onedoor_events_unread", FAMILY_GAUGE, "Events of the stream that are still to be read."},
     unread_of},
};

static void put_followed(FILE *file, const struct known *known,
                         const struct followed_family *family, int i)
{
    const Onedoor__HealthReply *health = known->services[i].health;
    for (size_t c = 0; health != NULL && c < health->n_cursors; c++) {
        const Onedoor__Mark *cursor = health->cursors[c];
        int stream = service_names_index(cursor->stream);
        const Onedoor__HealthReply *owner = stream < 0 ? NULL : known->services[stream].health;
        if (owner != NULL)
            exposition_number(
                file, &family->family,
                (const char *const[]){"service", service_names[i], "stream", cursor->stream, NULL},
                (double)family->of(owner->head_seq, cursor->seq));
    }
}

static void put_followed_families(FILE *file, const struct known *known)
{
    for (size_t f = 0; f < sizeof followed_families / sizeof followed_families[0]; f++) {
        exposition_begin(file, &followed_families[f].family);
        for (int i = 0; i < SERVICES; i++)
            put_followed(file, known, &followed_families[f], i);
    }
}

static const Onedoor__Durations *durations_of(const Onedoor__HealthReply *health, const char *name)
{
    for (size_t i = 0; health != NULL && i < health->n_durations; i++) {
        const Onedoor__Durations *one = health->durations[i];
        if (strcmp(one->name, name) == 0 && one->n_counts == one->n_bounds_ms + 1)
            return one;
    }
    return NULL;
}

static void put_durations(FILE *file, const struct known *known, const struct family *family,
                          const char *name)
{
    exposition_begin(file, family);
    for (int i = 0; i < SERVICES; i++) {
        const Onedoor__Durations *one = durations_of(known->services[i].health, name);
        if (one != NULL)
            exposition_durations(
                file, family, SERVICE_LABELS(i),
                &(struct durations){one->bounds_ms, one->counts, one->n_bounds_ms, one->sum_ms});
    }
}

/* ---- the gateway */

static void put_traffic(FILE *file, const struct traffic *traffic)
{
    static const struct family answered = {"onedoor_http_answers_total", FAMILY_COUNTER,
                                           "HTTP requests answered, by the class of their status."},
                               requests = {"onedoor_http_request_seconds", FAMILY_HISTOGRAM,
                                           "From a request's headers to its answer."},
                               waiting = {"onedoor_http_requests_waiting", FAMILY_GAUGE,
                                          "HTTP requests that wait for a service."},
                               connections = {"onedoor_http_connections", FAMILY_GAUGE,
                                              "Open HTTP connections, live pages among them."};
    exposition_begin(file, &answered);
    for (int i = 1; i < STATUS_CLASSES; i++)
        exposition_number(
            file, &answered,
            (const char *const[]){"status", (const char[]){(char)('0' + i), 'x', 'x', 0}, NULL},
            (double)traffic->answered[i]);
    exposition_begin(file, &requests);
    exposition_durations(file, &requests, NULL,
                         &(struct durations){histogram_bounds_ms, traffic->requests.counts,
                                             HISTOGRAM_CLASSES - 1, traffic->requests.sum_ms});
    exposition_begin(file, &waiting);
    exposition_number(file, &waiting, NULL, (double)traffic->waiting);
    exposition_begin(file, &connections);
    exposition_number(file, &connections, NULL, (double)traffic->connections);
}

/* ---- the hall */

static void put_gauge(FILE *file, const char *name, const char *help, int64_t value)
{
    const struct family family = {name, FAMILY_GAUGE, help};
    exposition_begin(file, &family);
    exposition_number(file, &family, NULL, (double)value);
}

static void put_cases(FILE *file, const Onedoor__Reporting__BoardReply *board)
{
    put_gauge(file, "onedoor_cases_open", "Cases received and not over yet.", board->handling);
    put_gauge(file, "onedoor_cases_received_today", "Cases received today.", board->received_today);
    put_gauge(file, "onedoor_cases_closed_today", "Cases closed today.", board->closed_today);
    put_gauge(file, "onedoor_cases_to_pay", "Cases whose fee is due.",
              board->to_pay == NULL ? 0 : board->to_pay->all);
    put_gauge(file, "onedoor_cases_to_deliver", "Cases whose result waits for the applicant.",
              board->ready == NULL ? 0 : board->ready->all);
}

static void put_hall(FILE *file, const struct known *known)
{
    if (known->board != NULL)
        put_cases(file, known->board);
    if (known->due != NULL) {
        put_gauge(file, "onedoor_work_due_soon", "Work whose deadline is near (yellow).",
                  known->due->yellow);
        put_gauge(file, "onedoor_work_late", "Work whose deadline has passed (red).",
                  known->due->red);
    }
    put_gauge(file, "onedoor_disk_free_bytes", "Room left where the hall's files are.",
              known->disk_free_bytes);
}

char *known_text(const struct known *known, size_t *size)
{
    static const struct family commands = {"onedoor_command_seconds", FAMILY_HISTOGRAM,
                                           "From a command's arrival to its reply."},
                               batches = {"onedoor_batch_seconds", FAMILY_HISTOGRAM,
                                          "From the first load of a batch to its commit."};
    char *text = NULL;
    FILE *file = open_memstream(&text, size);
    must(file != NULL);
    put_builds(file, known);
    put_service_families(file, known);
    put_followed_families(file, known);
    put_counted_families(file, known);
    put_refused(file, known);
    put_durations(file, known, &commands, "command");
    put_durations(file, known, &batches, "batch");
    put_traffic(file, known->traffic);
    put_hall(file, known);
    must(fclose(file) == 0);
    return text;
}
