-- SPDX-License-Identifier: Apache-2.0
-- Cases as a hall has them that takes in a thousand a day, made in the database: those numbered growth.first to growth.last, counted back
-- from today, so that a hall that has grown is one that is older. What happens to a case is drawn from its number by a hash, and is the
-- same in each run. All that is over before a case is today's is done; the rest is open.
set search_path = pg_temp, reporting;
set synchronous_commit = off;
set work_mem = '256MB';

-- ---- the catalogue, its busiest items first; the windows of each department

create temporary table growth_item as
select row_number() over (order by hashtext(code)) - 1 as place, code as item, i.department, version, has_fee, immediate and window_can_finish as immediate,
       greatest(promised_days, 1) as days, fee.department as fee_department,
       coalesce((select array_agg(distinct s.department) from routing.flow_step s where s.centre = 1 and s.item = i.code and s.department <> i.department),
                '{}') || i.department as involved
from (select distinct on (centre, code) * from intake.item order by centre, code, version desc) i
left join lateral (select max(department) as department from charging.fee_standard f where f.centre = 1 and f.item = i.code) fee on true
where centre = 1 and offered and not by_department;

create temporary table growth_window as
select department, array_agg(number order by number) as windows from intake.windows where centre = 1 and department <> '' group by department;
analyze growth_item, growth_window;

-- ---- the cases

create function pg_temp.draw(n bigint, of_what integer) returns double precision language sql immutable parallel safe return
  (hashint8extended(n, of_what) & 1048575)::double precision / 1048576;

-- Days after the receipt: accepted, decided, closed, delivered; `due` is the promise. What lies after today has not happened. The check
-- digit is 0: nobody types these numbers.
create temporary table growth_case as
with drawn as (
  select n, (n - 1) / 1000 as age, current_date - ((n - 1) / 1000)::int as day, 1000 - (n - 1) % 1000 as serial, i.*,
         pg_temp.draw(n, 1) as fate, pg_temp.draw(n, 2) as speed, pg_temp.draw(n, 3) as luck, pg_temp.draw(n, 4) as extra, pg_temp.draw(n, 5) as place_drawn
  from generate_series(current_setting('growth.first')::bigint, current_setting('growth.last')::bigint) n,
       (select count(*) as items from growth_item) c, growth_item i
  where i.place = floor(c.items * pg_temp.draw(n, 0) * pg_temp.draw(n, 6))),
planned as (
  select d.*, case when fate < 0.010 then 'refused' when fate < 0.020 then 'withdrawn' when fate < 0.021 then 'terminated' when fate < 0.036 then 'denied' else 'granted' end as ending,
         luck < 0.08 as corrected, luck > 0.99 as late, luck > 0.96 as yellow, extra < 0.02 as slow,
         case when luck < 0.08 then 3 else 0 end + (speed > 0.7)::int as accepted,
         coalesce(case when place_drawn < 0.85 then w.windows[1 + floor(place_drawn / 0.85 * cardinality(w.windows))::int] end, 0) as window_no,
         (days * 1.4)::int + 1 as due_days
  from drawn d left join growth_window w using (department)),
timed as (
  select *, accepted + case when immediate then 0 when late then due_days + 1 + floor(speed * 8)::int else floor(speed * due_days)::int end as decided
  from planned),
ended as (
  select *, decided + case when has_fee and ending = 'granted' then floor(extra * 4)::int else 0 end as closed,
         decided + 3 + floor(speed * 6)::int + case when extra < 0.005 then 100000 else 0 end as delivered
  from timed)
select *, (to_char(day, 'YYMMDD')::bigint * 1000000 + serial) * 10 as case_number,
       day + interval '1 hour' + serial * interval '8 seconds' as received_at,
       ending in ('refused', 'withdrawn', 'terminated') and age >= 2 as called_off,
       ending not in ('refused', 'withdrawn', 'terminated') or (ending <> 'refused' and accepted < 2) as goes_on,
       case when has_fee and ending = 'granted' then 10000 + 100 * floor(speed * 90)::int else 0 end as fee_fen,
       extra between 0.30 and 0.302 as waived, extra between 0.40 and 0.401 as refunded
from ended;

create temporary table growth_dossier as
select *, case when called_off and ending = 'refused' then 3 when called_off and ending = 'withdrawn' then 12 when called_off then 13
               when not goes_on or age < accepted then case when corrected then 2 else 1 end
               when age < decided then case when immediate then 4 else 5 end
               when age < closed then 9 when age < delivered then 10 else 11 end::smallint as state,
       goes_on and age >= accepted as is_accepted,
       not called_off and goes_on and age >= decided as is_decided, not called_off and goes_on and age >= closed as is_closed,
       not called_off and goes_on and age >= delivered as is_delivered, has_fee and ending = 'granted' as has_bill
