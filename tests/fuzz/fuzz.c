/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/fuzz/fuzz.h"

#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ARENA_BYTES = 32 << 20, PATH_BYTES = 200 };

struct arena *fuzz_arena(void)
{
    static struct arena *arena;
    if (arena == NULL)
        arena = arena_new(ARENA_BYTES);
    arena_reset(arena);
    return arena;
}

static size_t n_messages(void)
{
    size_t n = 0;
    while (fuzz_messages[n] != NULL)
        n++;
    return n;
}

const ProtobufCMessageDescriptor *fuzz_message(struct bytes *input)
{
    if (input->len < 2)
        return NULL;
    size_t number = (size_t)(input->data[0] | input->data[1] << 8) % n_messages();
    *input = (struct bytes){input->data + 2, input->len - 2};
    return fuzz_messages[number];
}

char *fuzz_text(struct bytes input, struct arena *arena)
{
    char *text = arena_alloc(arena, input.len + 1);
    if (input.len > 0)
        memcpy(text, input.data, input.len);
    return text;
}

/* ---- files */

static char home[] = "/dev/shm/onedoor-fuzz-XXXXXX", path[PATH_BYTES]; /* in memory */

static void remove_home(void)
{
    unlink(path);
    for (char *folder = dirname(path); strlen(folder) >= strlen(home); folder = dirname(folder))
        rmdir(folder);
}

static void make_home(const char *name)
{
    must(mkdtemp(home) != NULL);
    snprintf(path, sizeof path, "%s/%s", home, name);
    for (char *slash = path + strlen(home) + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
        *slash = '\0';
        must(mkdir(path, 0700) == 0);
        *slash = '/';
    }
    atexit(remove_home);
}

const char *fuzz_home(const char *name, struct bytes content)
{
    if (path[0] == '\0')
        make_home(name);
    FILE *file = fopen(path, "we");
    must(file != NULL);
    must(fwrite(content.data, 1, content.len, file) == content.len);
    must(fclose(file) == 0);
    return home;
}
