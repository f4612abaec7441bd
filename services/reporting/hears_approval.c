/* SPDX-License-Identifier: Apache-2.0 */
/* hears_approval.c: what one person asked and a second said to it (RULE H22), from whichever
 * service it was asked of. */
#include <string.h>

#include "onedoor/approval.pb-c.h"
#include "services/reporting/entry.h"
#include "services/reporting/reporting.h"

/* "Waive" of "charging.Waive": the timeline names the service already. */
static const char *command_of(const char *type)
{
    const char *dot = strchr(type, '.');
    return dot == NULL ? type : dot + 1;
}

struct outcome reporting_hear_asked(struct turn *turn, const struct heard *heard)
{
    const Onedoor__Approval__Asked *asked = heard->message;
    struct entry entry = reporting_begin(turn, heard);

    entry.department = asked->department;
    entry.text = arena_printf(turn->arena, "%s: %s", command_of(asked->type), asked->reason);
    return reporting_end(&entry);
}

struct outcome reporting_hear_answered(struct turn *turn, const struct heard *heard)
{
    static const char *const states[] = {"", "", "agreed", "refused", "withdrawn", "lapsed"};
    const Onedoor__Approval__Answered *answered = heard->message;
    struct entry entry = reporting_begin(turn, heard);
    size_t state = (size_t)answered->state;

    entry.department = answered->department;
    entry.text = arena_printf(turn->arena, "%s %s%s%s", command_of(answered->type),
                              state < sizeof states / sizeof states[0] ? states[state] : "",
                              answered->text[0] == '\0' ? "" : ": ", answered->text);
    return reporting_end(&entry);
}
