-- SPDX-License-Identifier: Apache-2.0
-- Intake: the catalogue, cases, applicants, materials received, results and their delivery.
-- "case" and "window" are words of SQL, hence the tables' plurals.
begin;

\set schema intake
\ir ../../common/corridor.sql

-- ---- the catalogue

create table department (
  centre   smallint not null,
  code     text     not null,
  name_zh  text     not null,
  name_en  text     not null,
  presence text     not null check (presence in ('stationed', 'vacant', 'withdrawn')),
  floor    smallint not null check (floor between 0 and 99),
  note_zh  text     not null,
  note_en  text     not null,
  primary key (centre, code)
);
comment on table department is 'The departments of the hall.';
comment on column department.presence is 'stationed; vacant: nobody at its post, its tasks are worked from its own desk; withdrawn: it has left the hall.';
comment on column department.floor is '0: not said.';
comment on column department.note_zh is 'What the hall says of its business; empty: nothing.';

create table windows (
  centre      smallint not null,
  number      smallint not null check (number > 0),
  department  text     not null,
  kind        text     not null check (kind in ('department', 'consultation', 'charging', 'complaint', 'office')),
  status      text     not null check (status in ('open', 'vacant', 'closed')),
  name_zh     text     not null,
  name_en     text     not null,
  floor       smallint not null check (floor between 0 and 99),
  telephone   text,
  source      smallint not null check (source in (0, 2)),
  primary key (centre, number)
);
comment on table windows is 'RULE H1: any window of the right department takes a case in.';
comment on column windows.department is 'Empty at the hall''s own desks.';
comment on column windows.source is '0 as the hall has it; 2 assumed, until the window is set.';
comment on column windows.floor is '0: not said.';
comment on column windows.telephone is 'Null: the hall''s own.';

create table slip_key (
  centre  smallint not null primary key,
  key     bytea    not null check (length(key) = 32)
);
comment on table slip_key is 'RULE H21: what the codes on slips are derived with. Who has it can open the progress of any case.';

create table item (
  centre             smallint not null,
  code               text     not null,
  version            smallint not null check (version > 0),
  department         text     not null,
  name_zh            text     not null,
  name_en            text     not null,
  applicant          smallint not null check (applicant in (0, 1, 2)),
  immediate          boolean  not null,
  statutory_days     smallint not null check (statutory_days between 1 and 90),
  promised_days      smallint not null check (promised_days between 0 and statutory_days),
  decision_level     text     not null check (decision_level in ('district', 'city')),
  result             text     not null,
  window_can_finish  boolean  not null,
  has_fee            boolean  not null,
  survey             smallint    not null check (survey in (0, 4, 5, 6, 7)),
  offered            boolean  not null,
  by_department      boolean  not null,
  conditions         text,
  basis              text,
  source             smallint not null check (source between 0 and 2),
  published_at       timestamptz,
  published_by       text,
  seq                smallint not null check (seq between 1 and 9999),
  suspended          boolean  not null,
  valid_from         date     not null,
  decision           text,
  decided_on         date,
  quantity           text,
  procedure          text,
  special            text,
  hours              text,
  place              text,
  telephone          text,
  online             text,
  base_code          text,
  implementation_code text,
  business_code      text,
  primary key (centre, code, version),
  check ((decision is null) = (decided_on is null))
);
comment on table item is 'RULE H11: items in their versions; insert only. A case is begun under the version in force and keeps it.';
comment on column item.applicant is 'Whom it is for: 0 anyone, 1 persons, 2 organisations.';
comment on column item.immediate is 'RULE H4: done at the window (即办件) when window_can_finish is true too; otherwise promised (承诺件).';
comment on column item.promised_days is 'Working days; never above statutory_days. RULE H9: the fast lane has half of them, rounded up.';
comment on column item.has_fee is 'RULE L58: whether a published standard sets a fee.';
comment on column item.offered is 'False: with this version the item has left the hall.';
comment on column item.by_department is 'Not applied for: its department begins the case (a penalty).';
comment on column item.conditions is 'RULE L30: when it is granted, a condition a line; null: not given.';
comment on column item.basis is 'RULE L30: legal basis; null: not given.';
comment on column item.source is '0 published by this hall; 1 its name was published by a hall, limits, flow, materials and fees are samples; 2 all of it is assumed.';
comment on column item.published_at is 'Null: it came with the hall.';
comment on column item.survey is 'RULE L45: what its site survey is by law: 4 inspection, 5 testing, 6 quarantine, 7 appraisal; 0: none of these, so it runs inside the term.';
comment on column item.published_by is 'Staff number of who published it; null: it came with the hall.';

