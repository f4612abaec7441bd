-- SPDX-License-Identifier: Apache-2.0
-- Gateway: people, their sessions and sign-ins, tokens of machines, notices, and what was answered to changes of these. It says nothing, so it has no journal. Its instants are of the
-- wall clock, for how long a session lives is no business time; but for those of notices.
begin;

create schema gateway;
comment on schema gateway is 'Who works in the hall and what proves it; read and written by the gateway alone.';
grant usage on schema gateway to onedoor_gateway;
set search_path = gateway;

create table person (
  centre       smallint    not null,
  name         text        not null check (name ~ '^[a-z0-9.-]{2,40}$'),
  full_name    text        not null,
  role         smallint    not null check (role between 1 and 13 and role <> 12),
  department   text        not null,
  window_no    integer     not null check (window_no between 0 and 9999),
  password     text        not null,
  must_change  boolean     not null,
  shut_out     boolean     not null,
  made_at      timestamptz not null,
  signed_in_at timestamptz,
  primary key (centre, name)
) with (fillfactor = 80);
comment on table person is 'RULE H21: people and what they may be. They are shut out, never deleted: journals name them.';
comment on column person.name is 'What one signs in as, and the staff number in journals.';
comment on column person.role is 'onedoor.Role: 1 public, 2 window clerk, 3 approver, 4 department lead, 5 cashier, 6 supervisor, 7 complaint officer, 8 business manager, 9 report reader, 10 administrator, 11 city desk, 13 head of the government.';
comment on column person.department is 'Code of the department whose cases are all one sees; empty for hall staff and the public.';
comment on column person.password is 'argon2id with its parameters and salt, as libsodium writes it.';
comment on column person.must_change is 'The password was given by somebody else: nothing is possible before it is changed.';

create table session (
  centre  smallint    not null,
  id      bigint      not null generated always as identity,
  hash    bytea       not null,
  person  text        not null,
  address text        not null,
  made_at timestamptz not null,
  seen_at timestamptz not null,
  ends_at timestamptz not null,
  primary key (centre, hash)
) with (fillfactor = 80);
comment on table session is 'Who is signed in. Deleted when it ends.';
comment on column session.id is 'By which its person ends it.';
comment on column session.hash is 'BLAKE2b-256 of the secret in the cookie, which is kept nowhere.';
comment on column session.seen_at is 'Last recognised by the register; a session that is idle for long ends.';
create index session_person on session (centre, person);

create table second_factor (
  centre    smallint    not null,
  person    text        not null,
  secret    bytea,
  pending   bytea,
  last_step bigint      not null,
  made_at   timestamptz not null,
  primary key (centre, person)
);
comment on table second_factor is 'Authenticators (RFC 6238) whose codes people give beside their passwords.';
comment on column second_factor.secret is 'Sealed under a key of the gateway; null: none was confirmed yet.';
comment on column second_factor.pending is 'Sealed likewise: shown to its person, and not confirmed yet.';
comment on column second_factor.last_step is 'Of the last code that was used; only later ones are good.';

create table recovery_code (
  centre smallint not null,
  person text     not null,
  hash   bytea    not null,
  primary key (centre, person, hash)
);
comment on table recovery_code is 'What stands in for an authenticator that was lost; deleted when used.';
comment on column recovery_code.hash is 'BLAKE2b-256 of the code, which was shown once.';

create table device (
  centre  smallint    not null,
  hash    bytea       not null,
  person  text        not null,
  made_at timestamptz not null,
  used_at timestamptz not null,
  primary key (centre, hash, person)
);
comment on table device is 'Browsers with which people have signed in. Wrong passwords from elsewhere do not hold them up.';
comment on column device.hash is 'BLAKE2b-256 of the secret in the cookie, which is kept nowhere.';

create table token (
  centre     smallint    not null,
  name       text        not null,
  hash       bytea       not null,
  role       smallint    not null check (role between 1 and 13 and role not in (10, 12)),
  department text        not null,
  window_no  integer     not null,
  made_at    timestamptz not null,
  ends_at    timestamptz not null,
  used_at    timestamptz,
  made_by    text        not null,
  primary key (centre, name)
);
comment on table token is 'What lets a machine ask without a session. Never an administrator''s.';
comment on column token.hash is 'BLAKE2b-256 of the secret, which was shown once.';
create unique index token_hash on token (centre, hash);

