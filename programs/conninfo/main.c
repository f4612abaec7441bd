/* SPDX-License-Identifier: Apache-2.0 */
/* onedoor-conninfo: rewrites a libpq connection string.
 *
 *   onedoor-conninfo [--service=NAME] [KEYWORD=VALUE]... <STRING >STRING
 *
 * Reads a connection string (keywords or URI) on standard input, replaces the given keywords (an
 * empty value removes one) and writes it in the form of keywords; with --service, as the section
 * NAME of a connection service file. Connection strings hold passwords, so they are never taken
 * from the command line, where every user of the machine could read them. */
#include "programs/conninfo/rewrite.h"

#include <string.h>

int main(int argc, char **argv)
{
    const char *service = NULL;
    char **changes = argv + 1;
    if (argc > 1 && strncmp(argv[1], "--service=", 10) == 0) {
        service = argv[1] + 10;
        changes++;
    }
    return rewrite(service, changes);
}