comment on column item.seq is 'Its place in the list of its department.';
comment on column item.suspended is 'Offered, and for the time being nothing is taken in.';
comment on column item.valid_from is 'RULE H11: date of effect, never before that of the version before it. In force is the greatest version whose date has come.';
comment on column item.decision is 'RULE H11: number of the decision by which it was published; null: it came with the hall.';
comment on column item.decided_on is 'Date of the decision.';
comment on column item.quantity is 'RULE L30: of licences, where it is limited; null, as of those that follow: not given.';
comment on column item.special is 'Special procedures, and how long they take.';
comment on column item.base_code is 'As in the national directory, like the two that follow.';

create table item_fee (
  centre       smallint not null,
  item         text     not null,
  fee          text     not null,
  valid_from   date     not null,
  valid_to     date,
  counts_units boolean  not null,
  counts_days  boolean  not null,
  primary key (centre, item, fee, valid_from)
);
comment on table item_fee is 'RULE H8: the fee standards of the items, which charging has whole: a case declares what they count, 0 when there is nothing of it.';
comment on column item_fee.valid_to is 'First day no longer in force; null: no end.';
comment on column item_fee.counts_units is 'False: a fixed fee.';
comment on column item_fee.counts_days is 'Besides units: an area for so many days.';

create table material (
  centre    smallint not null,
  item      text     not null,
  version   smallint not null,
  seq       smallint not null check (seq between 1 and 64),
  name_zh   text     not null,
  name_en   text     not null,
  form      text     not null,
  copies    smallint not null check (copies between 1 and 99),
  required  boolean  not null,
  source    text,
  note      text,
  primary key (centre, item, version, seq)
);
comment on table material is 'RULE L30, L31: the full list of what an item needs; nothing else may be asked for. Numbered from 1 without gaps.';
comment on column material.form is 'original, copy, electronic, or a form to be filled in.';
comment on column material.source is 'Who issues it; null: not given.';
comment on column material.note is 'How it is filled in and what is looked at; null: nothing.';

create table calendar_day (
  centre  smallint not null,
  day     date     not null,
  kind    smallint not null check (kind in (1, 2)),
  name_zh text     not null,
  name_en text     not null,
  primary key (centre, day)
);
comment on table calendar_day is 'RULE L82: days on which the plain week does not hold.';
comment on column calendar_day.kind is '1 statutory holiday, 2 make-up working day.';

-- ---- cases

