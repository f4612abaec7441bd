/* SPDX-License-Identifier: Apache-2.0 */
/* counts.c: invariants 5, 7 and 8, as queries. */
#include "common/postgres/pgadmin.h"
#include "programs/verify/verify.h"

/* clang-format off */

/* ---- 5: flows (1 running, 2 granted, 3 denied, 4 cancelled) and their tasks (1 open, 2 agreed,
 * 3 disagreed, 4 cancelled) */

#define FLOWS_WITH_TASKS \
    " routing.flow f join routing.task t on (t.centre, t.case_number) = (f.centre, f.case_number)"

static const struct question stage_questions[] = {
    {"it runs, and no task of its open stage is open",
     "select f.case_number from" FLOWS_WITH_TASKS
     " where f.centre = $1 and f.state = 1 group by 1"
     " having not bool_or(t.stage = f.stage and t.state = 1)"},
    {"it has no tasks",
     "select f.case_number from routing.flow f where f.centre = $1 and not exists"
     " (select from routing.task t where (t.centre, t.case_number) = (f.centre, f.case_number))"},
    {"a stage before the last one opened is not done, or a later one has tasks",
     "select distinct f.case_number from" FLOWS_WITH_TASKS
     " where f.centre = $1 and (t.stage < f.stage and t.state <> 2 or t.stage > f.stage)"},
    {"it is over, and a task is open",
     "select distinct f.case_number from" FLOWS_WITH_TASKS
     " where f.centre = $1 and f.state <> 1 and t.state = 1"},
    {"it is granted, and not all have agreed to all stages",
     "select distinct f.case_number from" FLOWS_WITH_TASKS
     " where f.centre = $1 and f.state = 2 and (f.stage <> f.stages or t.state <> 2)"},
    {"it is denied, and nobody disagreed in its last stage, or somebody has not spoken there",
     "select f.case_number from" FLOWS_WITH_TASKS
     " where f.centre = $1 and f.state = 3 and t.stage = f.stage group by 1"
     " having not bool_or(t.state = 3) or bool_or(t.state in (1, 4))"},
    {"the tasks of a stage are not those that its item's flow publishes",
     "with opened as (select case_number, stage, array_agg(department order by department) as who"
     "  from routing.task where centre = $1 group by 1, 2),"
     " published as (select item, version, stage, array_agg(department order by department) as who"
     "  from routing.flow_step where centre = $1 group by 1, 2, 3)"
     " select distinct o.case_number"
     " from opened o join routing.flow f on f.centre = $1 and f.case_number = o.case_number"
     " left join lateral (select who from published p where p.item = f.item and p.stage = o.stage"
     "  and p.version <= f.item_version order by p.version desc limit 1) p on true"
     " where p.who is distinct from o.who"},
    {"a task of no flow",
     "select distinct t.case_number from routing.task t where t.centre = $1 and not exists"
     " (select from routing.flow f where (f.centre, f.case_number) = (t.centre, t.case_number))"},
    /* a flow that is opened again has at least one task fewer decided */
    {"its tasks stand decided so often, and the journal says another number",
     "with said as (select case_number, sum(case type when 'routing.TaskDecided' then 1 else -1 end) as n,"
     "  bool_or(type = 'routing.FlowReopened') as reopened from routing.journal where centre = $1"
     "  and type in ('routing.TaskDecided', 'routing.TaskReturned', 'routing.FlowReopened') group by 1),"
     " done as (select case_number, count(*) as n from routing.task"
     "  where centre = $1 and state in (2, 3) group by 1)"
     " select case_number from said full join done using (case_number)"
     " where case when said.reopened then coalesce(done.n, 0) > said.n"
     " else coalesce(said.n, 0) <> coalesce(done.n, 0) end"},
    {"other departments may see it than have or had a task on it, though everything has been heard (RULE H21)",
     "with seen as (select number as case_number, department from intake.involved where centre = $1),"
     " worked as (select distinct case_number, department from routing.task where centre = $1)"
     " select distinct case_number from seen full join worked using (case_number, department)"
     " where (seen.department is null or worked.department is null)"
     " and (select k.seq = h.seq from intake.cursor k join routing.journal_head h using (centre)"
     "  where k.centre = $1 and k.stream = 'routing')"},
};

/* ---- 7: accounts 1 to 4 hold money; orders are 1 due, 2 paid, 3 nothing due, 4 waived, 5 cancelled */

