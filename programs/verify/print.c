/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
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

static json_t *finding_json(const struct finding *finding)
{
    json_t *first = json_string(finding->first);
    return json_pack("{si ss sb sI sI so}", "no", finding->no, "invariant", finding->invariant,
                     "ok", finding->broken == 0, "checked", (json_int_t)finding->checked, "broken",
                     (json_int_t)finding->broken, "first",
                     first != NULL ? first : json_string("cut off within a character"));
}

void print_json(const struct finding *findings, int n)
{
    json_t *all = json_array();
    bool ok = true;
    for (int i = 0; i < n; i++) {
        ok &= findings[i].broken == 0;
        json_array_append_new(all, finding_json(&findings[i]));
    }
    json_t *answer = json_pack("{so sb}", "invariants", all, "ok", ok);
    json_dumpf(answer, stdout, 0);
    putchar('\n');
    json_decref(answer);
}
