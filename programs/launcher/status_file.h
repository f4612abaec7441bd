/* SPDX-License-Identifier: Apache-2.0 */
/* status_file.h: the state of the hall as a JSON file, HOME/run/status. It is replaced as a whole,
 * so that a reader never sees half of it:
 *
 *   {"pid":100,"version":"0.1.0","home":"/srv/hall","processes":[
 *   {"name":"intake","pid":102,"state":"ready","reason":"","restarts":0,"last_end":"",
 *    "since":"2024-05-01T08:00:00Z","program":"/usr/lib/onedoor/bin/onedoor-intake",
 *    "file":"2049:771"}
 *   ]}
 *
 * with one process a line, and spaces after it. `pid` is 0 where nothing runs; `version` is the
 * launcher's; `file` is the device and number of the program as it was started.
 *
 * It matters most when things go badly, so a full disk must not keep it from changing: it is two
 * files, both at full size before anything else runs; one is shown, and the other is written with
 * the next state. */
#ifndef LAUNCHER_STATUS_FILE_H
#define LAUNCHER_STATUS_FILE_H

#include "programs/launcher/process.h"

/* Take the disk space that it needs, or end the program: from then on a full disk does no harm. */
void status_file_open(const char *home);

/* Replace it. A failure is logged, and the hall goes on. */
void status_file_write(const char *home, const struct process *, int count);

#endif
