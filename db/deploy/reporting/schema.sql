-- SPDX-License-Identifier: Apache-2.0
-- Reporting: dossiers, timelines and rollups, made of what the other services say. "window" is a word of SQL, hence window_no.
begin;

\set schema reporting
\ir ../../common/corridor.sql

-- ---- reference

create table calendar_day (
  centre  smallint not null,
  day     date     not null,
  kind    smallint not null check (kind in (1, 2)),
  name_zh text     not null,
  name_en text     not null,
  primary key (centre, day)
);
comment on table calendar_day is 'RULE L82: days on which the plain week does not hold, as intake publishes them: a deadline beyond their last year is provisional.';
comment on column calendar_day.kind is '1 holiday, 2 make-up working day.';

create table hall_window (
  centre      smallint not null,
  number      integer  not null check (number > 0),
  floor       smallint not null,
  department  text     not null,
  kind        text     not null check (kind in ('department', 'consultation', 'charging', 'complaint', 'office')),
  status      text     not null check (status in ('open', 'vacant', 'closed')),
  name_zh     text     not null,
  primary key (centre, number)
);
comment on table hall_window is 'RULE H19: the windows of the hall, so that those with no business are seen as such.';
comment on column hall_window.floor is '0: not known, of a window set up since the hall opened.';
comment on column hall_window.department is 'Empty at the hall''s own desks.';

-- ---- cases

create table dossier (
  centre        smallint    not null,
  case_number   bigint      not null,
  item          text,
  department    text,
  window_no     integer     not null,
  summary       text,
  fast_lane     boolean     not null,
  state         smallint    not null,
  outcome       smallint    not null,
  corrections   smallint    not null,
  received_at   timestamptz,
  accepted_at   timestamptz,
  decided_at    timestamptz,
  closed_at     timestamptz,
  delivered_at  timestamptz,
  paused        boolean     not null,
  due_at        timestamptz,
  done_at       timestamptz,
  tasks         smallint    not null,
  involved      text        not null,
  orders        smallint    not null,
  fee_fen       bigint      not null,
  paid_fen      bigint      not null,
  waived_fen    bigint      not null,
  refunded_fen  bigint      not null,
  yellow        smallint    not null,
  red           smallint    not null,
  primary key (centre, case_number)
) with (fillfactor = 50);
-- Half empty pages, because a case is updated several times soon after it came: so nearly every update stays in its page and writes no index.
comment on table dossier is 'A case as the hall tells of it; no personal data (RULE H21). Each stream writes columns of its own, so that their order between each other does not matter.';
comment on column dossier.item is 'Null while the receipt of the case has not been heard; department and summary too.';
comment on column dossier.window_no is 'That took the case in; 0: none.';
comment on column dossier.state is '0 receipt not heard, 1 received, 2 correction, 3 refused, 4 accepted, 5 in approval (with paused: suspended), 7 granted, 8 denied, 9 payment due, 10 closed, 11 delivered, 12 withdrawn, 13 terminated.';
comment on column dossier.involved is 'RULE H21: departments that have or had a task on the case, and so see it; codes, a space between two.';
comment on column dossier.outcome is '0 undecided, 1 granted, 2 denied.';
comment on column dossier.accepted_at is 'RULE L32.4: as of the day of receipt when deemed accepted.';
comment on column dossier.due_at is 'Deadline as last derived; null while paused (RULE L45) or never accepted.';
comment on column dossier.done_at is 'When a decision stopped the case''s clock.';
comment on column dossier.tasks is 'Tasks that stand decided.';
comment on column dossier.fee_fen is 'What the order came to by the standard.';

-- What a case is of, and when it came: set when it is heard of and not changed, so an update of the dossier does not write it. Searches
-- by whatever else are led by the rollups to days of receipt and items (services/reporting/guide.h).
create index dossier_item on dossier (item, received_at, case_number);

