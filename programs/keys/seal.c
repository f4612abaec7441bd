/* SPDX-License-Identifier: Apache-2.0 */
/* seal.c: the keys that a service seals personal data with. */
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "common/base/seal.h"
#include "programs/keys/file.h"
#include "programs/keys/seal.h"

bool seal_is_kept(const char *service)
{
    /* RULE H21: personal data; and the secrets of second factors. */
    return strcmp(service, "intake") == 0 || strcmp(service, "gateway") == 0;
}

static void path_of(const char *service, const char *home, char path[PATH_MAX])
{
    snprintf(path, PATH_MAX, "%s/keys/%s/seal", home, service);
}

static void write_random(FILE *to, const char *what)
{
    unsigned char key[SEAL_SECRET_BYTES];
    char digits[2 * sizeof key + 1];
    randombytes_buf(key, sizeof key);
    sodium_bin2hex(digits, sizeof digits, key, sizeof key);
    fprintf(to, "%s %s\n", what, digits);
    sodium_memzero(key, sizeof key);
    sodium_memzero(digits, sizeof digits);
}

void seal_have(const char *service, const char *home)
{
    char path[PATH_MAX], new_path[PATH_MAX];
    path_of(service, home, path);
    if (!access(path, F_OK))
        return;
    FILE *to = file_begin(path, 0600, new_path);
    write_random(to, "secret");
    write_random(to, "key 1");
    file_keep(to, new_path, path);
}

struct old_keys {
    char lines[SEAL_KEYS_MAX + 2][200];
    int n;
    unsigned newest;
};

static void read_old(const char *path, struct old_keys *old)
{
    FILE *from = fopen(path, "re");
    unsigned id;
    if (from == NULL)
        file_failed(path);
    while (old->n < SEAL_KEYS_MAX + 2 && fgets(old->lines[old->n], 200, from) != NULL)
        if (sscanf(old->lines[old->n++], "key %u ", &id) == 1 && id > old->newest)
            old->newest = id;
    fclose(from);
    if (old->newest == 0)
        program_die("%s is no file of seal keys", path);
    if (old->n > SEAL_KEYS_MAX)
        program_die("%s has %d keys: delete those that are no longer used", path, SEAL_KEYS_MAX);
}

unsigned seal_renew(const char *service, const char *home)
{
    char path[PATH_MAX], new_path[PATH_MAX], name[32];
    struct old_keys old = {.n = 0};
    path_of(service, home, path);
    read_old(path, &old);
    FILE *to = file_begin(path, 0600, new_path);
    snprintf(name, sizeof name, "key %u", old.newest + 1);
    write_random(to, name);
    for (int i = 0; i < old.n; i++)
        fputs(old.lines[i], to);
    file_keep(to, new_path, path);
    sodium_memzero(&old.lines, sizeof old.lines);
    return old.newest + 1;
}
