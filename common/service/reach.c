/* SPDX-License-Identifier: Apache-2.0 */
#include "common/service/reach.h"

#include <string.h>

static int n_follows(const struct reach *reach)
{
    return reach->own.n - 1;
}

static bool is_same(const struct marks *a, const struct marks *b)
{
    for (int i = 0; i < a->n && i < b->n; i++)
        if (strcmp(a->at[i].stream, b->at[i].stream) != 0 || a->at[i].epoch != b->at[i].epoch ||
            a->at[i].seq != b->at[i].seq)
            return false;
    return a->n == b->n;
}

static void put_together(struct reach *reach)
{
    struct marks all = reach->own;
    reach->changes++;
    for (int f = 0; f < n_follows(reach); f++)
        for (int i = 0; i < reach->told[f].n; i++)
            if (marks_find(&reach->own, reach->told[f].at[i].stream) == NULL)
                marks_advance(&all, &reach->told[f].at[i]);
    if (is_same(&all, &reach->all))
        return;
    reach->all = all;
    reach->version = reach->version < 2 || reach->version == UINT32_MAX ? 2 : reach->version + 1;
}

void reach_move(struct reach *reach, const struct marks *own)
{
    reach->own = *own;
    put_together(reach);
}

void reach_learn(struct reach *reach, int follow, const struct marks *heard)
{
    reach->told[follow] = *heard;
    put_together(reach);
}

static bool all_told(const struct reach *reach)
{
    for (int f = 0; f < n_follows(reach); f++)
        if (reach->told[f].n == 0)
            return false;
    return true;
}

bool reach_heard(const struct reach *reach, const struct marks *seen)
{
    for (int i = 0; i < seen->n; i++) {
        const struct mark *at = marks_find(&reach->all, seen->at[i].stream);
        if (at == NULL ? !all_told(reach) : !mark_reaches(at, &seen->at[i]))
            return false;
    }
    return true;
}

/* Has the owner of this followed journal told that it has heard of the mark, or does it never? Its
 * own marks it knows: those are a matter of the cursor. */
static bool has_told(const struct reach *reach, int follow, const struct mark *seen)
{
    const struct marks *told = &reach->told[follow];
    const struct mark *at = marks_find(told, seen->stream);
    return strcmp(reach->own.at[1 + follow].stream, seen->stream) == 0 ||
           (at == NULL ? told->n > 0 : mark_reaches(at, seen));
}

bool reach_settled(const struct reach *reach, const struct marks *seen)
{
    for (int i = 0; i < seen->n; i++)
        for (int f = 0; f < n_follows(reach); f++)
            if (!has_told(reach, f, &seen->at[i]))
                return false;
    return reach_heard(reach, seen);
}
