/* SPDX-License-Identifier: Apache-2.0 */
/* onedoor-keys: makes the CURVE keys that the programs of a hall know each other by.
 *
 *   onedoor-keys HOME NAME...
 *
 * For each NAME it makes HOME/keys/NAME.key unless it is there, and then writes HOME/keys/peers,
 * the list of the peers that may connect. To shut a peer out, delete its line and its key file. */
#include <errno.h>
#include <limits.h>
#include <sys/stat.h>

#include "programs/keys/file.h"
#include "programs/keys/peers.h"

static int run(const struct invocation *invocation)
{
    const char *home = invocation->operands[0];
    char **names = invocation->operands + 1;
    int n = invocation->n_operands - 1;
    struct peer *peers = ARENA_ARRAY(invocation->arena, struct peer, n);
    char folder[PATH_MAX];
    snprintf(folder, sizeof folder, "%s/keys", home);
    if (mkdir(folder, 0700) && errno != EEXIST)
        file_failed(folder);
    for (int i = 0; i < n; i++) {
        peers[i].name = names[i];
        if (!peer_is_named(&peers[i]))
            return program_misused("'%s' is no name of a peer", names[i]);
    }
    for (int i = 0; i < n; i++)
        peer_have_key(&peers[i], home);
    peers_list(peers, n, home);
    return PROGRAM_OK;
}

static const struct program program = {
    .name = "keys",
    .purpose = "Makes the keys that the programs of a hall know each other by.",
    .operands = "HOME NAME...",
    .operands_min = 2,
    .operands_max = INT_MAX,
    .run = run,
};

int main(int argc, char **argv)
{
    return program_main(argc, argv, &program);
}
