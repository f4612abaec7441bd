/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/caller/denials.h"

#include <string.h>

/* The last places are for the kinds alone, so there is always one. */
enum { PARTICULARS_MAX = DENIALS_MAX - DENIAL_KINDS };

static bool is_same(const struct denial *a, const struct denial *b)
{
    return a->kind == b->kind && a->case_number == b->case_number &&
           strcmp(a->name, b->name) == 0 && strcmp(a->address, b->address) == 0 &&
           strcmp(a->what, b->what) == 0;
}

static bool count_in(struct denials *denials, const struct denial *denial, int most)
{
    for (int i = 0; i < denials->n; i++) {
        struct denial *there = &denials->list[i];
        if (!is_same(there, denial))
            continue;
        there->times += denial->times;
        there->last_ms = denial->last_ms;
        return true;
    }
    if (denials->n >= most)
        return false;
    denials->list[denials->n++] = *denial;
    return true;
}

struct denial denial_of_kind(const struct denial *denial)
{
    return (struct denial){.kind = denial->kind,
                           .times = denial->times,
                           .first_ms = denial->first_ms,
                           .last_ms = denial->last_ms};
}

void denials_add(struct denials *denials, const struct denial *denial)
{
    const struct denial kind_alone = denial_of_kind(denial);
    if (!count_in(denials, denial, PARTICULARS_MAX))
        count_in(denials, &kind_alone, DENIALS_MAX);
}

/* ---- saving */

/* True when nothing of it is left to do. A kind alone that is refused can never be saved. */
static bool is_saved_alone(const struct denial *denial, denials_saver *save, void *context)
{
    enum status status = save(context, denial, 1);
    if (status == STATUS_UNSAVEABLE) {
        const struct denial kind_alone = denial_of_kind(denial);
        status = save(context, &kind_alone, 1);
    }
    return status == STATUS_OK || status == STATUS_UNSAVEABLE;
}

void denials_save(struct denials *denials, denials_saver *save, void *context)
{
    int left = 0;
    enum status status = save(context, denials->list, denials->n);
    if (status == STATUS_OK)
        denials->n = 0;
    if (status != STATUS_UNSAVEABLE)
        return;
    for (int i = 0; i < denials->n; i++)
        if (!is_saved_alone(&denials->list[i], save, context))
            denials->list[left++] = denials->list[i];
    denials->n = left;
}
