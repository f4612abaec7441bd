-- SPDX-License-Identifier: Apache-2.0
-- Charging: fee standards, payment orders, double-entry ledger, receipts.
begin;

\set schema charging
\ir ../../common/corridor.sql

-- ---- reference: what may be charged

create table fee_standard (
  centre      smallint not null,
  code        text     not null,
  valid_from  date     not null,
  valid_to    date,
  item        text     not null,
  department  text     not null,
  name_zh     text     not null,
  name_en     text     not null,
  kind        text     not null check (kind in ('fixed', 'quantity', 'area', 'area_days', 'tiered')),
  unit_fen    bigint   not null check (unit_fen >= 0),
  unit        text     not null,
  free_units  bigint   not null check (free_units >= 0),
  cap_fen     bigint   not null check (cap_fen >= 0),
  basis       text     not null,
  deposit     boolean  not null,
  reducible   boolean  not null,
  primary key (centre, code, valid_from)
);
comment on table fee_standard is 'RULE L58, L59: the published standards; nothing else is charged. A new version of a standard gets a row of its own and ends the one before.';
comment on column fee_standard.valid_to is 'First day no longer in force; null: no end. A case is priced by what is in force on the day it is granted.';
comment on column fee_standard.department is 'RULE L59: whose fee it is; the money is the treasury''s under this name.';
comment on column fee_standard.unit_fen is 'Price of a unit; 0 when tiered.';
comment on column fee_standard.free_units is 'Units that cost nothing; taken off before pricing.';
comment on column fee_standard.cap_fen is 'A line never comes to more; 0: no cap.';
comment on column fee_standard.basis is 'RULE L58: the law or regulation that sets the fee.';
comment on column fee_standard.deposit is 'It is given back once what it secures is done.';
comment on column fee_standard.reducible is 'It may be waived.';

create table fee_tier (
  centre      smallint not null,
  fee         text     not null,
  valid_from  date     not null,
  from_units  bigint   not null check (from_units >= 0),
  to_units    bigint   not null check (to_units = 0 or to_units > from_units),
  unit_fen    bigint   not null check (unit_fen >= 0),
  primary key (centre, fee, valid_from, from_units)
);
comment on table fee_tier is 'Bands of the tiered standards: units from from_units up to to_units (0: no end) cost unit_fen each.';

-- ---- orders

create table payment_order (
  centre        smallint    not null,
  case_number   bigint      not null,
  number        bigint      not null,
  item          text        not null,
  department    text        not null,
  state         smallint    not null,
  total_fen     bigint      not null,
  waived_fen    bigint      not null,
  paid_fen      bigint      not null,
  refunded_fen  bigint      not null,
  method        smallint    not null,
  receipt       bigint      not null,
  raised_at     timestamptz not null,
  paid_at       timestamptz,
  round         integer     not null,
  cancelled_at  timestamptz,
  cancelled_for text,
  to_refund_at  timestamptz,
  primary key (centre, case_number, number),
  check (waived_fen + paid_fen <= total_fen and refunded_fen <= paid_fen)
) with (fillfactor = 80);
comment on table payment_order is 'RULE H3: the one bill of a case, whatever departments are on it: the order with the greatest number; those before it are cancelled.';
comment on column payment_order.department is 'Which accepted the case: its staff and those whose fees are on the bill see it.';
comment on column payment_order.number is 'Gapless: counter order.';
comment on column payment_order.state is '1 due, 2 paid, 3 nothing due, 4 waived (all of it), 5 cancelled.';
comment on column payment_order.round is 'Of the case, as intake counts what was taken back or put right: what it settles.';
comment on column payment_order.cancelled_for is 'Why the decision was taken back, or the facts put right.';
comment on column payment_order.to_refund_at is 'Since when what it holds is to be given back, as the case ended without a grant; null: it is not.';
comment on column payment_order.total_fen is 'RULE H8: sum of the lines, by standard and facts.';
comment on column payment_order.paid_fen is '0, or total_fen - waived_fen: a bill is paid whole.';
comment on column payment_order.method is '0 not paid, 1 cash, 2 card, 3 transfer, 4 mobile; a refund goes back the same way.';
comment on column payment_order.receipt is '0 until paid.';
create index payment_order_due on payment_order (centre, raised_at, case_number) where state = 1;
create index payment_order_to_refund on payment_order (centre, to_refund_at, case_number) where to_refund_at is not null;
create index payment_order_raised on payment_order using brin (raised_at);