create table sign_in (
  centre  smallint    not null,
  id      bigint      not null generated always as identity,
  at      timestamptz not null,
  name    text        not null,
  result  smallint    not null check (result in (1, 2, 4, 5, 6)),
  address text        not null,
  device  bytea,
  primary key (centre, id)
);
comment on table sign_in is 'RULE H21: every attempt to sign in, also by names that nobody has, but for those refused unheard (denial). How long the next attempt waits follows from it and is kept nowhere else. Deleted after record_kept_days.';
comment on column sign_in.result is '1 signed in, 2 failed, 4 an administrator gave a new password, 5 right password without a code of the second factor, 6 an administrator took away the second factor.';
comment on column sign_in.device is 'BLAKE2b-256 of the secret in the device''s cookie, when the person has signed in with it before.';
create index sign_in_name on sign_in (centre, name, at);
create index sign_in_address on sign_in (centre, address, at) where device is null;
create index sign_in_page on sign_in (centre, name, id);

create table denial (
  centre       smallint    not null,
  id           bigint      not null generated always as identity,
  day          date        not null,
  kind         smallint    not null check (kind between 1 and 13),
  name         text        not null,
  address      text        not null,
  what         text        not null,
  case_number  bigint      not null,
  times        bigint      not null check (times > 0),
  first_at     timestamptz not null,
  last_at      timestamptz not null,
  primary key (centre, day, name, address, kind, what, case_number)
) with (fillfactor = 80);
comment on table denial is 'RULE H21: what was refused, to whom and how often on a day. However many ask, a day has denials_a_day rows at most, and one who asks denials_each; beyond that only the kind is counted. Deleted after record_kept_days.';
comment on column denial.kind is 'onedoor.gateway.DenialKind.';
comment on column denial.name is 'Account or token, and of a sign-in the name that was tried; empty: nobody was signed in.';
comment on column denial.address is 'Empty, with the name: those for which there was no place.';
comment on column denial.what is 'Method and path of the request, without what is asked for; at the door of a service its name, or the message and the person.';
create unique index denial_page on denial (centre, id);
create index denial_name on denial (centre, name, id);
create index denial_address on denial (centre, address, id);

create table right_change (
  centre             smallint    not null,
  id                 bigint      not null generated always as identity,
  at                 timestamptz not null,
  event              smallint    not null check (event between 1 and 9),
  who                text        not null,
  made_by            text        not null,
  role_before        smallint,
  department_before  text,
  window_before      integer,
  shut_out_before    boolean,
  role_after         smallint,
  department_after   text,
  window_after       integer,
  shut_out_after     boolean,
  primary key (centre, id)
);
comment on table right_change is 'RULE H21: each change of what a person or a token may do, with the rights before and after, and of what proves who it is; insert only.';
comment on column right_change.event is 'onedoor.gateway.RightEvent.';
comment on column right_change.who is 'Account, or "token:" and the name of a token.';
comment on column right_change.made_by is 'Likewise; empty: with ./onedoor on the hall''s own machine.';
comment on column right_change.role_before is 'Null, with the three others: there were no rights before, or the event changes none.';
create index right_change_who on right_change (centre, who, id);

create table notice (
  centre     smallint    not null,
  notice     bigint      not null generated always as identity,
  text_zh    text        not null check (text_zh <> ''),
  text_en    text        not null,
  from_at    timestamptz not null,
  to_at      timestamptz not null,
  made_by    text        not null,
  removed_by text,
  removed_at timestamptz,
  primary key (centre, notice),
  check (from_at < to_at)
);
comment on table notice is 'What the hall says to everybody on its displays, in business time. What was published stays on record.';
comment on column notice.text_en is 'Empty: the Chinese text is shown to all.';
comment on column notice.removed_by is 'Who took it down before its time; null: nobody.';
create index notice_shown on notice (centre, to_at) where removed_by is null;

create table answer (
  centre   smallint    not null,
  asker    text        not null,
  key      bytea       not null,
  digest   bytea       not null,
  reply    bytea       not null,
  done_at  timestamptz not null,
  primary key (centre, asker, key)
);
comment on table answer is 'Changes of the register and the notices that were done, by who asked and the Idempotency-Key: the same again gets the same answer, whatever happened in between. Deleted after keys_kept_days.';
comment on column answer.asker is 'Name of the person, or "token:" and the name of the token.';
comment on column answer.key is 'BLAKE2b-256 of the Idempotency-Key, which is kept nowhere.';
comment on column answer.digest is 'BLAKE2b-256 of what was asked; another digest under the same key is refused.';
comment on column answer.reply is 'onedoor.Reply, sealed under the Idempotency-Key: it may hold a one-time password or the secret of a token.';
create index answer_done on answer (centre, done_at);

grant select, insert on right_change to onedoor_gateway;
grant select, insert, update on person, notice to onedoor_gateway;
grant select, insert, update, delete on session, device, second_factor, recovery_code to onedoor_gateway;
grant select, insert, update, delete on token to onedoor_gateway;
grant select, insert, delete on answer to onedoor_gateway;
grant select, insert, delete on sign_in to onedoor_gateway;
grant select, insert, update, delete on denial to onedoor_gateway;

commit;
