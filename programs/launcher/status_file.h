/* SPDX-License-Identifier: Apache-2.0 */
/* status_file.h: the state of the hall as a JSON file, HOME/run/status. It is replaced as a whole,
 * so that a reader never sees half of it:
 *
 *   {"pid":100,"home":"/srv/hall","processes":[
 *   {"name":"intake","pid":102,"state":"ready","reason":"","restarts":0,"last_end":"",
 *    "since":"2024-05-01T08:00:00Z"}
 *   ]}
 *
 * with one process a line, and spaces after it. `pid` is 0 where nothing runs.
 *
 * It is there to be read when things go badly, so a full disk must not keep it as it was: it is two
 * files, both at their full size before anything else runs, of which one is shown and the other
 * takes the next state. */
#ifndef LAUNCHER_STATUS_FILE_H
#define LAUNCHER_STATUS_FILE_H

#include "programs/launcher/supervisor.h"

/* Take the room that it needs on the disk, or end the program: afterwards a full disk is no
 * hindrance. */
void status_file_open(const char *home);

/* Replace it. Not being able to is logged; the hall goes on. */
void status_file_write(const struct supervisor *);

#endif
