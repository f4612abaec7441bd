/* SPDX-License-Identifier: Apache-2.0 */
/* rewrite.h: a libpq connection string, read, changed and written anew. */
#ifndef CONNINFO_REWRITE_H
#define CONNINFO_REWRITE_H

/* Reads one from standard input, keywords or URI, and writes it to standard output as keywords, in
 * one line; unless `service` is null, as the section of that name of a connection service file.
 * `changes` are KEYWORD=VALUE, null after the last: of one keyword the last holds, and an empty
 * value removes it. Returns the exit status; a string that is wrong ends the program with a
 * sentence and exit status 1. */
int rewrite(const char *service, char **changes);

#endif
