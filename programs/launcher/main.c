/* SPDX-License-Identifier: Apache-2.0 */
/* onedoor-launcher: starts the processes of one hall and keeps them running.
 *
 *   onedoor-launcher --home=HOME [--foreground] [--gateway] [--postgres=PROGRAM --data=FOLDER]
 *                    [--base=NAME=COMMAND]... [--process=NAME=COMMAND]... [--heartbeat-ms=N] ...
 *
 * Without --process it runs the five services that lie beside it, and with --gateway the gateway
 * once they are ready. With --postgres it also runs the hall's own PostgreSQL, as the user who owns
 * the data folder, and the writeback beside it. --process and --base name shell commands instead;
 * those of --base are started first and stopped last. It holds a lock on run/launcher.lock for as
 * long as it lives, so that a hall has one launcher at most. */
#include "fail.h"
#include "options.h"
#include "place.h"
#include "programs.h"
#include "supervisor.h"

#include <errno.h>
#include <string.h>
#include <sys/prctl.h>

int main(int argc, char **argv)
{
    static struct supervisor supervisor;
    static struct options options;
    options_read(&options, argc, argv);
    supervisor.home = options.home;
    supervisor.patience = options.patience;
    programs_add(&supervisor, &options);
    place_take(options.home);
    status_open(options.home);
    if (!options.foreground)
        place_leave_terminal(options.home);
    prctl(PR_SET_CHILD_SUBREAPER, 1); /* orphans of a killed postmaster are ours to reap */
    if (supervisor_run(&supervisor))
        fail("cannot wait for signals", strerror(errno));
    return 0;
}
