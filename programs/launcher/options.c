/* SPDX-License-Identifier: Apache-2.0 */
#include "options.h"

#include <errno.h>
#include <getopt.h>
#include <string.h>

#include "fail.h"

enum option_id {
    OPT_HOME = 1,
    OPT_FOREGROUND,
    OPT_GATEWAY,
    OPT_POSTGRES,
    OPT_DATA,
    OPT_PROCESS,
    OPT_BASE,
    OPT_HEARTBEAT,
    OPT_STOP,
    OPT_BACKOFF,
    OPT_BACKOFF_MAX,
    OPT_HEALTHY
};

static const struct option known[] = {
    {"home", required_argument, NULL, OPT_HOME},
    {"foreground", no_argument, NULL, OPT_FOREGROUND},
    {"gateway", no_argument, NULL, OPT_GATEWAY},
    {"postgres", required_argument, NULL, OPT_POSTGRES},
    {"data", required_argument, NULL, OPT_DATA},
    {"process", required_argument, NULL, OPT_PROCESS},
    {"base", required_argument, NULL, OPT_BASE},
    {"heartbeat-ms", required_argument, NULL, OPT_HEARTBEAT},
    {"stop-ms", required_argument, NULL, OPT_STOP},
    {"backoff-ms", required_argument, NULL, OPT_BACKOFF},
    {"backoff-max-ms", required_argument, NULL, OPT_BACKOFF_MAX},
    {"healthy-ms", required_argument, NULL, OPT_HEALTHY},
    {NULL, 0, NULL, 0},
};

static int64_t milliseconds(const char *text)
{
    char *end;
    errno = 0;
    long n = strtol(text, &end, 10);
    if (errno || *end || n < 1 || n > 86400000)
        fail("not a number of milliseconds from 1 to 86400000", text);
    return n;
}

/* NAME=COMMAND, cut in two where it stands. */
static void take_command(struct options *options, char *text, bool base)
{
    char *equals = strchr(text, '=');
    if (equals == NULL || equals == text || memchr(text, '/', (size_t)(equals - text)) != NULL)
        fail("expected NAME=COMMAND", text);
    *equals = '\0';
    if (options->n_commands == MAX_PROCESSES)
        fail("too many processes", text);
    options->commands[options->n_commands++] =
        (struct command){.name = text, .line = equals + 1, .base = base};
}

static void take_option(struct options *options, int option)
{
    switch (option) {
    case OPT_HOME:
        options->home = optarg;
        break;
    case OPT_FOREGROUND:
        options->foreground = true;
        break;
    case OPT_GATEWAY:
        options->gateway = true;
        break;
    case OPT_POSTGRES:
        options->postgres = optarg;
        break;
    case OPT_DATA:
        options->data = optarg;
        break;
    case OPT_PROCESS:
        options->own_list = true;
        take_command(options, optarg, false);
        break;
    case OPT_BASE:
        take_command(options, optarg, true);
        break;
    case OPT_HEARTBEAT:
        options->patience.heartbeat_ms = milliseconds(optarg);
        break;
    case OPT_STOP:
        options->patience.stop_ms = milliseconds(optarg);
        break;
    case OPT_BACKOFF:
        options->patience.backoff_ms = milliseconds(optarg);
        break;
    case OPT_BACKOFF_MAX:
        options->patience.backoff_max_ms = milliseconds(optarg);
        break;
    case OPT_HEALTHY:
        options->patience.healthy_ms = milliseconds(optarg);
        break;
    default:
        exit(2); /* getopt has said why */
    }
}

void options_read(struct options *options, int argc, char **argv)
{
    *options = (struct options){.patience = {.heartbeat_ms = 15000,
                                             .stop_ms = 10000,
                                             .backoff_ms = 100,
                                             .backoff_max_ms = 10000,
                                             .healthy_ms = 60000}};
    for (int option; (option = getopt_long(argc, argv, "", known, NULL)) != -1;)
        take_option(options, option);
    if (options->home == NULL || optind != argc)
        fail("usage: onedoor-launcher --home=HOME [--foreground] ...", "");
    if (options->postgres != NULL && options->data == NULL)
        fail("--postgres needs --data", "");
}
