/* SPDX-License-Identifier: Apache-2.0 */
/* status.h: the result of an operation that may fail for reasons outside the rules (a disk, a peer,
 * a database). The caller must look at it. A function logs an error or returns it, never both. */
#ifndef COMMON_STATUS_H
#define COMMON_STATUS_H

enum status {
    STATUS_OK = 0,
    STATUS_AGAIN,      /* not now: would block, timed out, or still starting */
    STATUS_LATE,       /* its time was up: it was given up */
    STATUS_LOST,       /* the connection is gone: the outcome of what was under way is unknown */
    STATUS_UNSAVEABLE, /* the database refuses this work as it is: a retry cannot help */
    STATUS_INVALID,    /* malformed or inconsistent input */
    STATUS_DENIED,
    STATUS_NOT_FOUND,
    STATUS_REWOUND, /* a journal is not the one that was followed */
    STATUS_FAILED,
};

#define MUST_USE __attribute__((warn_unused_result))

const char *status_name(enum status);

#endif