from growth_case;
drop table growth_case;
create index on growth_dossier (n);
analyze growth_dossier;

insert into dossier (centre, case_number, item, department, window_no, summary, fast_lane, state, outcome, corrections, received_at, accepted_at, decided_at, closed_at, delivered_at,
  paused, due_at, done_at, tasks, involved, orders, fee_fen, paid_fen, waived_fen, refunded_fen, yellow, red)
select 1, case_number, item, department, window_no, 'as many others', slow, state, case when not is_decided then 0 when ending = 'denied' then 2 else 1 end, corrected::int, received_at,
  case when is_accepted then received_at + accepted * interval '1 day' end, case when is_decided then received_at + decided * interval '1 day' end,
  case when is_closed then received_at + closed * interval '1 day' end, case when is_delivered then received_at + delivered * interval '1 day' end,
  state = 5 and slow, case when is_accepted and not (state = 5 and slow) then received_at + (accepted + due_days) * interval '1 day' end,
  case when is_decided then received_at + decided * interval '1 day' end, case when is_decided and not immediate then cardinality(involved) else 0 end,
  array_to_string(involved, ' '), (is_decided and has_bill)::int, case when is_decided then fee_fen else 0 end, case when is_closed and not waived then fee_fen else 0 end,
  case when is_decided and waived then fee_fen else 0 end, case when is_closed and refunded then fee_fen else 0 end,
  (yellow and is_accepted)::int, (late and is_accepted and age > accepted + due_days)::int
from growth_dossier order by n desc;

insert into standing (centre, case_number, state, since_at)
select 1, case_number, state, received_at from growth_dossier where state not in (3, 11, 12, 13);

-- The receipt and where it stands, of a score of lines: a timeline is read by its case alone.
insert into timeline (centre, case_number, stream, seq, at, type, actor, department, text)
select 1, case_number, 1, n * 2 + line, received_at + line * interval '1 day', case line when 0 then 'CaseReceived' else 'CaseAccepted' end, 'clerk', department, ''
from growth_dossier, generate_series(0, 1) line order by n desc, line;

-- ---- figures

create temporary table growth_tally as
select n, case_number, day as cohort, f.stream, f.seq, f.figure, f.department, day + f.after as day, f.counted, d.item, d.department as item_department, d.window_no
from growth_dossier d cross join lateral (values
  (1, 1, 1, 0, 1, '', true), (1, 2, 2, accepted, 1, '', is_accepted), (1, 3, 3, 0, 1, '', corrected), (1, 4, 4, 2, 1, '', state = 3), (1, 5, 5, 2, 1, '', state = 12), (1, 6, 6, 2, 1, '', state = 13),
  (1, 7, 7, decided, 1, '', is_decided and ending = 'granted'), (1, 8, 8, decided, 1, '', is_decided and ending = 'denied'), (2, 9, 9, decided, 1, '', is_decided),
  (2, 9, 10, decided, 1, '', is_decided and not late), (1, 11, 11, closed, 1, '', is_closed), (1, 12, 12, delivered, 1, '', is_delivered),
  (2, 13, 13, decided, cardinality(involved), '', is_decided and not immediate), (3, 14, 14, decided, 1, '', is_decided and has_bill), (3, 14, 15, decided, fee_fen, fee_department, is_decided and has_bill),
  (3, 16, 16, closed, fee_fen, fee_department, is_closed and has_bill and not waived), (4, 17, 17, accepted + due_days * 8 / 10, 1, '', yellow and is_accepted),
  (4, 18, 18, accepted + due_days, 1, '', late and is_accepted and age > accepted + due_days), (3, 19, 19, decided, fee_fen, fee_department, is_decided and waived and has_bill),
  (3, 20, 20, closed + 5, fee_fen, fee_department, is_closed and refunded and has_bill))
  f (stream, seq, figure, after, counted, department, holds)
where f.holds;

insert into tally (centre, case_number, stream, seq, figure, department, day, n)
select 1, case_number, stream, n * 20 + seq, figure, coalesce(department, ''), day, counted from growth_tally order by n desc;

insert into rollup (centre, span, cohort, day, item, department, window_no, taken_back, received, accepted, corrected, refused, withdrawn, terminated, granted, denied, decided, on_time, closed, delivered, tasks, orders, fee_fen,
  paid_fen, yellow, red, waived_fen, refunded_fen)
