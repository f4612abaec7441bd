/* SPDX-License-Identifier: Apache-2.0 */
/* key.c: the key file of a peer. */
#include <string.h>
#include <unistd.h>
#include <zmq.h>

#include "common/bus/peers.h"
#include "programs/keys/file.h"
#include "programs/keys/peers.h"

bool peer_is_named(const struct peer *peer)
{
    size_t n = strlen(peer->name);
    return n > 0 && n < PEER_NAME_SIZE &&
           strspn(peer->name, "abcdefghijklmnopqrstuvwxyz0123456789-_") == n;
}

static void make_key(const char *path)
{
    char public_key[KEY_TEXT_SIZE], secret_key[KEY_TEXT_SIZE], new_path[PATH_MAX];
    if (zmq_curve_keypair(public_key, secret_key))
        program_die("this libzmq has no CURVE");
    FILE *f = file_begin(path, new_path);
    fprintf(f, "public %s\nsecret %s\n", public_key, secret_key);
    file_keep(f, new_path, path);
}

static void read_public(const char *path, char public_key[KEY_TEXT_SIZE])
{
    FILE *f = fopen(path, "re");
    if (f == NULL)
        file_failed(path);
    if (fscanf(f, "public %40s", public_key) != 1 || strlen(public_key) != KEY_TEXT_SIZE - 1)
        program_die("%s is no key file; delete it to have a new one made", path);
    fclose(f);
}

void peer_have_key(struct peer *peer, const char *home)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/keys/%s.key", home, peer->name);
    if (access(path, F_OK))
        make_key(path);
    read_public(path, peer->public_key);
}
