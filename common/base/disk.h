/* SPDX-License-Identifier: Apache-2.0 */
/* disk.h: how much room a disk has. */
#ifndef COMMON_DISK_H
#define COMMON_DISK_H

#include <stdint.h>

/* Bytes that are free for everybody on the disk that holds the folder; 0 also when it is not known.
 */
int64_t disk_free_bytes(const char *folder);

#endif
