/* SPDX-License-Identifier: Apache-2.0 */
/* onedoor-keys: makes the CURVE keys by which the programs of a hall know each other.
 *
 *   onedoor-keys HOME NAME...
 *
 * For each NAME it makes HOME/keys/NAME.key unless it is there, and then writes HOME/keys/peers
 * anew, the list of those who are let in. To shut a peer out, delete its line and its key file. */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "programs/keys/file.h"
#include "programs/keys/peers.h"

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: onedoor-keys HOME NAME...\n");
        return 2;
    }
    int n = argc - 2;
    const char *home = argv[1];
    char folder[PATH_MAX];
    struct peer *peers = calloc((size_t)n, sizeof *peers);
    snprintf(folder, sizeof folder, "%s/keys", home);
    if (peers == NULL || (mkdir(folder, 0700) && errno != EEXIST))
        fail(folder);
    for (int i = 0; i < n; i++) {
        peers[i].name = argv[i + 2];
        if (!peer_is_named(&peers[i])) {
            fprintf(stderr, "onedoor-keys: '%s' is no name of a peer\n", peers[i].name);
            free(peers);
            return 2;
        }
    }
    for (int i = 0; i < n; i++)
        peer_have_key(&peers[i], home);
    peers_list(peers, n, home);
    free(peers);
    return 0;
}