static const struct question book_questions[] = {
    {"debits are not credits on this day",
     "select day from charging.entry where centre = $1 group by 1"
     " having sum(debit_fen) <> sum(credit_fen)"},
    {"debits are not credits in this posting",
     "select posting from charging.entry where centre = $1 group by 1"
     " having sum(debit_fen) <> sum(credit_fen)"},
    {"the order is not the sum of its lines",
     "select o.case_number from charging.payment_order o left join"
     " (select case_number, order_number as number, sum(amount_fen) as total, sum(waived_fen) as waived, sum(refunded_fen) as refunded"
     "  from charging.order_line where centre = $1 group by 1, 2) l using (case_number, number)"
     " where o.centre = $1 and (o.total_fen, o.waived_fen, o.refunded_fen)"
     " is distinct from (coalesce(l.total, 0), coalesce(l.waived, 0), coalesce(l.refunded, 0))"},
    {"what was paid, waived and refunded exceeds the order",
     "select case_number from charging.payment_order where centre = $1"
     " and (paid_fen + waived_fen > total_fen or refunded_fen > paid_fen)"},
    {"a paid order is not paid in full, or an unpaid one has money",
     "select case_number from charging.payment_order where centre = $1 and case when state = 2 or state = 5 and receipt <> 0"
     " then paid_fen <> total_fen - waived_fen or receipt = 0 else paid_fen <> 0 or receipt <> 0 end"},
    {"the order has not the one receipt it must have",
     "select coalesce(o.case_number, r.case_number) from"
     " (select case_number, receipt, paid_fen from charging.payment_order where centre = $1 and receipt <> 0) o"
     " full join (select case_number, number as receipt, amount_fen as paid_fen"
     "  from charging.receipt where centre = $1) r using (receipt)"
     " where (o.case_number, o.paid_fen) is distinct from (r.case_number, r.paid_fen)"},
    {"more than its last order stands",
     "select case_number from charging.payment_order where centre = $1"
     " group by 1 having count(*) filter (where state <> 5) > 1"
     " or max(number) <> coalesce(max(number) filter (where state <> 5), max(number))"},
    {"the ledger has other money of it than its order",
     "select case_number from"
     " (select case_number, sum(paid_fen - refunded_fen) as fen from charging.payment_order where centre = $1 group by 1) o"
     " full join (select case_number, sum(debit_fen - credit_fen) as fen from charging.entry"
     "  where centre = $1 and account between 1 and 4 group by 1) e using (case_number)"
     " where coalesce(o.fen, 0) <> coalesce(e.fen, 0)"},
    {"it must have an order and has none, or has one and must not",
     "with granted as (select distinct j.case_number from intake.journal j"
     "  join intake.cases c on (c.centre, c.number) = (j.centre, j.case_number)"
     "  join intake.item i on (i.centre, i.code, i.version) = (c.centre, c.item, c.item_version)"
     "  join charging.cursor k on k.centre = j.centre and k.stream = 'intake'"
     "  where j.centre = $1 and j.type = 'intake.CaseGranted' and i.has_fee and j.seq <= k.seq)"
     " select case_number from granted g"
     " full join (select distinct case_number from charging.payment_order where centre = $1) o using (case_number)"
     " where g.case_number is null or o.case_number is null"},
};

/* ---- 8: counted over the dossiers as each measure is defined, not as the service counts */

#define MEASURES \
    "received, accepted, corrected, refused, withdrawn, terminated, granted, denied, decided, on_time," \
    " closed, delivered, tasks, orders, fee_fen, paid_fen, yellow, red, waived_fen, refunded_fen"

