-- SPDX-License-Identifier: Apache-2.0
-- The tables every service has for the corridor (common/): command keys, approvals, journal, cursors, parked events, counters, walks.
-- Included by each service's schema with the psql variable `schema` set; the service's role is onedoor_<schema>.

select 'onedoor_' || :'schema' as role \gset

create schema :"schema";
grant usage on schema :"schema" to :"role";
set search_path = :"schema";

create table command (
  centre     smallint    not null,
  id         uuid        not null,
  digest     bytea       not null,
  reply      bytea       not null,
  done_at    timestamptz not null,
  primary key (centre, id)
);
comment on table command is 'Commands done, by idempotency key: the same id with the same request gets the same reply, whatever happened in between.';
comment on column command.digest is 'BLAKE2b-256 of type, actor and body, in intake hashed again with a secret; another digest under the same id is refused.';
comment on column command.reply is 'The frame sent; sealed if it shows personal data.';
create index command_done on command using brin (done_at);

create table approval (
  centre            smallint    not null,
  case_number       bigint      not null,
  no                integer     not null,
  type              text        not null,
  body              bytea       not null,
  asker             text        not null,
  asker_role        smallint    not null,
  asker_department  text        not null,
  asker_window      integer     not null,
  asked_at          timestamptz not null,
  roles             integer     not null,
  subject           text        not null,
  detail            text        not null,
  reason            text        not null,
  fen               bigint      not null,
  days              integer     not null,
  state             smallint    not null,
  lapses_at         timestamptz,
  answerer          text        check (answerer <> asker or state = 4),
  answered_at       timestamptz,
  answer            text,
  dismissed_at      timestamptz,
  primary key (centre, case_number, no)
);
comment on table approval is 'RULE H22: commands that a second person must agree to, as they were asked, and what was answered. A command agreed to was done in the same transaction.';
comment on column approval.body is 'The command, packed: run again with both persons once it is agreed to. Of a command with personal data sealed, and emptied once it is over.';
comment on column approval.roles is 'Who may agree: a bit for each onedoor.Role. A person of a department answers its own people alone.';
comment on column approval.state is '1 asked, 2 agreed and done, 3 refused, 4 withdrawn by the asker, 5 lapsed.';
comment on column approval.lapses_at is 'Null once it is over.';
comment on column approval.dismissed_at is 'When the asker had read the answer; null: it is still in his list.';
create index approval_due on approval (centre, lapses_at) where lapses_at is not null;

create table journal_head (
  centre     smallint not null primary key,
  epoch      integer  not null,
  seq        bigint   not null,
  hash       bytea    not null
);
comment on table journal_head is 'Where the journal stands: the next event is seq + 1. Moved by compare-and-set in the transaction of the events.';
comment on column journal_head.epoch is 'Raised at a restore (event Restored), so that followers notice a rewound log.';

create table journal (
  centre      smallint    not null,
  seq         bigint      not null,
  epoch       integer     not null,
  type        text        not null,
  version     integer     not null,
  case_number bigint      not null,
  at          timestamptz not null,
  actor       text        not null,
  payload     bytea       not null,
  hash        bytea       not null,
  trace       bytea,
  primary key (centre, seq, at)
) partition by range (at);
comment on table journal is 'Everything the service said, gapless and in order, partitioned by month; insert only.';
comment on column journal.hash is 'BLAKE2b-256 of the previous hash and every field but the trace: a changed row breaks the chain.';
comment on column journal.trace is 'Of the request that led to it, where it came with one: 16 bytes of its trace and 8 of the span. It says nothing about the case.';
comment on column journal.case_number is '0: concerns no case.';

create table cursor (
  centre     smallint not null,
  stream     text     not null,
  epoch      integer  not null,
  seq        bigint   not null,
  hash       bytea    not null,
  primary key (centre, stream)
);
comment on table cursor is 'How far each followed journal has been digested; moved by compare-and-set in the transaction of the effects.';

create table parked (
  centre      smallint    not null,
  case_number bigint      not null,
  stream      text        not null,
  seq         bigint      not null,
  type        text        not null,
  at          timestamptz not null,
  actor       text        not null,
  payload     bytea       not null,
  reason      text        not null,
  primary key (centre, case_number, stream, seq)
);
comment on table parked is 'Events that could not be digested, and the later ones of their cases, held until an operator asks for them to be tried again.';

create table counter (
  centre     smallint not null,
  name       text     not null,
  value      bigint   not null,
  primary key (centre, name)
) with (fillfactor = 50);
comment on table counter is 'Gapless numbers this service gives out (serials, receipts), moved in the transaction that uses them.';

create table skipped (
  centre     smallint    not null,
  name       text        not null,
  first      bigint      not null,
  last       bigint      not null check (last >= first),
  at         timestamptz not null,
  primary key (centre, name, first)
);
comment on table skipped is 'Numbers of a counter that are not in this database and are never given out again: at a restore, others stood on paper with them, or may have.';

create table walk (
  centre        smallint    not null,
  no            integer     not null,
  name          text        not null,
  subject       bytea       not null,
  begun_at      timestamptz not null,
  key_1         bigint      not null,
  key_2         bigint      not null,
  key_3         bigint      not null,
  met           bigint      not null,
  changed       bigint      not null,
  changed_parts bigint      not null,
  primary key (centre, no)
);
comment on table walk is 'Work over all open rows of a table that is under way, such as deadlines by a new calendar: done a slice at a time, in key order, the least number first; gone when it is done.';
comment on column walk.subject is 'What the walk is about, as the service packs it.';
comment on column walk.key_1 is 'Key of the last row met, behind the centre; -1 before the first.';
comment on column walk.met is 'Rows so far; of them so many were changed, and so many of what goes with them.';

grant select, insert, update, delete on walk to :"role";
grant select, insert, delete on command, parked to :"role";
grant select, insert, update on journal_head, cursor, counter to :"role";
grant select, insert on journal, approval to :"role";
grant update (body, state, lapses_at, answerer, answered_at, answer, dismissed_at) on approval to :"role";
