/* SPDX-License-Identifier: Apache-2.0 */
#include "common/base/config.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/panic.h"

enum { SETTINGS_MAX = 96, LIST_MAX = 16, LINE_BYTES = 1024 };

struct config {
    const struct setting *settings[SETTINGS_MAX];
    const char *values[SETTINGS_MAX];
    const char **lists[SETTINGS_MAX]; /* of a SETTING_LIST: its texts, null after the last */
    int n;
    struct arena *arena;
};

const struct setting common_settings[] = {
    {"home", SETTING_TEXT, "var", 1, 4096,
     "Folder of the hall: keys, run files, logs, embedded database."},
    {"centre", SETTING_NUMBER, "1", 1, 32767,
     "Number of the centre this process serves; the first part of every key."},
    {"bus", SETTING_TEXT, "tcp://127.0.0.1:{port}", 1, 200,
     "Where services are reached: {service}, {lane} (command, query, journal), {port} and {home} "
     "are filled in."},
    {"bus_bind", SETTING_TEXT, "", 0, 200,
     "Where a service binds, when it differs from bus (in containers: tcp://*:{port})."},
    {"bus_port", SETTING_NUMBER, "7610", 1024, 32000,
     "First of the fifteen ports that {port} stands for, three a service, below the range of "
     "ephemeral ports."},
    {"bus_memory_max", SETTING_NUMBER, "1073741824", 16777216, 1099511627776,
     "Bytes that unfinished and waiting messages of peers may take, beyond those of batches; then "
     "the service is started anew. With a sixteenth of it in one message, a peer is shut out."},
    {"peers_kept_ms", SETTING_NUMBER, "60000", 0, 86400000,
     "How long the list of peers holds once its file is away or unreadable, in ms; then nobody is "
     "let in until it is back."},
    {"peer_frames_s", SETTING_NUMBER, "20000", 0, 1000000000,
     "Most frames a second under one key; whoever sends more is shut out; 0: no limit."},
    {"peer_bytes_s", SETTING_NUMBER, "134217728", 0, 1000000000000,
     "Most bytes a second under one key, likewise."},
    {"peer_out_s", SETTING_NUMBER, "60", 1, 86400, "How long a key is shut out, in seconds."},
    {"database", SETTING_TEXT, "", 0, 1000,
     "libpq connection string; empty: the one in HOME/keys/SERVICE/conninfo."},
    {"utc_offset_min", SETTING_NUMBER, "480", -720, 840,
     "Minutes the hall's own time is ahead of UTC."},
    {"hours", SETTING_TEXT, "09:00-12:00,13:00-17:00", 1, 60,
     "Opening hours of a working day, at most four spans."},
    {"fixed_holidays", SETTING_TEXT,
     "01-01,05-01,10-01,10-02,10-03;2025:01-01,05-01,05-02,10-01,10-02,10-03", 0, 200,
     "Holidays of fixed date (month-day) in each year whose calendar is not published; after a "
     "semicolon, those from a year on."},
    {"clock_file", SETTING_TEXT, "", 0, 4096,
     "A simulated hall's business clock (8 bytes, ms UTC); a working hall refuses it."},
    {"log_json", SETTING_BOOL, "no", 0, 0, "Log as JSON, an object a line."},
    {"otlp_url", SETTING_TEXT, "", 0, 400,
     "Collector of traces, by OTLP over HTTP (http://127.0.0.1:4318/v1/traces); empty: none."},
    {"clock_shift_file", SETTING_TEXT, "", 0, 4096,
     "By how many ms a simulated hall's clock is wrong (8 bytes), to try that out; a working hall "
     "refuses it."},
    {"clock_step_s", SETTING_NUMBER, "300", 0, 31536000,
     "Most that the clock may be off PostgreSQL's clock, the end of the journal or what it must be "
     "by now, in s; beyond it no work is done until it is right or accepted. 0: never doubted."},
    {"clock_gap_days", SETTING_NUMBER, "100", 1, 36500,
     "When a service starts more days than this after its last event, its clock is doubted."},
    {"batch_max", SETTING_NUMBER, "512", 1, 4096, "Most commands and events in one transaction."},
    {"slice_rows", SETTING_NUMBER, "256", 1, 4096,
     "Most rows in one slice of work over all that is open, such as a new calendar."},
    {"slice_ms", SETTING_NUMBER, "40", 1, 5000,
     "How long a batch with such a slice may take, in ms: after a longer one slices are smaller."},
    {"queue_max", SETTING_NUMBER, "4096", 1, 65536,
     "Most commands waiting; beyond it callers get BUSY."},
    {"seen_wait_ms", SETTING_NUMBER, "5000", 0, 60000,
     "How long a request waits until the service has heard of what its caller has seen, in ms; "
     "then it is told to ask again."},
    {"memory_max", SETTING_NUMBER, "50331648", 1048576, 1073741824,
     "Bytes one batch, or the reference tables, may take."},
    {"readers", SETTING_NUMBER, "2", 1, 8,
     "Connections on which a service answers queries by key, lists of work and the board."},
    {"readers_heavy", SETTING_NUMBER, "1", 1, 4,
     "Connections on which it answers searches and figures."},
    {"gather_ms", SETTING_NUMBER, "6", 0, 5000,
     "While busy, begin a batch no sooner than this after the last, in ms: fewer, larger batches."},
    {"gather_events_ms", SETTING_NUMBER, "20", 0, 5000,
     "While busy, take events of other services no sooner than this after the last ones, in ms: "
     "nobody at a window waits for them."},
    {"ring_events", SETTING_NUMBER, "16384", 64, 1048576,
     "Recent events kept in memory for followers."},
    {"ring_bytes", SETTING_NUMBER, "12582912", 65536, 268435456, "Bytes those events may take."},
    {"page_events", SETTING_NUMBER, "512", 1, 1024,
     "Most events asked for in one page of a followed journal."},
    {"page_wait_ms", SETTING_NUMBER, "1000", 100, 30000,
     "How long a followed service may hold a request for events that are not there yet, in ms."},
    {"approval_hours", SETTING_NUMBER, "72", 1, 8760,
     "Hours that a second person has to agree to what was asked; then it lapses."},
    {"keys_kept_days", SETTING_NUMBER, "30", 1, 3650, "Days a command's key and reply are kept."},
    {"writer_silent_ms", SETTING_NUMBER, "8000", 3000, 600000,
     "A writer that PostgreSQL has not heard for longer is frozen: a process that waits to take "
     "over ends its session, in ms."},
    {"statement_timeout_ms", SETTING_NUMBER, "30000", 100, 600000,
     "How long one statement may take, in ms."},
    {NULL, SETTING_TEXT, NULL, 0, 0, NULL},
};

