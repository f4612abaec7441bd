-- SPDX-License-Identifier: Apache-2.0
-- Supervision: a watch on every piece of open work, and the cards it has drawn.
begin;

\set schema supervision
\ir ../../common/corridor.sql

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

create table watch (
  centre         smallint    not null,
  case_number    bigint      not null,
  task           smallint    not null,
  term           smallint    not null,
  department     text        not null,
  item           text        not null,
  assignee       text,
  immediate      boolean     not null,
  level          smallint    not null,
  level_at       timestamptz,
  due_at         timestamptz,
  next_at        timestamptz,
  budget_min     integer     not null,
  used_min       integer     not null,
  paused_min     integer     not null,
  open_pauses    smallint    not null,
  started_at     timestamptz,
  running_since  timestamptz,
  paused_since   timestamptz,
  over_at        timestamptz,
  began_at       timestamptz,
  days           smallint    not null,
  primary key (centre, case_number, task, term)
);
comment on table watch is 'RULE H12: open work and its clock; gone when the work is done, so that it grows with what is open.';
comment on column watch.task is 'Number of the task within the case; 0: the case; of a special procedure its own number.';
comment on column watch.term is '1 the hall''s promise, 2 what the law allows (RULE L42.1), 3 what it allows several departments (RULE L42.2), 4 delivery (RULE L44), 5 a special procedure (RULE L45), 6 a step.';
comment on column watch.department is 'Who answers for it.';
comment on column watch.assignee is 'Who of the department has taken the task, as routing says it: late work is late by department and person. Null: nobody.';
comment on column watch.immediate is 'RULE H4: an item finished at the window. It and delivery (RULE L44) are watched by what intake says; all else by what routing says.';
comment on column watch.level is 'Highest card issued for it: 0 none, 2 yellow, 3 red.';
comment on column watch.level_at is 'When that level was reached.';
comment on column watch.due_at is 'The deadline, as it was last said: the evidence of a card. Null while paused.';
comment on column watch.next_at is 'When to look again; null while paused (RULE L45) or when no level is left to come.';
comment on column watch.over_at is 'The deadline, once a pause has begun after it; null else.';
comment on column watch.began_at is 'From which a clock that no other service keeps was started: of delivery, of a visit, of a procedure. Null: routing keeps it.';
comment on column watch.days is 'With how many working days it was started; 0 of a visit.';
comment on column watch.used_min is 'Working minutes used before running_since.';

create index watch_due on watch (centre, next_at) where next_at is not null;
create index watch_late on watch (centre, level, level_at) where level > 0;

create table card (
  centre       smallint    not null,
  case_number  bigint      not null,
  task         smallint    not null,
  term         smallint    not null,
  level        smallint    not null check (level in (2, 3)),
  withdrawn    smallint    not null,
  department   text        not null,
  item         text        not null,
  rule         text        not null,
  state        smallint    not null,
  issued_at    timestamptz not null,
  due_at       timestamptz not null,
  budget_min   integer     not null,
  used_min     integer     not null,
  paused_min   integer     not null,
  presses      smallint    not null,
  answer       text,
  answered_by  text,
  answered_at  timestamptz,
  withdrawn_at timestamptz,
  corrected_day    date,
  corrected_reason text,
  primary key (centre, case_number, task, term, level, withdrawn)
) with (fillfactor = 80);
comment on table card is 'RULE H12: warnings, yellow and red; by its key one stands for a case, task, term and level.';
comment on column card.withdrawn is '0: it stands; else its number among those of its key that were withdrawn when a day was corrected (RULE L82).';
comment on column card.corrected_day is 'The day by whose correction it was withdrawn.';
comment on column card.level is '2 yellow, 3 red.';
comment on column card.rule is 'The clause the card stands on.';
comment on column card.state is '1 issued, 2 pressed, 3 answered.';
comment on column card.issued_at is 'The instant the level was reached, derived; however late it was noticed.';
comment on column card.due_at is 'The deadline it was measured against; with the minutes budgeted, used and paused, the card''s evidence.';

-- The department first: else the index looks as cheap as the key while the table is empty.
create index card_department on card (department, centre, issued_at);

grant select, insert, update, delete on calendar_day, watch, card to :"role";

commit;