create table timeline (
  centre       smallint    not null,
  case_number  bigint      not null,
  stream       smallint    not null,
  seq          bigint      not null,
  at           timestamptz not null,
  type         text        not null,
  actor        text        not null,
  department   text        not null,
  text         text        not null,
  primary key (centre, case_number, stream, seq)
);
comment on table timeline is 'Every event of a case, for people; insert only. Read by at, stream, seq.';
comment on column timeline.stream is 'Whose journal: 1 intake, 2 routing, 3 charging, 4 supervision.';
comment on column timeline.actor is 'Staff id, or system.';

-- ---- figures: the same measures in the rollup, case by case, and over the dossiers

create table rollup (
  centre      smallint not null,
  span        smallint not null check (span between 1 and 4),
  cohort      date     not null,
  item        text     not null,
  window_no   integer  not null,
  department  text     not null,
  day         date     not null,
  taken_back  integer  not null,
  received    bigint   not null,
  accepted    bigint   not null,
  corrected   bigint   not null,
  refused     bigint   not null,
  withdrawn   bigint   not null,
  terminated  bigint   not null,
  granted     bigint   not null,
  denied      bigint   not null,
  decided     bigint   not null,
  on_time     bigint   not null,
  closed      bigint   not null,
  delivered   bigint   not null,
  tasks       bigint   not null,
  orders      bigint   not null,
  fee_fen     bigint   not null,
  paid_fen    bigint   not null,
  yellow      bigint   not null,
  red         bigint   not null,
  waived_fen   bigint   not null,
  refunded_fen bigint   not null,
  primary key (centre, span, cohort, item, window_no, department, day)
) with (fillfactor = 80);
comment on table rollup is 'What happened on a day, by item, department and window, to the cases received on another (or the same). Kept by differences; its sum is that of view dossier_figures.';
comment on column rollup.span is '1 a day, 2 a month, 3 a year: of both days, which are then the first of it; 4: of a day of receipt and a year of events. So long sums are of few rows.';
comment on column rollup.cohort is 'Day of receipt, as the case numbers begin: the rows an event counts in are known from its case number.';
comment on column rollup.department is 'RULE L59: of money the department whose fee it is; of all else the item''s.';
comment on column rollup.day is 'Day of the events counted.';
comment on column rollup.taken_back is 'A bit for each figure (1 << its number in tally) of which an event took something back: of 0 there may be cases.';
comment on column rollup.received is 'Cases taken in: intake.CaseReceived.';
comment on column rollup.accepted is 'Cases accepted, deemed so or not: intake.CaseAccepted, on the day as of which it holds.';
comment on column rollup.corrected is 'Cases once asked for a correction: intake.CorrectionAsked.';
comment on column rollup.refused is 'Cases not accepted: intake.CaseRefused.';
comment on column rollup.withdrawn is 'Cases withdrawn: intake.CaseWithdrawn.';
comment on column rollup.terminated is 'Cases ended by the hall undecided: intake.CaseTerminated.';
comment on column rollup.granted is 'Cases granted: intake.CaseGranted.';
comment on column rollup.denied is 'Cases denied: intake.CaseDenied.';
comment on column rollup.decided is 'Cases whose clock a decision stopped: routing.FlowGranted, FlowDenied; of an immediate item intake.CaseGranted, CaseDenied.';
comment on column rollup.on_time is 'Of those decided, not after the deadline of that clock.';
comment on column rollup.closed is 'Cases closed: intake.CaseClosed.';
comment on column rollup.delivered is 'Results handed over: intake.CaseDelivered.';
comment on column rollup.tasks is 'Tasks that stand decided: routing.TaskDecided, one less on TaskReturned.';
comment on column rollup.orders is 'Payment orders made, those that come to nothing too: charging.OrderRaised, OrderNothingDue.';
comment on column rollup.fee_fen is 'What orders came to by the standard, waivers not taken off: charging.OrderRaised.';
comment on column rollup.paid_fen is 'What was paid, refunds not taken off: charging.OrderPaid.';
comment on column rollup.waived_fen is 'What was given up on a legal basis before payment: charging.OrderWaived.';
comment on column rollup.refunded_fen is 'What was given back of what was paid: charging.OrderRefunded.';
comment on column rollup.yellow is 'Yellow cards of cases and tasks: supervision.CardIssued, on the day the level was reached.';
comment on column rollup.red is 'Red cards of cases and tasks: the same.';

