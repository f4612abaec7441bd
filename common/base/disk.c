/* SPDX-License-Identifier: Apache-2.0 */
#include "common/base/disk.h"

#include <sys/statvfs.h>

int64_t disk_free_bytes(const char *folder)
{
    struct statvfs disk;
    return statvfs(folder, &disk) == 0 ? (int64_t)disk.f_bavail * (int64_t)disk.f_frsize : 0;
}