create table cases (
  centre            smallint    not null,
  number            bigint      not null,
  item              text        not null,
  item_version      smallint    not null,
  window_no         smallint    not null,
  channel           smallint    not null,
  fast_lane         boolean     not null,
  summary           text,
  ticket            integer     not null,
  facts             bytea,
  received_at       timestamptz not null,
  state             smallint    not null check (state between 1 and 13),
  materials         bytea       not null,
  papers            bytea,
  granted           boolean     not null,
  delivery          smallint    not null,
  delivery_receipt  text,
  collector         smallint    not null,
  amended           smallint    not null,
  round             smallint    not null,
  fee_paid          boolean     not null,
  answer_due_at     timestamptz,
  asked_at          timestamptz,
  accepted_at       timestamptz,
  decided_at        timestamptz,
  closed_at         timestamptz,
  delivered_at      timestamptz,
  primary key (centre, number)
) with (fillfactor = 80);
comment on table cases is 'A case from the door to delivery. Each change of state is a row of the moves table (services/intake/moves.c); a closed case changes by delivery alone, unless two persons take the decision back.';
comment on column cases.number is 'YYMMDD, serial of the day, check digit; read out as 220113-000042-7.';
comment on column cases.item_version is 'RULE H11: the version it began under, kept to the end.';
comment on column cases.window_no is 'RULE H1: where it came in; 0: at no window.';
comment on column cases.channel is 'RULE L29: 20 at a window, 21 online, 22 mobile, 25 by letter.';
comment on column cases.fast_lane is 'RULE H9.';
comment on column cases.summary is 'What it is about; no personal data (RULE H21).';
comment on column cases.ticket is 'Number of the visitor''s ticket on that day; 0: none.';
comment on column cases.facts is 'RULE H8: what the fee standard asks about the case, as onedoor.FeeFacts; null: nothing was said.';
comment on column cases.state is '1 received, 2 correction, 3 refused, 4 accepted, 5 in approval, 6 suspended, 7 granted, 8 denied, 9 payment due, 10 closed, 11 delivered, 12 withdrawn, 13 terminated.';
comment on column cases.materials is 'Copies handed in, one byte a material of the item''s list, in its order; the view material_in spells it out.';
comment on column cases.papers is 'RULE L32.3, L32.4: papers found wrong, or mended on the spot, as onedoor.intake.Papers; null: none.';
comment on column cases.granted is 'How it was decided; says nothing before decided_at.';
comment on column cases.delivery is '0 not yet, 1 handed over, 2 posted, 3 electronic.';
comment on column cases.collector is '0 nobody, 1 the applicant, 2 the agent, 3 another agent; who he is: collection.';
comment on column cases.amended is 'How often something was put right (amendment).';
comment on column cases.round is 'How often something was taken back, or its facts put right; a bill of an earlier round settles nothing.';
comment on column cases.fee_paid is 'As charging said; false again once all of it was given back.';
comment on column cases.answer_due_at is 'RULE L32.4: accepted by silence at this instant (five working days); null once something was said. An index: the deadline is derived anew when it comes.';
comment on column cases.asked_at is 'RULE L32.4: when everything missing was asked for; of two requests the second.';
comment on column cases.accepted_at is 'RULE L32.5; as of the day of receipt when by silence (RULE L32.4).';
comment on column cases.delivered_at is 'RULE L44.';
create index cases_answer_due on cases (centre, answer_due_at) where answer_due_at is not null;
create index cases_unanswered on cases (centre, number) where answer_due_at is not null;
create index cases_received on cases using brin (received_at);
-- What a window has open when it is closed.
create index cases_window on cases (window_no, centre, number) where closed_at is null;

create view material_in as
  select c.centre, c.number, m.seq, m.name_zh, m.name_en, m.form, m.required, m.copies as asked,
         case when length(c.materials) >= m.seq then get_byte(c.materials, m.seq - 1) else 0 end as handed_in
  from cases c
  join material m on m.centre = c.centre and m.item = c.item and m.version = c.item_version;
comment on view material_in is 'Each listed material of a case, with the copies asked for and handed in.';

create table involved (
  centre      smallint    not null,
  number      bigint      not null,
  department  text        not null,
  since       timestamptz not null,
  primary key (centre, number, department)
);
comment on table involved is 'RULE H21: departments that have or had a task on a case, as routing said; they handle it too, beside that of the item. Insert only.';

create table ending (
  centre           smallint    not null,
  number           bigint      not null,
  round            smallint    not null,
  ground           smallint    not null,
  reason           text        not null,
  right_authority  text,
  at               timestamptz not null,
  primary key (centre, number, round)
);
comment on table ending is 'RULE L32.6, L38: why a case ended without a grant: refused, denied, withdrawn or terminated; insert only.';
comment on column ending.round is 'Of the case when it ended: a denial that was taken back stays.';
comment on column ending.ground is 'Of a refusal: 1 no licence needed (L32.1), 2 not this authority (L32.2), 3 not eligible, 4 never corrected (L32.4); otherwise 0.';
comment on column ending.right_authority is 'RULE L32.2: the authority named as the right one.';

create table asked_again (
  centre       smallint    not null,
  number       bigint      not null,
  reason       text        not null,
  actor        text        not null,
  approved_by  text        not null,
  at           timestamptz not null,
  primary key (centre, number)
);
comment on table asked_again is 'RULE L32.4, H22: what was missing was asked for a second time, and who agreed to it; insert only.';

-- ---- tickets

