/* SPDX-License-Identifier: Apache-2.0 */
/* history.c: invariant 4. The events of each case are followed through intake's own moves table:
 * each must be the effect of a row that starts in a state where the case can be, and the case must
 * be in a state where its events can have led. Moves without an event (into approval, suspended and
 * back, payment due) may come between. By the table a closed case changes by delivery alone, so
 * that is checked too. */
#include <string.h>

#include "common/postgres/pgadmin.h"
#include "common/values/case_number.h"
#include "programs/verify/verify.h"
#include "services/intake/moves.h"

enum { FACT_SETS = 512, NOT_BEGUN = 0 };

/* Where a case can be: a set of states. */
typedef unsigned states;

static const struct {
    const char *type;
    enum case_effect said[2];
} sayings[] = {
    {"intake.CaseAccepted", {SAY_ACCEPTED, SAY_ACCEPTED_BY_SILENCE}},
    {"intake.CorrectionAsked", {SAY_WHAT_IS_MISSING, SAY_ASKED_AGAIN}},
    {"intake.CaseRefused", {SAY_REFUSED}},
    {"intake.CaseGranted", {SAY_GRANTED}},
    {"intake.CaseDenied", {SAY_DENIED}},
    {"intake.CaseClosed", {SAY_CLOSED}},
    {"intake.CaseDelivered", {SAY_DELIVERED}},
    {"intake.CaseWithdrawn", {SAY_WITHDRAWN}},
    {"intake.CaseTerminated", {SAY_TERMINATED}},
    {"intake.CaseAmended", {SAY_AMENDED}},
    {"intake.DecisionTakenBack", {SAY_DECISION_TAKEN_BACK}},
    {"intake.DeliveryTakenBack", {SAY_DELIVERY_TAKEN_BACK}},
};

struct walk {
    struct verify *verify;
    states by_effect[CASE_STATES]
                    [CASE_EFFECTS]; /* where a move with this effect leads from a state */
    int64_t number; /* the current case, where it can be, and the state in its row */
    states can_be;
    int64_t state;
    bool lost; /* it has been reported */
};

/* ---- the table, turned: from state and effect to states */

static void read_moves(struct walk *walk)
{
    for (int from = 1; from < CASE_STATES; from++)
        for (int on = 0; on < CASE_EVENTS; on++)
            for (unsigned facts = 0; facts < FACT_SETS; facts++) {
                const struct move *move = moves_find(&intake_moves, from, on, facts);
                if (is_ok(moves_outcome(move)))
                    walk->by_effect[from][move->then] |= FROM(moves_to(move, from));
            }
}

static states after(const struct walk *walk, states can_be, enum case_effect effect)
{
    states next = 0;
    for (int state = 1; state < CASE_STATES; state++)
        if ((can_be >> state & 1) != 0)
            next |= walk->by_effect[state][effect];
    return next;
}

/* And the states that moves without an event lead to. */
static states in_silence(const struct walk *walk, states can_be)
{
    for (states more = can_be; more != 0;) {
        more = after(walk, can_be, SAY_NOTHING) & ~can_be;
        can_be |= more;
    }
    return can_be;
}

/* ---- one case after the other */

static void end_case(struct walk *walk)
{
    char text[CASE_NUMBER_TEXT_SIZE];
    if (walk->number == 0 || walk->lost)
        return;
    if (walk->state <= 0 || walk->state >= CASE_STATES ||
        (in_silence(walk, walk->can_be) >> walk->state & 1) == 0)
        verify_broken(walk->verify, "%s: its history does not end in the state it is in (%lld)",
                      case_number_format(walk->number, text), (long long)walk->state);
}

static void begin_case(struct walk *walk, int64_t number, int64_t state)
{
    end_case(walk);
    walk->number = number;
    walk->state = state;
    walk->can_be = NOT_BEGUN;
    walk->lost = false;
    walk->verify->finding->checked++;
}

/* What is asked of a second person, and his answer, move nothing: what he agrees to does. */
static bool is_approval(const char *type)
{
    return strncmp(type, "approval.", strlen("approval.")) == 0;
}

static states said(const struct walk *walk, const char *type)
{
    states next = 0;
    if (is_approval(type))
        return walk->can_be;
    if (strcmp(type, "intake.CaseReceived") == 0)
        return walk->can_be == NOT_BEGUN ? 1u << CASE_RECEIVED : 0;
    for (size_t i = 0; i < sizeof sayings / sizeof sayings[0]; i++)
        for (int k = 0; k < 2; k++)
            if (strcmp(sayings[i].type, type) == 0 && sayings[i].said[k] != SAY_NOTHING)
                next |= after(walk, in_silence(walk, walk->can_be), sayings[i].said[k]);
    return next;
}

/* An event with the state its case is in now; 0 when there is no such case. */
struct told_row {
    int64_t case_number;
    const char *type;
    int16_t state;
};

static const struct column told_columns[] = {
    COLUMN_AS(told_row, case_number, "j.case_number", I64, 0),
    COLUMN_AS(told_row, type, "j.type", TEXT, 0),
    COLUMN_AS(told_row, state, "c.state", I16, 0),
};
static const struct shape told_shape = SHAPE(told_row, told_columns);

static void take_event(void *context, void *data)
{
    struct walk *walk = context;
    const struct told_row *told = data;
    char text[CASE_NUMBER_TEXT_SIZE];
    if (told->case_number != walk->number)
        begin_case(walk, told->case_number, told->state);
    if (walk->lost)
        return;
    walk->can_be = said(walk, told->type);
    if (walk->can_be == 0) {
        verify_broken(walk->verify, "%s: %s does not follow from where it was",
                      case_number_format(told->case_number, text), told->type);
        walk->lost = true;
    }
}

void verify_history(struct verify *verify)
{
    struct walk walk = {.verify = verify};
    verify->finding->things = "cases";
    read_moves(&walk);
    pgadmin_select(verify->conn, &told_shape,
                   "from intake.journal j left join intake.cases c"
                   " on c.centre = j.centre and c.number = j.case_number"
                   " where j.centre = $1 and j.case_number <> 0 order by j.case_number, j.seq",
                   PARAMS(P_I16(verify->centre)), take_event, &walk);
    end_case(&walk);
    int64_t silent = pgadmin_number(
        verify->conn,
        "select count(*) from intake.cases c where c.centre = $1 and not exists"
        " (select from intake.journal j where j.centre = c.centre and j.case_number = c.number)",
        PARAMS(P_I16(verify->centre)));
    if (silent > 0)
        verify_broken(verify, "%lld cases of which the journal says nothing", (long long)silent);
}
