/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "programs/verify/verify.h"

void print_line(const struct finding *finding)
{
    if (finding->broken == 0)
        printf("ok %d %s: %lld %s\n", finding->no, finding->invariant, (long long)finding->checked,
               finding->things);
    else
        printf("BROKEN %d %s: %lld of %lld %s, first: %s\n", finding->no, finding->invariant,
               (long long)finding->broken, (long long)finding->checked, finding->things,
               finding->first);
    fflush(stdout);
}

void print_json(const struct finding *findings, int n)
{
    bool ok = true;
    printf("{\"invariants\": [");
    for (int i = 0; i < n; i++) {
        ok &= findings[i].broken == 0;
        printf("%s{\"no\": %d, \"invariant\": \"%s\", \"ok\": %s, \"checked\": %lld, \"broken\": "
               "%lld, \"first\": \"",
               i == 0 ? "" : ", ", findings[i].no, findings[i].invariant,
               findings[i].broken == 0 ? "true" : "false", (long long)findings[i].checked,
               (long long)findings[i].broken);
        for (const char *c = findings[i].first; *c != '\0'; c++)
            putchar(*c == '"' || *c == '\\' || (unsigned char)*c < 0x20 ? ' ' : *c);
        printf("\"}");
    }
    printf("], \"ok\": %s}\n", ok ? "true" : "false");
}