create index rollup_day on rollup (centre, day) where span = 1;

create table tally (
  centre       smallint not null,
  case_number  bigint   not null,
  stream       smallint not null,
  seq          bigint   not null,
  figure       smallint not null,
  department   text     not null,
  day          date     not null,
  n            bigint   not null check (n <> 0),
  primary key (centre, case_number, stream, seq, figure, department)
);
comment on table tally is 'What each event of a case has added to a figure: the rollup, case by case, so that the cases behind any figure are found; insert only. Of a case whose receipt has not been heard it is in no rollup yet.';
comment on column tally.figure is 'reporting.Figure: 1 received, 2 accepted, 3 corrected, 4 refused, 5 withdrawn, 6 terminated, 7 granted, 8 denied, 9 decided, 10 on time, 11 closed, 12 delivered, 13 tasks, 14 orders, 15 fee_fen, 16 paid_fen, 17 yellow, 18 red, 19 waived_fen, 20 refunded_fen.';
comment on column tally.department is 'RULE L59: whose money it is; empty: counted for the department of the item.';
comment on column tally.day is 'Day of the event, as in the rollup.';
comment on column tally.n is 'Less than 0 where something is taken back: a task returned.';

create table standing (
  centre       smallint    not null,
  case_number  bigint      not null,
  state        smallint    not null,
  since_at     timestamptz not null,
  primary key (centre, case_number)
) with (fillfactor = 50);
comment on table standing is 'Cases that are not over: open, or closed and their result not fetched. What the displays in the hall ask for every few seconds is read from here, and so grows with these cases alone.';
comment on column standing.state is 'As in dossier.';
comment on column standing.since_at is 'When the case came into that state.';

create index standing_state on standing (centre, state, since_at);

create table visit (
  centre      smallint not null,
  day         date     not null,
  queue       text     not null,
  number      integer  not null,
  item        text     not null,
  window_no   integer  not null,
  hour        smallint not null check (hour between 0 and 23),
  called      boolean  not null,
  served      boolean  not null,
  gone        boolean  not null,
  waited_ms   bigint   not null,
  handled_ms  bigint   not null,
  primary key (centre, day, queue, number)
);
comment on table visit is 'RULE H16: how long each visitor with a ticket waited in a queue, and was at a window; nobody''s name.';
comment on column visit.queue is 'A department, or the hall''s own desks of one kind.';
comment on column visit.item is 'Empty: the ticket was taken for a window.';
comment on column visit.window_no is 'That called it last; 0: none did.';
comment on column visit.hour is 'Of its first call; of one that was never called, when it was over.';
comment on column visit.served is 'Also when sent on to another queue.';

create view dossier_figures as
select centre, case_number, item, department, window_no,
       (received_at is not null)::int::bigint             as received,
       (accepted_at is not null)::int::bigint             as accepted,
       (corrections > 0)::int::bigint                     as corrected,
       (state = 3)::int::bigint                           as refused,
       (state = 12)::int::bigint                          as withdrawn,
       (state = 13)::int::bigint                          as terminated,
       (outcome = 1)::int::bigint                         as granted,
       (outcome = 2)::int::bigint                         as denied,
       (done_at is not null)::int::bigint                 as decided,
       coalesce(done_at <= due_at, false)::int::bigint    as on_time,
       (closed_at is not null)::int::bigint               as closed,
       (delivered_at is not null)::int::bigint            as delivered,
       tasks::bigint                                      as tasks,
       orders::bigint                                     as orders,
       fee_fen, paid_fen,
       yellow::bigint                                     as yellow,
       red::bigint                                        as red,
       waived_fen, refunded_fen
  from dossier
 where item is not null;
comment on view dossier_figures is 'What each case has brought to the figures: summed by item and window it equals the rollup, whatever the days.';

grant select on dossier_figures to :"role";
grant select, insert, update, delete on calendar_day to :"role";
grant select, insert, update on hall_window, dossier, rollup, visit to :"role";
grant select, insert on timeline, tally to :"role";
grant select, insert, update, delete on standing to :"role";

commit;
