/* SPDX-License-Identifier: Apache-2.0 */
/* numbers.c: invariant 9. Cursors against the journals that they follow, and counters against the
 * rows that have their numbers. */
#include "common/postgres/pgadmin.h"
#include "programs/verify/verify.h"

/* clang-format off */

#define CURSORS(service) \
    "select '" service "' as follower, stream, epoch, seq, hash from " service ".cursor where centre = $1"
#define EVENTS(service) \
    "select '" service "' as stream, epoch, seq, hash from " service ".journal where centre = $1"
#define COUNTERS(service) \
    "select '" service " ' || name as name, value from " service ".counter where centre = $1"
#define SKIPPED(service) \
    "select '" service " ' || name as name, first, last from " service ".skipped where centre = $1"
#define OF_ALL(of) \
    of("intake") " union all " of("routing") " union all " of("charging") " union all " \
    of("supervision") " union all " of("reporting")

/* A case's number is YYMMDD, the serial of its day and a check digit. */
#define GIVEN \
    "given (name, number) as (" \
    " select 'intake case ' || left(number::text, 6), left(substr(number::text, 7), -1)::bigint" \
    "  from intake.cases where centre = $1" \
    " union all select 'intake look', no from intake.look where centre = $1" \
    " union all select 'intake search', search from intake.search where centre = $1" \
    " union all select 'intake question', number from intake.question where centre = $1" \
    " union all select 'intake ticket ' || to_char(day, 'YYMMDD'), number from intake.ticket where centre = $1 and state <> 4" \
    " union all select 'charging order', number from charging.payment_order where centre = $1" \
    " union all select 'charging receipt', number from charging.receipt where centre = $1" \
    " union all select distinct 'charging posting', posting from charging.entry where centre = $1)"

static const struct question number_questions[] = {
    {"its cursor is at no event of the journal that it follows",
     "with cursors as (" OF_ALL(CURSORS) "), events as (" OF_ALL(EVENTS) ")"
     " select c.follower || ' of ' || c.stream from cursors c left join events e using (stream, seq)"
     " where (c.epoch, c.hash) is distinct from (e.epoch, e.hash)"},
    {"its counter is not where the numbers given out and left out end, or one of them is missing or there twice",
     "with " GIVEN ", counters as (" OF_ALL(COUNTERS) "), skipped as (" OF_ALL(SKIPPED) "),"
     " known as (select name, count(*) as n, count(distinct number) as numbers, max(number) as last from given group by 1),"
     " gaps as (select name, sum(last - first + 1) as n, max(last) as last from skipped group by 1)"
     " select name from counters full join known using (name) full join gaps using (name)"
     " where known.n <> known.numbers"
     " or coalesce(value, 0) <> coalesce(known.n, 0) + coalesce(gaps.n, 0)"
     " or coalesce(value, 0) < greatest(known.last, gaps.last)"},
    {"this number was left out at a restore, and was given out",
     "with " GIVEN ", skipped as (" OF_ALL(SKIPPED) ")"
     " select name || ' ' || number from given join skipped using (name) where number between first and last"},
};

/* clang-format on */

void verify_numbers(struct verify *verify)
{
    verify->finding->things = "numbers";
    verify->finding->checked = pgadmin_number(
        verify->conn, "with " GIVEN " select count(*) from given", PARAMS(P_I16(verify->centre)));
    VERIFY_ASK(verify, number_questions);
}