create table order_line (
  centre        smallint not null,
  case_number   bigint   not null,
  order_number  bigint   not null,
  no            smallint not null,
  fee           text     not null,
  department    text     not null,
  units         bigint   not null,
  days          integer  not null,
  amount_fen    bigint   not null,
  waived_fen    bigint   not null,
  refunded_fen  bigint   not null,
  working       text     not null,
  primary key (centre, case_number, no),
  check (waived_fen + refunded_fen <= amount_fen)
) with (fillfactor = 80);
comment on table order_line is 'One fee of one department on the bill, numbered from 1 within the case, whichever of its orders it is on.';
comment on column order_line.amount_fen is 'RULE H8: by standard and facts; never changed, and the service''s role may not.';
comment on column order_line.waived_fen is '0 or all of the line.';
comment on column order_line.working is 'How the amount came about, for the payer: 30 m2 x 10 days x 1.00 = 300.00.';

-- ---- the books

create table entry (
  centre       smallint    not null,
  posting      bigint      not null,
  no           smallint    not null,
  case_number  bigint      not null,
  account      smallint    not null,
  department   text,
  debit_fen    bigint      not null,
  credit_fen   bigint      not null,
  day          date        not null,
  at           timestamptz not null,
  cashier      text,
  primary key (centre, posting, no),
  check (debit_fen >= 0 and credit_fen >= 0 and (debit_fen = 0) <> (credit_fen = 0)),
  check ((cashier is null) = (account > 4))
);
comment on table entry is 'The ledger, by double entry; insert only. In each posting, and so on each day, debits equal credits. A refund posts the payment''s entries the other way round, a cancelled bill those of its waivers.';
comment on column entry.posting is 'Gapless: counter posting.';
comment on column entry.account is '1 cash, 2 card, 3 transfer, 4 mobile; 5 owed to the treasury (RULE L59: all that is taken); 6 waived, 7 forgone by a waiver.';
comment on column entry.department is 'Whose fee, on accounts 5 and 7; null on the others.';
comment on column entry.cashier is 'Who took the money, or gave it back; null on the accounts that hold none.';
comment on column entry.day is 'Business day: the hall''s own date.';
create index entry_at on entry using brin (at);

create table receipt (
  centre       smallint    not null,
  number       bigint      not null,
  case_number  bigint      not null,
  amount_fen   bigint      not null,
  at           timestamptz not null,
  cashier      text        not null,
  primary key (centre, number)
);
comment on table receipt is 'Receipts given, one a payment; insert only.';
comment on column receipt.number is 'Gapless: counter receipt, moved in the transaction of the payment.';
create index receipt_at on receipt using brin (at);

create table adjustment (
  centre       smallint    not null,
  posting      bigint      not null,
  case_number  bigint      not null,
  line         smallint    not null,
  kind         smallint    not null,
  amount_fen   bigint      not null check (amount_fen > 0),
  ground       text        not null,
  actor        text        not null,
  approved_by  text        not null check (approved_by <> actor),
  at           timestamptz not null,
  primary key (centre, posting)
);
comment on table adjustment is 'Why money was given up or given back, and by which two persons; insert only, one for each such posting.';
comment on column adjustment.kind is '1 waiver, 2 refund.';
comment on column adjustment.ground is 'Of a waiver: its legal basis. Of a refund: the reason.';

-- ---- rights: what is written once cannot be changed

grant select, insert, update on fee_standard to :"role";
grant select, insert, update, delete on fee_tier to :"role";
grant select, insert on payment_order, order_line, entry, receipt, adjustment to :"role";
grant update (state, waived_fen, paid_fen, refunded_fen, method, receipt, paid_at, round, cancelled_at, cancelled_for, to_refund_at) on payment_order to :"role";
grant update (waived_fen, refunded_fen) on order_line to :"role";

commit;
