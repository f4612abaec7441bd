-- SPDX-License-Identifier: Apache-2.0
-- Routing: flows, stages, tasks, and the clock of each case and branch.
begin;

\set schema routing
\ir ../../common/corridor.sql

-- ---- reference: the published flows, the working calendar

create table flow_step (
  centre      smallint not null,
  item        text     not null,
  version     integer  not null check (version >= 1),
  stage       smallint not null check (stage >= 1),
  department  text     not null,
  action      smallint not null check (action between 1 and 7),
  lead        boolean  not null,
  days        smallint not null check (days >= 0),
  counts      boolean  not null,
  primary key (centre, item, version, stage, department),
  check ((action = 7) = (department = 'CITY')),
  check (counts or action in (4, 5, 7))
);
comment on table flow_step is 'The published flow of an item. RULE H2: steps of one stage run in parallel, the next stage opens when all are done. RULE H7: one department has one task a stage.';
comment on column flow_step.version is 'RULE H11: a case follows the greatest version that is not above the version of its item.';
comment on column flow_step.department is 'CITY: RULE H18, decided by the city.';
comment on column flow_step.action is '1 review, 2 consult, 3 countersign, 4 site survey, 5 expert review, 6 decide, 7 city decision.';
comment on column flow_step.days is 'Planned working days of the branch.';
comment on column flow_step.counts is 'RULE L45: false for special procedures, during which the case''s clock is stopped.';

create table calendar_day (
  centre  smallint not null,
  day     date     not null,
  kind    smallint not null check (kind in (1, 2)),
  name_zh text     not null,
  name_en text     not null,
  primary key (centre, day)
);
comment on table calendar_day is 'RULE L82: days on which the plain week does not hold, as intake publishes them.';
comment on column calendar_day.kind is '1 holiday, 2 make-up working day.';

-- ---- cases on their way. Columns stand in order of width: these are the hall's busiest rows

create table flow (
  case_number    bigint      not null,
  accepted_at    timestamptz not null,
  started_at     timestamptz not null,
  running_since  timestamptz,
  paused_since   timestamptz,
  stopped_at     timestamptz,
  over_at        timestamptz,
  statutory_over_at timestamptz,
  parallel_over_at  timestamptz,
  extended_at    timestamptz,
  item_version   integer     not null,
  statutory_min  integer     not null,
  parallel_min   integer     not null,
  budget_min     integer     not null,
  used_min       integer     not null,
  paused_min     integer     not null,
  centre         smallint    not null,
  stages         smallint    not null,
  stage          smallint    not null,
  state          smallint    not null,
  extended_days  smallint    not null,
  promised_days  smallint    not null,
  statutory_days smallint    not null,
  survey         smallint    not null,
  open_pauses    smallint    not null,
  fast_lane      boolean     not null,
  item           text        not null,
  department     text        not null,
  primary key (centre, case_number)
) with (fillfactor = 80);
comment on table flow is 'One a case accepted for approval: where it stands, and the ledger of its clock. Deadlines are derived from the ledger, never stored.';
comment on column flow.accepted_at is 'RULE L42.1, L82: the clock starts at the opening of the next working day. RULE L32.4: of a case deemed accepted, the day of receipt.';
comment on column flow.item_version is 'RULE H11: the version the case began under.';
comment on column flow.department is 'RULE H5: the lead department, which answers for the case.';
comment on column flow.fast_lane is 'RULE H9: first in every queue.';
comment on column flow.stage is 'The open stage, from 1; the last one opened once the flow is over.';
comment on column flow.state is '1 running, 2 granted, 3 denied, 4 cancelled.';
comment on column flow.extended_days is 'RULE L42.1, L42.2: working days of the one extension; 0 until then.';
comment on column flow.extended_at is 'When the extension was granted; null until then.';
comment on column flow.promised_days is 'What its promise began with: with accepted_at, the pauses and the extension, from which its clock can be counted again.';
comment on column flow.statutory_days is 'The same of what the law allows.';
comment on column flow.survey is 'RULE L45: what its site survey is by law (pause.kind); 0: it runs inside the term.';
comment on column flow.budget_min is 'Working minutes promised.';
comment on column flow.over_at is 'The deadline of the promise, once a pause has begun after it: an expired term stays expired. Null else.';
comment on column flow.statutory_min is 'RULE L42.1: working minutes that the law allows for the item, with the one extension; 0: it sets none. The ledger is that of the promise.';
comment on column flow.parallel_min is 'RULE L42.2: working minutes that it allows where several departments act, with the one extension; 0: one acts.';
comment on column flow.used_min is 'Working minutes used before running_since. Used, paused and non-working time make up the elapsed time.';
comment on column flow.paused_min is 'RULE L45: working minutes during which it was stopped, before paused_since.';
comment on column flow.open_pauses is 'RULE L45: overlapping pauses count once.';