/* ---- values */

static int find(const struct config *config, const char *name)
{
    for (int i = 0; i < config->n; i++)
        if (strcmp(config->settings[i]->name, name) == 0)
            return i;
    return -1;
}

static const char *fault_of(const struct setting *setting, const char *value, struct arena *arena)
{
    char *end;
    errno = 0;
    if (setting->type == SETTING_NUMBER) {
        long long number = strtoll(value, &end, 10);
        if (*value == '\0' || *end != '\0' || errno != 0 || number < setting->least ||
            number > setting->most)
            return arena_printf(arena, "%s must be a number from %lld to %lld, not '%s'",
                                setting->name, (long long)setting->least, (long long)setting->most,
                                value);
    } else if (setting->type == SETTING_BOOL) {
        if (strcmp(value, "yes") != 0 && strcmp(value, "no") != 0)
            return arena_printf(arena, "%s must be yes or no, not '%s'", setting->name, value);
    } else if ((int64_t)strlen(value) < setting->least || (int64_t)strlen(value) > setting->most) {
        return arena_printf(arena, "%s must be %lld to %lld bytes long", setting->name,
                            (long long)setting->least, (long long)setting->most);
    }
    return NULL;
}

static const char *append(struct config *config, int i, const char *value)
{
    const char **list = config->lists[i];
    int n = 0;
    while (list[n] != NULL)
        n++;
    if (n == LIST_MAX)
        return arena_printf(config->arena, "%s may be given at most %d times",
                            config->settings[i]->name, LIST_MAX);
    list[n] = arena_strdup(config->arena, value);
    return NULL;
}

static const char *assign(struct config *config, int i, const char *value)
{
    const char *fault = fault_of(config->settings[i], value, config->arena);
    if (fault == NULL && config->lists[i] != NULL)
        fault = append(config, i, value);
    else if (fault == NULL)
        config->values[i] = arena_strdup(config->arena, value);
    return fault;
}

static void empty_lists(struct config *config)
{
    for (int i = 0; i < config->n; i++)
        if (config->settings[i]->type == SETTING_LIST)
            config->lists[i] = ARENA_ARRAY(config->arena, const char *, LIST_MAX + 1);
}

/* ---- the four places */

struct config *config_defaults(const struct setting *const *tables, struct arena *arena)
{
    struct config *config = ARENA_NEW(arena, struct config);
    config->arena = arena;
    for (; *tables != NULL; tables++)
        for (const struct setting *setting = *tables; setting->name != NULL; setting++) {
            if (find(config, setting->name) >= 0)
                continue; /* a program's own setting wins over the common one of that name */
            must(config->n < SETTINGS_MAX);
            config->settings[config->n] = setting;
            const char *fault = assign(config, config->n++, setting->fallback);
            if (fault != NULL)
                panic("default of a setting: %s", fault);
        }
    empty_lists(config);
    return config;
}

static const char *trim(char *text)
{
    while (isspace((unsigned char)*text))
        text++;
    char *end = text + strlen(text);
    while (end > text && isspace((unsigned char)end[-1]))
        *--end = '\0';
    return text;
}

