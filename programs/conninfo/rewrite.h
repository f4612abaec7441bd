/* SPDX-License-Identifier: Apache-2.0 */
/* rewrite.h: reads a libpq connection string, changes it and writes it. */
#ifndef CONNINFO_REWRITE_H
#define CONNINFO_REWRITE_H

/* Reads one from standard input, keywords or URI, and writes it to standard output as keywords, in
 * one line; unless `section` is empty, as the section of that name of a connection service file.
 * `changes` are KEYWORD=VALUE, null after the last: the last of one keyword holds, and an empty
 * value removes it. A string that is wrong ends the program, as does one that leads over a network
 * without saying how that is private (sslmode). */
void rewrite(const char *section, char **changes);

#endif
