-- SPDX-License-Identifier: Apache-2.0
begin;

select centre, id, digest, reply, done_at from charging.command where false;
select centre, case_number, no, type, body, asker, asker_role, asker_department, asker_window, asked_at, roles, subject, reason, fen, days, state, lapses_at,
  answerer, answered_at, answer from charging.approval where false;
select centre, epoch, seq, hash from charging.journal_head where false;
select centre, seq, epoch, type, version, case_number, at, actor, payload, hash from charging.journal where false;
select centre, stream, epoch, seq, hash from charging.cursor where false;
select centre, case_number, stream, seq, type, at, actor, payload, reason from charging.parked where false;
select centre, name, value from charging.counter where false;

select centre, code, valid_from, valid_to, item, department, name_zh, name_en, kind, unit_fen, unit, free_units, cap_fen, basis, deposit, reducible
  from charging.fee_standard where false;
select centre, fee, valid_from, from_units, to_units, unit_fen from charging.fee_tier where false;
select centre, case_number, number, item, state, total_fen, waived_fen, paid_fen, refunded_fen, method, receipt, raised_at, paid_at
  from charging.payment_order where false;
select centre, case_number, no, fee, department, units, days, amount_fen, waived_fen, refunded_fen, working
  from charging.order_line where false;
select centre, posting, no, case_number, account, department, debit_fen, credit_fen, day, at from charging.entry where false;
select centre, number, case_number, amount_fen, at, cashier from charging.receipt where false;
select centre, posting, case_number, line, kind, amount_fen, ground, actor, approved_by, at from charging.adjustment where false;

rollback;