create index flow_open on flow (centre, case_number) where stopped_at is null;

create table task (
  case_number    bigint      not null,
  opened_at      timestamptz not null,
  started_at     timestamptz not null,
  running_since  timestamptz,
  paused_since   timestamptz,
  stopped_at     timestamptz,
  over_at        timestamptz,
  due_at         timestamptz,
  budget_min     integer     not null,
  used_min       integer     not null,
  paused_min     integer     not null,
  centre         smallint    not null,
  no             smallint    not null,
  stage          smallint    not null,
  action         smallint    not null,
  lane           smallint    not null,
  state          smallint    not null,
  open_pauses    smallint    not null,
  lead           boolean     not null,
  counts         boolean     not null,
  department     text        not null,
  opinion        text,
  decided_by     text,
  assignee       text,
  left_by        text,
  primary key (centre, case_number, no)
) with (fillfactor = 80);
comment on table task is 'One branch: what one department does in one stage, and the ledger of its clock. RULE H5: a branch sent back is the same row, open again.';
comment on column task.action is '1 review, 2 consult, 3 countersign, 4 site survey, 5 expert review, 6 decide, 7 city decision.';
comment on column task.lane is 'RULE H9: 0 the fast lane, 1 the rest; a copy of the flow''s, for the order of the work list.';
comment on column task.state is '1 open, 2 agreed, 3 disagreed, 4 cancelled.';
comment on column task.counts is 'RULE L45: false: the case''s clock is stopped while this is open.';
comment on column task.stopped_at is 'When it was decided or cancelled.';
comment on column task.over_at is 'Its deadline, once a pause has begun after it; null else.';
comment on column task.due_at is 'Derived from the clock whenever it changes while the task is open, for the order of the work list alone; null while paused.';
comment on column task.assignee is 'Who has taken it upon himself; null until somebody has. A branch sent back stays his.';
comment on column task.left_by is 'Who had it and has left; null once somebody has taken it again.';
comment on column task.opinion is 'RULE L38: who disagrees says why.';

-- The work list in its order. Updates go by primary key and name no state, so they never walk this index.
create index task_open on task (centre, department, lane, coalesce(due_at, 'infinity'), case_number, no) where state = 1;

-- What somebody who leaves has open.
create index task_assignee on task (centre, assignee) where stopped_at is null and assignee is not null;

create table pause (
  case_number   bigint      not null,
  from_at       timestamptz not null,
  to_at         timestamptz,
  centre        smallint    not null,
  no            smallint    not null,
  task          smallint    not null,
  kind          smallint    not null,
  planned_days  smallint    not null,
  department    text        not null,
  notice        text        not null,
  primary key (centre, case_number, no)
) with (fillfactor = 80);
comment on table pause is 'RULE L45: stretches in which a case''s clock is stopped, with their legal kind.';
comment on column pause.task is 'RULE H5: the branch that was sent back: nothing of it counts from its decision to its return; 0: a procedure.';
comment on column pause.kind is '0 a branch sent back, 1 hearing, 2 bidding, 3 auction, 4 inspection, 5 testing, 6 quarantine, 7 appraisal, 8 expert review, 9 joint site survey.';
comment on column pause.planned_days is 'RULE L45: the applicant is told in writing how long.';
comment on column pause.notice is 'Number of the written notice to the applicant.';
comment on column pause.department is 'Whose survey, review or branch; empty when asked for the whole case.';
comment on column pause.to_at is 'Null while open.';

-- ---- rights

grant select, insert on flow_step to :"role";
grant select, insert, update, delete on calendar_day to :"role";
grant select, insert, update on flow, task, pause to :"role";

commit;