select 1, 1, cohort, day, item, coalesce(nullif(department, ''), item_department), window_no, 0, sum(counted * (figure = 1)::int), sum(counted * (figure = 2)::int), sum(counted * (figure = 3)::int),
  sum(counted * (figure = 4)::int), sum(counted * (figure = 5)::int), sum(counted * (figure = 6)::int), sum(counted * (figure = 7)::int), sum(counted * (figure = 8)::int),
  sum(counted * (figure = 9)::int), sum(counted * (figure = 10)::int), sum(counted * (figure = 11)::int), sum(counted * (figure = 12)::int), sum(counted * (figure = 13)::int),
  sum(counted * (figure = 14)::int), sum(counted * (figure = 15)::int), sum(counted * (figure = 16)::int), sum(counted * (figure = 17)::int), sum(counted * (figure = 18)::int),
  sum(counted * (figure = 19)::int), sum(counted * (figure = 20)::int)
from growth_tally group by 3, 4, 5, 6, 7;

insert into rollup (centre, span, cohort, day, item, department, window_no, taken_back, received, accepted, corrected, refused, withdrawn, terminated, granted, denied, decided, on_time, closed, delivered, tasks, orders, fee_fen, paid_fen, yellow, red, waived_fen, refunded_fen)
select 1, s.span, date_trunc(of_receipt, cohort::timestamp)::date, date_trunc(of_events, day::timestamp)::date, item, department, window_no, 0, sum(received), sum(accepted), sum(corrected), sum(refused), sum(withdrawn), sum(terminated), sum(granted), sum(denied), sum(decided), sum(on_time), sum(closed), sum(delivered), sum(tasks), sum(orders), sum(fee_fen), sum(paid_fen), sum(yellow), sum(red), sum(waived_fen), sum(refunded_fen)
from rollup, (values (2::smallint, 'month', 'month'), (3, 'year', 'year'), (4, 'day', 'year')) s (span, of_receipt, of_events)
where centre = 1 and rollup.span = 1 and cohort <= current_date - ((current_setting('growth.first')::bigint - 1) / 1000)::int group by 2, 3, 4, 5, 6, 7
on conflict (centre, span, cohort, item, window_no, department, day) do update set received = rollup.received + excluded.received, accepted = rollup.accepted + excluded.accepted, corrected = rollup.corrected + excluded.corrected, refused = rollup.refused + excluded.refused, withdrawn = rollup.withdrawn + excluded.withdrawn, terminated = rollup.terminated + excluded.terminated, granted = rollup.granted + excluded.granted, denied = rollup.denied + excluded.denied, decided = rollup.decided + excluded.decided, on_time = rollup.on_time + excluded.on_time, closed = rollup.closed + excluded.closed, delivered = rollup.delivered + excluded.delivered, tasks = rollup.tasks + excluded.tasks, orders = rollup.orders + excluded.orders, fee_fen = rollup.fee_fen + excluded.fee_fen, paid_fen = rollup.paid_fen + excluded.paid_fen, yellow = rollup.yellow + excluded.yellow, red = rollup.red + excluded.red, waived_fen = rollup.waived_fen + excluded.waived_fen, refunded_fen = rollup.refunded_fen + excluded.refunded_fen;
drop table growth_tally;

-- ---- routing: a flow of each case that is no immediate one, a task of each department

insert into routing.flow (case_number, accepted_at, started_at, running_since, paused_since, stopped_at, item_version, statutory_min, parallel_min, budget_min, used_min, paused_min, centre, stages, stage, state,
  extended_days, promised_days, statutory_days, survey, open_pauses, fast_lane, item, department)
select case_number, received_at + accepted * interval '1 day', received_at + accepted * interval '1 day', case when not is_decided and not slow then received_at + accepted * interval '1 day' end,
  case when not is_decided and slow then received_at + accepted * interval '1 day' end, case when is_decided then received_at + decided * interval '1 day' end,
  version, 0, 0, days * 480, 0, 0, 1, 1, 1, case when not is_decided then 1 when ending = 'denied' then 3 else 2 end, 0, days, 2 * days, 0, (slow and not is_decided)::int, slow, item, department
from growth_dossier where is_accepted and not immediate and not called_off order by n desc;

insert into routing.task (case_number, opened_at, started_at, running_since, paused_since, stopped_at, due_at, budget_min, used_min, paused_min, centre, no, stage, action, lane, state, open_pauses, lead, counts,
  department, opinion, decided_by, assignee, left_by)