create table ticket (
  centre       smallint    not null,
  day          date        not null,
  queue        text        not null,
  number       integer     not null check (number > 0),
  taken_at     timestamptz not null,
  ends_at      timestamptz,
  item         text,
  only_window  smallint    not null,
  priority     boolean     not null,
  fast_lane    boolean     not null,
  state        smallint    not null check (state between 1 and 6),
  window_no    smallint    not null,
  call_no      integer     not null,
  overtook     boolean     not null,
  calls        smallint    not null,
  passed       smallint    not null,
  called_at    timestamptz,
  over_at      timestamptz,
  primary key (centre, day, queue, number)
) with (fillfactor = 80);
comment on table ticket is 'The visitors who wait, were called and were served, a row for each queue that one waited in; nobody''s name. Each change of state is a row of the moves table (services/intake/moves.c).';
comment on column ticket.queue is 'Of a department, by its code, or of the hall''s own desks of one kind (windows.kind).';
comment on column ticket.number is 'Gapless through the hall''s day: counter "ticket YYMMDD". A transferred ticket keeps it in the other queue.';
comment on column ticket.ends_at is 'When the day is over, and it with it; null once it waits no more.';
comment on column ticket.item is 'Null: it was taken for a window.';
comment on column ticket.only_window is 'The one that calls it; 0: any of the queue.';
comment on column ticket.priority is 'An old, disabled or pregnant visitor, or one with an infant.';
comment on column ticket.fast_lane is 'RULE H9.';
comment on column ticket.state is '1 waiting, 2 called, 3 passed over, 4 transferred, 5 served, 6 gone.';
comment on column ticket.window_no is 'That called it last; 0: none did.';
comment on column ticket.call_no is 'Of its last call among the calls of the queue on that day; 0: never called.';
comment on column ticket.overtook is 'With that call it came before a lower number that waited.';
comment on column ticket.calls is 'How often its number was called out since it waits there.';
create index ticket_ends on ticket (centre, ends_at) where ends_at is not null;

-- ---- questions

create table question (
  centre       smallint    not null,
  number       integer     not null check (number > 0),
  asked_at     timestamptz not null,
  asked_of     text        not null,
  item         text,
  ticket       integer     not null,
  by_telephone boolean     not null,
  question     text        not null,
  state        smallint    not null check (state between 1 and 4),
  department   text,
  due_at       timestamptz,
  window_no    smallint    not null,
  answer       text,
  answered_by  text,
  reason       text,
  over_at      timestamptz,
  primary key (centre, number),
  check ((state = 3) = (over_at is null)),
  check ((state = 1) = (answer is not null))
);
comment on table question is 'RULE H6: what was asked at a desk or by telephone, who was asked first, and what came of it; nobody''s name. Each change of state is a row of the moves table (services/intake/moves.c).';
comment on column question.number is 'Gapless: counter "question".';
comment on column question.asked_of is 'Staff number of who was asked first, and sees to it that it is answered.';
comment on column question.item is 'What it is about; null: about no item.';
comment on column question.ticket is 'Of the asker on that day; 0: he had none.';
comment on column question.state is '1 answered, 2 the asker was led to a window, 3 sent on to a department, 4 given up.';
comment on column question.department is 'That is, or was, to answer; null: none.';
comment on column question.due_at is 'When the day ends until which it is to answer.';
comment on column question.window_no is 'To which the asker was led; 0: to none.';
comment on column question.reason is 'Why it was given up.';
create index question_open on question (centre, due_at, number) where over_at is null;

-- ---- persons

create table applicant (
  centre               smallint not null,
  number               bigint   not null,
  kind                 smallint not null check (kind in (1, 2)),
  kept_from            timestamptz not null,
  sealed               bytea    not null,
  document_hash        bytea    not null,
  name_hash            bytea    not null,
  phone_hash           bytea    not null,
  agent_document_hash  bytea,
  agent_name_hash      bytea,
  agent_phone_hash     bytea,
  primary key (centre, number)
);
comment on table applicant is 'RULE H21: who applies. Personal data stands here, in known_applicant, collection, search, as it was before in amendment and, as it was printed, in print, sealed with keys that are not in the database, and nowhere else; each look at it is a row of look.';
comment on column applicant.kind is '1 person, 2 organisation.';
comment on column applicant.kept_from is 'It is erased some years (erase_years) after this instant: the receipt, until its case is found to have been over later.';
comment on column applicant.sealed is 'An onedoor.intake.Applicant, sealed for this row (common/base/seal.h).';
comment on column applicant.document_hash is 'BLAKE2b-128 with a secret of the hall, to search by; each column has its own.';
comment on column applicant.agent_document_hash is 'RULE L29: null: nobody acts for him.';

