/* SPDX-License-Identifier: Apache-2.0 */
/* slips.c: a slip goes on paper. What stands on two papers of one kind must not differ without a
 * word, so the first print is kept as it was said, and every later one is told that it is a
 * reprint. */
#include "common/base/panic.h"
#include "common/rows/sealed.h"
#include "common/wire/message.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/cases.h"
#include "services/intake/commands.h"

void intake_need_print(struct turn *turn, const struct call *call)
{
    const Onedoor__Intake__PrintSlip *print = call->message;
    intake_want_case(turn, print->case_number);
    rows_want(turn, &intake_print_table,
              &(struct print_row){.centre = turn->centre, .number = print->case_number});
}

/* The counter prints what it took and gave back, a window all else. */
static struct outcome may_print(struct turn *turn, const struct call *call,
                                const struct case_row *row)
{
    const Onedoor__Intake__PrintSlip *print = call->message;
    bool is_window = call->actor->role == ONEDOOR__ROLE__WINDOW_CLERK,
         of_counter = print->slip == ONEDOOR__INTAKE__SLIP__PAYMENT_RECEIPT ||
                      print->slip == ONEDOOR__INTAKE__SLIP__REFUND_SLIP;
    if (is_window == of_counter)
        return deny(ONEDOOR__REASON__NOT_ALLOWED,
                    "the counter prints receipts and refunds, a window all other slips");
    if (!is_window)
        return OUTCOME_OK;
    return intake_serves(turn->memory, call->actor, &intake_item_of(turn->memory, row)->row,
                         turn->arena);
}

static struct bytes pack(const Onedoor__Intake__PrintSlip *print, struct arena *arena)
{
    Onedoor__Intake__SlipLines message = ONEDOOR__INTAKE__SLIP_LINES__INIT;
    message.n_lines = print->n_lines;
    message.lines = print->lines;
    return message_pack(&message.base, arena);
}

/* The first print of the slip, and how often it was printed; null and 0: never. */
static const struct print_row *first_of(struct turn *turn, const struct print_row *print,
                                        int32_t *times)
{
    const struct print_row *first = NULL;
    *times = 0;
    for (struct print_row *row = NULL;
         (row = rows_next(turn, &intake_print_table, print, row)) != NULL;) {
        if (row->slip != print->slip || row->of != print->of)
            continue;
        (*times)++;
        if (row->no == 1)
            first = row;
    }
    return first;
}

/* What the first print said; null: it is sealed, and does not open. */
static const Onedoor__Intake__SlipLines *lines_of(const struct turn *turn,
                                                  const struct print_row *first)
{
    struct bytes lines;
    if (!sealed_open(turn->seal, &intake_print_table, first, first->lines, turn->arena, &lines))
        return NULL;
    const Onedoor__Intake__SlipLines *said =
        message_unpack(&onedoor__intake__slip_lines__descriptor, lines, turn->arena);
    must(said != NULL);
    return said;
}

static struct outcome answer(struct turn *turn, struct call *call, const struct print_row *first,
                             int32_t times)
{
    const Onedoor__Intake__SlipLines *said = lines_of(turn, first);
    if (said == NULL)
        return sealed_broken;
    Onedoor__Intake__PrintSlipReply *reply =
        TURN_REPLY(turn, call, Onedoor__Intake__PrintSlipReply, onedoor__intake__print_slip_reply);
    reply->times = times;
    reply->first_ms = first->at_ms;
    reply->first_by = (char *)first->actor;
    reply->n_first = said->n_lines;
    reply->first = said->lines;
    return OUTCOME_OK;
}

struct outcome intake_print(struct turn *turn, struct call *call)
{
    const Onedoor__Intake__PrintSlip *print = call->message;
    const struct case_row *row = intake_case(turn, print->case_number);
    if (row == NULL)
        return not_found(ONEDOOR__REASON__UNKNOWN_CASE, "there is no case with this number");
    struct outcome outcome = may_print(turn, call, row);
    if (!is_ok(outcome))
        return outcome;
    struct print_row printed = {
        .centre = turn->centre,
        .number = row->number,
        .slip = (int16_t)print->slip,
        .of = print->of,
        .actor = call->actor->id,
        .at_ms = turn->now_ms,
    };
    int32_t times;
    const struct print_row *first = first_of(turn, &printed, &times);
    printed.no = times + 1;
    if (first == NULL)
        printed.lines = sealed_close(turn->seal, &intake_print_table, &printed,
                                     pack(print, turn->arena), turn->arena);
    outcome = answer(turn, call, first == NULL ? &printed : first, printed.no);
    if (is_ok(outcome))
        rows_add(turn, &intake_print_table, &printed);
    return outcome;
}
