/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/keys/key.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zmq.h>

#include "common/bus/peers.h"
#include "programs/keys/file.h"

static const char *path_of(const char *home, const char *name)
{
    static char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/keys/%s/key", home, name);
    return path;
}

bool key_name_fits(const char *name)
{
    size_t n = strlen(name);
    return n > 0 && n < PEER_NAME_SIZE &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_") == n;
}

bool key_is_there(const char *home, const char *name)
{
    return access(path_of(home, name), F_OK) == 0;
}

void key_make(const char *home, const char *name)
{
    char public_key[KEY_TEXT_SIZE], secret_key[KEY_TEXT_SIZE], folder[PATH_MAX], new_path[PATH_MAX];
    if (zmq_curve_keypair(public_key, secret_key))
        program_die("this libzmq has no CURVE");
    snprintf(folder, sizeof folder, "%s/keys/%s", home, name);
    if (mkdir(folder, 0700) && errno != EEXIST)
        file_failed(folder);
    FILE *f = file_begin(path_of(home, name), 0600, new_path);
    fprintf(f, "public %s\nsecret %s\n", public_key, secret_key);
    file_keep(f, new_path, path_of(home, name));
}

void key_delete(const char *home, const char *name)
{
    if (key_is_there(home, name) && unlink(path_of(home, name)))
        file_failed(path_of(home, name));
}

void key_public(const char *home, const char *name, char public_key[KEY_TEXT_SIZE])
{
    const char *path = path_of(home, name);
    FILE *f = fopen(path, "re");
    if (f == NULL)
        file_failed(path);
    if (fscanf(f, "public %40s", public_key) != 1 || strlen(public_key) != KEY_TEXT_SIZE - 1)
        program_die("%s is no key file", path);
    fclose(f);
}