create table known_applicant (
  centre         smallint not null,
  document_hash  bytea    not null,
  document_kind  smallint not null check (document_kind between 1 and 8),
  number         bigint   not null,
  sealed         bytea,
  applied_on     date     not null,
  applied        text     not null,
  primary key (centre, document_hash, document_kind)
) with (fillfactor = 80);
comment on table known_applicant is 'RULE H21: each applicant as a window last took him in, found by his document, so that he need not say everything again; each look at it is a row of look.';
comment on column known_applicant.document_kind is '1 identity card (GB 11643), 2 unified social credit code (GB 32100), 3 residence permit, 4 permanent residence card of a foreigner, 5 passport, 6 home return permit, 7 Taiwan permit, 8 another document.';
comment on column known_applicant.number is 'Of the last case that a window took in; 0: none.';
comment on column known_applicant.sealed is 'An onedoor.intake.Applicant without an agent, sealed for this row; null: no window has taken him in.';
comment on column known_applicant.applied is 'What he applied for on that day, also by himself: item=case number, separated by spaces.';

create table print (
  centre  smallint    not null,
  number  bigint      not null,
  slip    smallint    not null,
  of      bigint      not null,
  no      integer     not null check (no > 0),
  lines   bytea,
  actor   text        not null,
  at      timestamptz not null,
  primary key (centre, number, slip, of, no),
  check ((lines is null) = (no > 1))
);
comment on table print is 'Slips of a case put on paper; insert only, but for sealing with another key.';
comment on column print.slip is '1 receipt of materials, 2 acceptance, 3 correction, 4 refusal, 5 denial, 6 proof of delivery, 7 payment receipt, 8 refund, 9 notice of a special procedure, 10 notice of an extension.';
comment on column print.of is 'Of a refund its posting in the ledger; else 0.';
comment on column print.no is 'From 1; above 1 it was marked as a reprint.';
comment on column print.lines is 'What the first said, as onedoor.intake.SlipLines, sealed for this row: a reprint repeats it.';

create table look (
  centre      smallint    not null,
  number      bigint      not null,
  no          bigint      not null,
  actor       text        not null,
  department  text        not null,
  purpose     text        not null,
  at          timestamptz not null,
  scan        smallint    not null,
  primary key (centre, number, no)
);
comment on column look.scan is 'Of the case, that he looked at; 0: the applicant.';
comment on table look is 'RULE H21: every look at an applicant or a scan, by whom and what for; insert only.';
comment on column look.number is 'Of the case; of a recall, of the applicant''s last one, and 0 when none was found.';
comment on column look.no is 'Gapless: counter look.';

create table collection (
  centre    smallint    not null,
  number    bigint      not null,
  round     smallint    not null,
  sealed    bytea,
  actor     text        not null,
  at        timestamptz not null,
  primary key (centre, number, round)
);
comment on table collection is 'RULE H21: who collected the result of a case, as he showed it.';
comment on column collection.sealed is 'The document he showed, and the name of another agent, as onedoor.intake.Applicant, sealed for this row; null: he showed a slip of the case.';
comment on column collection.round is 'Of the case then: one that was taken back stays.';

create table amendment (
  centre   smallint    not null,
  number   bigint      not null,
  no       smallint    not null check (no >= 1),
  name     boolean     not null,
  phone    boolean     not null,
  address  boolean     not null,
  facts    boolean     not null,
  before   bytea       not null,
  reason   text        not null,
  actor    text        not null,
  at       timestamptz not null,
  primary key (centre, number, no),
  check (name or phone or address or facts)
);
comment on table amendment is 'What was put right of a case after it was taken in.';
comment on column amendment.before is 'RULE H21: what it said before, as onedoor.intake.Amend, sealed for this row.';

create table search (
  centre      smallint    not null,
  search      bigint      not null,
  actor       text        not null,
  department  text        not null,
  sealed      bytea       not null,
  purpose     text        not null,
  at          timestamptz not null,
  document_hash bytea,
  primary key (centre, search)
);
comment on table search is 'RULE H21: every search for cases by what is known of a person, by whom and what for.';
comment on column search.sealed is 'The document, name or phone searched for, as onedoor.intake.Applicant, sealed for this row.';
comment on column search.document_hash is 'By which whoever was searched for finds it (ask_looks); null: it was by name or phone.';
comment on column search.search is 'Gapless: counter search.';

create index applicant_kept_from on applicant (centre, kept_from) where kept_from is not null;
create index search_at on search (centre, at) where at is not null;
-- Without `centre`, as a plan made while the table is empty must load an applicant by his key.
create index applicant_document on applicant (document_hash);
create index search_document on search (document_hash) where document_hash is not null;
create index applicant_name on applicant (name_hash);
create index applicant_phone on applicant (phone_hash);
create index applicant_agent_document on applicant (agent_document_hash) where agent_document_hash is not null;
create index applicant_agent_name on applicant (agent_name_hash) where agent_name_hash is not null;
create index applicant_agent_phone on applicant (agent_phone_hash) where agent_phone_hash is not null;