select case_number, received_at + accepted * interval '1 day', received_at + accepted * interval '1 day', case when not is_decided and not slow then received_at + accepted * interval '1 day' end,
  case when not is_decided and slow then received_at + accepted * interval '1 day' end, case when is_decided then received_at + decided * interval '1 day' end,
  case when not is_decided and not slow then received_at + (accepted + due_days) * interval '1 day' end, days * 480, 0, 0, 1, t.no, 1, 1, (not slow)::int,
  case when not is_decided then 1 when ending = 'denied' then 3 else 2 end, (slow and not is_decided)::int, t.department = d.department, true, t.department,
  case when is_decided then 'as the law says' end, case when is_decided then 'approver-' || t.department end, case when extra < 0.7 then 'approver-' || t.department end,
  case when not is_decided and extra > 0.99 then 'gone-' || t.department end
from growth_dossier d, unnest(involved) with ordinality t (department, no) where is_accepted and not immediate and not called_off order by n desc, no;

-- ---- supervision: a watch of what is open, a card of what was late or nearly so

insert into supervision.watch (centre, case_number, task, term, department, item, assignee, immediate, level, level_at, due_at, next_at, budget_min, used_min, paused_min, open_pauses, started_at, running_since,
  paused_since, began_at, days)
select 1, case_number, task, case when state = 10 then 4 when task = 0 then 1 else 6 end, department, item, case when task > 0 then 'approver-' || department end, immediate,
  case when past then 3 when near then 2 else 0 end, case when past then due_at when near then due_at - interval '1 day' end, case when not paused then due_at end,
  case when not paused and not past then due_at + interval '2 days' end, days * 480, 0, 0, paused::int, received_at, case when not paused then received_at end, case when paused then received_at end,
  case when state = 10 then received_at end, days
from (select *, due_at < current_date as past, due_at < current_date + 1 as near, state = 5 and slow as paused
      from (select *, received_at + case when state = 10 then closed + 10 else accepted + due_days end * interval '1 day' as due_at from growth_dossier where state in (4, 5, 10)) d) d,
     generate_series(0, case when state = 5 then cardinality(involved) else 0 end) task;

insert into supervision.card (centre, case_number, task, term, level, withdrawn, department, item, rule, state, issued_at, due_at, budget_min, used_min, paused_min, presses)
select 1, case_number, 0, 1, level, 0, department, item, 'H12', 1, received_at + (accepted + due_days - 3 + level) * interval '1 day', received_at + (accepted + due_days) * interval '1 day', days * 480, days * 400, 0, 0
from growth_dossier, unnest(array[2, 3]) level where is_accepted and (level = 2 and yellow or level = 3 and late and age > accepted + due_days) order by n desc;

-- ---- intake: the cases without their applicants

insert into intake.cases (centre, number, item, item_version, window_no, channel, fast_lane, summary, ticket, received_at, state, materials, granted, delivery, collector, amended, round, fee_paid, accepted_at,
  decided_at, closed_at, delivered_at)
select 1, case_number, item, version, window_no, case when window_no = 0 then 21 else 20 end, slow, 'as many others', 0, received_at, case when state = 5 and slow then 6 else state end, '\x020202', ending = 'granted',
  is_delivered::int, is_delivered::int, 0, 0, is_closed and has_bill, case when is_accepted then received_at + accepted * interval '1 day' end,
  case when is_decided then received_at + decided * interval '1 day' end, case when is_closed then received_at + closed * interval '1 day' end,
  case when is_delivered then received_at + delivered * interval '1 day' end
from growth_dossier order by n desc;

-- ---- the bills that are due, and a ticket of every third visitor

insert into charging.payment_order (centre, case_number, number, item, department, state, total_fen, waived_fen, paid_fen, refunded_fen, method, receipt, raised_at, round)
select 1, case_number, n, item, department, case when is_closed then 2 else 1 end, fee_fen, 0, case when is_closed then fee_fen else 0 end, 0, is_closed::int, case when is_closed then n else 0 end,
  received_at + decided * interval '1 day', 0
from growth_dossier where is_decided and has_bill order by n desc;

insert into visit (centre, day, queue, number, item, window_no, hour, called, served, gone, waited_ms, handled_ms)
select 1, day, department, serial, item, window_no, 8 + (speed * 9)::int, fate > 0.03, fate > 0.03, fate <= 0.03, (speed * 1800000)::bigint, (luck * 900000)::bigint
from growth_dossier where n % 3 = 0 and window_no > 0 order by n desc;

drop table growth_dossier, growth_item, growth_window;
drop function pg_temp.draw;
