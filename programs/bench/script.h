/* SPDX-License-Identifier: Apache-2.0 */
/* script.h: statements in SQL that stand in a file of the source tree. */
#ifndef BENCH_SCRIPT_H
#define BENCH_SCRIPT_H

/* The whole file, to be freed. A file that cannot be read ends the program. */
char *script_read(const char *path);

#endif