static const struct question rollup_questions[] = {
    {"the rollups of this day of receipt and item are not what its dossiers come to",
     "with counted (cohort, item, window_no, " MEASURES ") as (select"
     "  to_date(left(case_number::text, 6), 'YYMMDD'), item, window_no,"
     "  count(received_at), count(accepted_at), count(*) filter (where corrections > 0),"
     "  count(*) filter (where state = 3), count(*) filter (where state = 12), count(*) filter (where state = 13),"
     "  count(*) filter (where outcome = 1), count(*) filter (where outcome = 2), count(done_at),"
     "  count(*) filter (where done_at <= due_at), count(closed_at), count(delivered_at),"
     "  sum(tasks), sum(orders), sum(fee_fen), sum(paid_fen), sum(yellow), sum(red),"
     "  sum(waived_fen), sum(refunded_fen)"
     "  from reporting.dossier where centre = $1 and item is not null group by 1, 2, 3),"
     " rolled (cohort, item, window_no, " MEASURES ") as (select cohort, item, window_no,"
     "  sum(received), sum(accepted), sum(corrected), sum(refused), sum(withdrawn), sum(terminated), sum(granted),"
     "  sum(denied), sum(decided), sum(on_time), sum(closed), sum(delivered), sum(tasks), sum(orders), sum(fee_fen),"
     "  sum(paid_fen), sum(yellow), sum(red), sum(waived_fen), sum(refunded_fen)"
     "  from reporting.rollup where centre = $1 and span = 1 group by 1, 2, 3)"
     " select cohort || ' ' || item from ((select * from counted except select * from rolled)"
     " union all (select * from rolled except select * from counted)) different"},
    {"the rollups of this day, item, department and window are not what its cases have added to them",
     "with noted as (select to_date(left(case_number::text, 6), 'YYMMDD') as cohort, day, item,"
     "  coalesce(nullif(t.department, ''), d.department) as department, window_no, figure, sum(n) as n from reporting.tally t join reporting.dossier d using (centre, case_number)"
     "  where centre = $1 and item is not null group by 1, 2, 3, 4, 5, 6 having sum(n) <> 0),"
     " rolled as (select cohort, day, item, department, window_no, figure, n from reporting.rollup,"
     "  unnest(array[" MEASURES "]) with ordinality as measure (n, figure) where centre = $1 and span = 1 and n <> 0)"
     " select cohort || ' ' || item from ((select * from noted except select * from rolled)"
     " union all (select * from rolled except select * from noted)) different"},
    {"the rollups of this month or year of receipt are not the sum of those of its days",
     "with measured as (select span, cohort, day, item, department, window_no, figure, n from reporting.rollup,"
     "  unnest(array[" MEASURES "]) with ordinality as measure (n, figure) where centre = $1),"
     " summed as (select length as span, date_trunc(of_receipt, cohort::timestamp)::date as cohort,"
     "  date_trunc(of_events, day::timestamp)::date as day, item, department, window_no, figure, sum(n) as n"
     "  from measured, (values (2, 'month', 'month'), (3, 'year', 'year'), (4, 'day', 'year')) as longer (length, of_receipt, of_events)"
     "  where span = 1 group by 1, 2, 3, 4, 5, 6, 7),"
     " rolled as (select span::int, cohort, day, item, department, window_no, figure, n::numeric from measured where span > 1)"
     " select cohort || ' ' || item from ((select * from summed except select * from rolled)"
     " union all (select * from rolled except select * from summed)) different"},
    {"the figures of this day give this department other money than the ledger, though everything has been heard",
     "with booked as (select day, department, sum(case when account = 5 then credit_fen else 0 end) as paid,"
     "  sum(case when account = 5 then debit_fen else 0 end) as refunded,"
     "  sum(case when account = 7 then credit_fen - debit_fen else 0 end) as waived"
     "  from charging.entry where centre = $1 and account in (5, 7) group by 1, 2),"
     " told as (select day, department, sum(paid_fen) as paid, sum(refunded_fen) as refunded, sum(waived_fen) as waived"
     "  from reporting.rollup where centre = $1 and span = 1 group by 1, 2"
     "  having sum(paid_fen) <> 0 or sum(refunded_fen) <> 0 or sum(waived_fen) <> 0)"
     " select day || ' ' || department from ((select * from booked except select * from told)"
     " union all (select * from told except select * from booked)) different"
     " where (select k.seq = h.seq from reporting.cursor k join charging.journal_head h using (centre)"
     "  where k.centre = $1 and k.stream = 'charging')"
     " and not exists (select from reporting.dossier where centre = $1 and item is null)"},
    {"it stands in another state on the board, or should not, or is not there",
     "select case_number from (select case_number, state from reporting.standing where centre = $1) s"
     " full join (select case_number, state from reporting.dossier where centre = $1"
     "  and state not in (0, 3, 11, 12, 13)) d using (case_number) where s.state is distinct from d.state"},
    {"its dossier is in another state, though everything has been heard",
     "select c.number from intake.cases c"
     " left join reporting.dossier d on (d.centre, d.case_number) = (c.centre, c.number)"
     " where c.centre = $1 and case c.state when 6 then 5 else c.state end is distinct from d.state"
     " and (select k.seq = h.seq from reporting.cursor k join intake.journal_head h using (centre)"
     "  where k.centre = $1 and k.stream = 'intake')"},
};

/* clang-format on */

void verify_stages(struct verify *verify)
{
    verify->finding->things = "flows";
    verify->finding->checked =
        pgadmin_number(verify->conn, "select count(*) from routing.flow where centre = $1",
                       PARAMS(P_I16(verify->centre)));
    VERIFY_ASK(verify, stage_questions);
}

void verify_books(struct verify *verify)
{
    verify->finding->things = "orders and ledger entries";
    verify->finding->checked =
        pgadmin_number(verify->conn,
                       "select (select count(*) from charging.payment_order where centre = $1)"
                       " + (select count(*) from charging.entry where centre = $1)",
                       PARAMS(P_I16(verify->centre)));
    VERIFY_ASK(verify, book_questions);
}

void verify_rollups(struct verify *verify)
{
    verify->finding->things = "dossiers";
    verify->finding->checked =
        pgadmin_number(verify->conn, "select count(*) from reporting.dossier where centre = $1",
                       PARAMS(P_I16(verify->centre)));
    VERIFY_ASK(verify, rollup_questions);
}
