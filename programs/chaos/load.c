/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/chaos/load.h"

#include <fcntl.h>
#include <jansson.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/panic.h"

enum { RESULT_BYTES = 16384 };

/* onedoor-simulate beside this program. */
static const char *simulate_path(struct arena *arena)
{
    char self[4096];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    must(n > 0);
    self[n] = '\0';
    *strrchr(self, '/') = '\0';
    return arena_printf(arena, "%s/onedoor-simulate", self);
}

void load_start(struct load *load, const struct config *config, struct arena *arena)
{
    int out[2];
    posix_spawn_file_actions_t actions;
    const char *path = simulate_path(arena);
    char *words[] = {
        (char *)path,
        arena_printf(arena, "--home=%s", config_text(config, "home")),
        arena_printf(arena, "--cases=%lld", (long long)config_number(config, "cases")),
        arena_printf(arena, "--seed=%lld", (long long)config_number(config, "seed")),
        arena_printf(arena, "--rate=%lld", (long long)config_number(config, "rate")),
        arena_printf(arena, "--json"),
        NULL,
    };
    must(pipe2(out, O_CLOEXEC) == 0);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    int error = posix_spawn(&load->pid, path, &actions, NULL, words, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(out[1]);
    load->result = out[0];
    if (error != 0)
        panic("%s cannot be started: %s", path, strerror(error));
}

void load_close(const struct load *load)
{
    kill(load->pid, SIGUSR1);
}

bool load_has_ended(const struct load *load)
{
    siginfo_t ended = {0};
    return waitid(P_PID, (id_t)load->pid, &ended, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           ended.si_pid == load->pid;
}

static int64_t number_of(const json_t *json, const char *name)
{
    return json_integer_value(json_object_get(json, name));
}

/* All that it writes until it ends, to be freed. */
static char *read_result(const struct load *load, const struct invocation *invocation)
{
    char *text = calloc(1, RESULT_BYTES);
    size_t n = 0;
    ssize_t got = 1;
    must(text != NULL);
    while (got > 0 && n < RESULT_BYTES - 1) {
        struct pollfd polls[] = {{load->result, POLLIN, 0}, {invocation->stop_fd, POLLIN, 0}};
        if (poll(polls, 2, -1) < 0)
            continue;
        if (polls[1].revents != 0)
            kill(load->pid, SIGKILL);
        got = read(load->result, text + n, RESULT_BYTES - 1 - n);
        n += got > 0 ? (size_t)got : 0;
    }
    return text;
}

struct load_result load_end(struct load *load, const struct invocation *invocation)
{
    struct load_result result = {0};
    char *text = read_result(load, invocation);
    json_t *json = json_loads(text, 0, NULL);
    free(text);
    close(load->result);
    waitpid(load->pid, NULL, 0);
    const char *verify = json_string_value(json_object_get(json, "verify"));
    if (verify != NULL) {
        result = (struct load_result){true,
                                      number_of(json, "commands"),
                                      number_of(json, "lost"),
                                      number_of(json, "doubled"),
                                      number_of(json, "mismatches"),
                                      ""};
        snprintf(result.verify, sizeof result.verify, "%s", verify);
    }
    json_decref(json);
    return result;
}