static const char *read_file(struct config *config)
{
    char line[LINE_BYTES];
    const char *path = arena_printf(config->arena, "%s/onedoor.conf", config_text(config, "home"));
    FILE *file = fopen(path, "re");
    const char *fault = NULL;
    if (file == NULL)
        return errno == ENOENT
                   ? NULL
                   : arena_printf(config->arena, "cannot read %s: %s", path, strerror(errno));
    while (fault == NULL && fgets(line, sizeof line, file) != NULL) {
        const char *text = trim(line);
        char *equals = strchr(text, '=');
        if (*text == '\0' || *text == '#')
            continue;
        if (equals == NULL) {
            fault = arena_printf(config->arena, "%s: '%s' is not 'name = value'", path, text);
            break;
        }
        *equals = '\0';
        int i = find(config, trim((char *)text));
        if (i >= 0 && config->lists[i] == NULL)
            fault = assign(config, i, trim(equals + 1));
    }
    if (fault == NULL && ferror(file))
        fault = arena_printf(config->arena, "cannot read %s: %s", path, strerror(errno));
    fclose(file);
    return fault;
}

static const char *read_environment(struct config *config)
{
    char name[80];
    const char *fault = NULL;
    for (int i = 0; i < config->n && fault == NULL; i++) {
        snprintf(name, sizeof name, "ONEDOOR_%s", config->settings[i]->name);
        for (char *c = name; *c != '\0'; c++)
            *c = (char)toupper((unsigned char)*c);
        const char *value = getenv(name);
        if (value != NULL && config->lists[i] == NULL)
            fault = assign(config, i, value);
    }
    return fault;
}

static const char *read_argument(struct config *config, const char *argument)
{
    const char *equals = strchr(argument, '=');
    if (strncmp(argument, "--", 2) != 0 || equals == NULL)
        return arena_printf(config->arena, "'%s' is not --name=value; --help lists the settings",
                            argument);
    int i = find(config,
                 arena_printf(config->arena, "%.*s", (int)(equals - argument - 2), argument + 2));
    if (i < 0)
        return arena_printf(config->arena, "there is no setting '%s'; --help lists them", argument);
    return assign(config, i, equals + 1);
}

static const char *read_arguments(struct config *config, int n, char **arguments)
{
    const char *fault = NULL;
    empty_lists(config);
    for (int i = 0; i < n && fault == NULL; i++)
        fault = read_argument(config, arguments[i]);
    return fault;
}

enum status config_read(struct config **result, int n_arguments, char **arguments,
                        const struct setting *const *tables, struct arena *arena,
                        const char **error)
{
    struct config *config = *result = config_defaults(tables, arena);
    /* Twice: the environment and the command line say where the home is, and win over its file. */
    const char *fault = read_environment(config);
    if (fault == NULL)
        fault = read_arguments(config, n_arguments, arguments);
    if (fault == NULL && find(config, "home") >= 0)
        fault = read_file(config);
    if (fault == NULL)
        fault = read_environment(config);
    if (fault == NULL)
        fault = read_arguments(config, n_arguments, arguments);
    *error = fault;
    return fault == NULL ? STATUS_OK : STATUS_INVALID;
}

void config_set(struct config *config, const char *name, const char *value)
{
    int i = find(config, name);
    const char *fault = i < 0 ? "no such setting" : assign(config, i, value);
    if (fault != NULL)
        panic("setting %s: %s", name, fault);
}

/* ---- reading */

const char *config_text(const struct config *config, const char *name)
{
    int i = find(config, name);
    if (i < 0)
        panic("no table names the setting %s", name);
    return config->values[i];
}

int64_t config_number(const struct config *config, const char *name)
{
    return strtoll(config_text(config, name), NULL, 10);
}

bool config_bool(const struct config *config, const char *name)
{
    return strcmp(config_text(config, name), "yes") == 0;
}

const char *const *config_list(const struct config *config, const char *name)
{
    int i = find(config, name);
    if (i < 0 || config->lists[i] == NULL)
        panic("no table names the list %s", name);
    return (const char *const *)config->lists[i];
}

static void show_list(const char *name, const char *const *list, FILE *out)
{
    for (; *list != NULL; list++)
        fprintf(out, "%s = %s\n", name, *list);
}

/* A connection string may hold a password: it is never shown. */
void config_show(const struct config *config, FILE *out)
{
    for (int i = 0; i < config->n; i++) {
        const char *name = config->settings[i]->name;
        bool secret = strcmp(name, "database") == 0 && config->values[i][0] != '\0';
        if (config->lists[i] != NULL)
            show_list(name, (const char *const *)config->lists[i], out);
        else
            fprintf(out, "%s = %s\n", name, secret ? "(set)" : config->values[i]);
    }
}

void config_help(const struct config *config, FILE *out)
{
    for (int i = 0; i < config->n; i++)
        fprintf(out, "--%s=%s\n    %s\n", config->settings[i]->name, config->settings[i]->fallback,
                config->settings[i]->meaning);
}
