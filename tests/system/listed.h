/* SPDX-License-Identifier: Apache-2.0 */
/* listed.h: the list of peers of the running hall, as an operator edits it. Include after cmocka.h.
 */
#ifndef TESTS_LISTED_H
#define TESTS_LISTED_H

/* The list as it is now; until the next call. */
const char *listed_now(void);

/* In its place another, at once and as a whole. */
void listed_put(const char *text);

/* The list without the lines of this peer, and with `line` (or null: none) at its end; what it was
 * before. */
const char *listed_change(const char *name, const char *line);

/* The key in the peer's line. */
const char *listed_key(const char *name);

/* No file at all; and: there again as it was. */
void listed_hide(void);
void listed_show(void);

#endif