create table scan (
  centre    smallint    not null,
  number    bigint      not null,
  scan      smallint    not null check (scan between 1 and 99),
  seq       smallint    not null check (seq between 1 and 64),
  sha256    bytea       not null check (length(sha256) = 32),
  bytes     integer     not null check (bytes > 0),
  type      smallint    not null check (type between 0 and 4),
  received  integer     not null check (received >= 0),
  hashing   bytea,
  actor     text        not null,
  at        timestamptz not null,
  drop_at   timestamptz,
  primary key (centre, number, scan)
) with (fillfactor = 80);
comment on table scan is 'RULE H21: the files of a case''s papers; what is in them stands in piece, sealed. Neither has the name that a file came with, for it may be a person''s.';
comment on column scan.seq is 'Of which paper of the item''s list.';
comment on column scan.sha256 is 'Of the whole file, as it was announced; true once it is whole.';
comment on column scan.type is 'By its content: 0 not known yet, 1 PDF, 2 JPEG, 3 PNG, 4 OFD.';
comment on column scan.received is 'Pieces that are there, from 1 without gaps.';
comment on column scan.hashing is 'SHA-256 of those, under way; null once it is whole.';
comment on column scan.actor is 'Staff number; public: the applicant, by the code of a slip.';
comment on column scan.drop_at is 'It is removed from this instant on: it was not finished, or the case is erased; null: it is kept.';
create index scan_drop on scan (centre, drop_at) where drop_at is not null;

create table scan_day (
  centre  smallint not null,
  day     date     not null,
  bytes   bigint   not null check (bytes > 0),
  primary key (centre, day)
);
comment on table scan_day is 'How much the scans have that began on a day; the hall takes so much and no more (scans_day_gib).';

create table piece (
  centre  smallint not null,
  number  bigint   not null,
  scan    smallint not null,
  piece   integer  not null check (piece > 0),
  sealed  bytea    not null,
  primary key (centre, number, scan, piece)
);
alter table piece alter sealed set storage external;
comment on table piece is 'RULE H21: what is in the scans, 40960 bytes a piece and the rest in the last, each sealed for its row.';

create table erasure (
  centre  smallint    not null,
  number  bigint      not null,
  years   smallint    not null check (years > 0),
  at      timestamptz not null,
  primary key (centre, number)
);
create index erasure_at on erasure (centre, at);
comment on table erasure is 'RULE H21: cases of whose applicant nothing is known any more: his rows of applicant, known_applicant, print, amendment and collection were erased; insert only.';
comment on column erasure.years is 'After the end of the case: the setting erase_years of that day.';

create table seal_key (
  centre        smallint    not null,
  id            integer     not null,
  proof         bytea       not null,
  since         timestamptz,
  unused_since  timestamptz,
  primary key (centre, id)
);
comment on table seal_key is 'The keys that rows are sealed with, which are not in the database (keys/intake/seal); 0: the secret of the hashes.';
comment on column seal_key.proof is 'A keyed hash, by which another key of the same id is noticed.';
comment on column seal_key.since is 'Null: the clock of a simulation had not been set yet.';
comment on column seal_key.unused_since is 'No row is sealed with it any more; null: it is used.';

-- ---- rights

grant select on slip_key, material_in to :"role";
grant select, insert on item, material, involved, ending, asked_again, applicant, print, look, search, collection, amendment to :"role";
grant select, insert, update, delete on calendar_day to :"role";
grant update (kept_from, sealed, document_hash, name_hash, phone_hash, agent_document_hash, agent_name_hash, agent_phone_hash) on applicant to :"role";
grant select, insert on seal_key, erasure to :"role";
grant delete on applicant, known_applicant, print, amendment, collection, search, scan, piece to :"role";
grant select, insert, update on scan_day to :"role";
grant select, insert on scan, piece to :"role";
grant update (type, received, hashing, drop_at) on scan to :"role";
grant update (unused_since) on seal_key to :"role";
grant update (sealed) on search, collection, piece to :"role";
grant update (before) on amendment to :"role";
grant update (lines) on print to :"role";
grant select, insert, update on department, item_fee, windows, cases, known_applicant, ticket, question to :"role";

commit;
