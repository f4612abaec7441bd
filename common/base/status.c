/* SPDX-License-Identifier: Apache-2.0 */
#include "common/base/status.h"

const char *status_name(enum status status)
{
    switch (status) {
    case STATUS_OK:
        return "ok";
    case STATUS_AGAIN:
        return "not now";
    case STATUS_LATE:
        return "out of time";
    case STATUS_LOST:
        return "connection lost";
    case STATUS_UNSAVEABLE:
        return "cannot be saved";
    case STATUS_INVALID:
        return "invalid";
    case STATUS_DENIED:
        return "denied";
    case STATUS_NOT_FOUND:
        return "not found";
    case STATUS_REWOUND:
        return "journal rewound";
    case STATUS_FAILED:
        return "failed";
    }
    return "unknown status";
}
