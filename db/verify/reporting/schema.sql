-- SPDX-License-Identifier: Apache-2.0
begin;

select centre, id, digest, reply, done_at from reporting.command where false;
select centre, case_number, no, type, body, asker, asker_role, asker_department, asker_window, asked_at, roles, subject, reason, fen, days, state, lapses_at,
  answerer, answered_at, answer from reporting.approval where false;
select centre, epoch, seq, hash from reporting.journal_head where false;
select centre, seq, epoch, type, version, case_number, at, actor, payload, hash from reporting.journal where false;
select centre, stream, epoch, seq, hash from reporting.cursor where false;
select centre, case_number, stream, seq, type, at, actor, payload, reason from reporting.parked where false;
select centre, name, value from reporting.counter where false;

select centre, day, kind, name_zh, name_en from reporting.calendar_day where false;
select centre, number, floor, department, kind, status, name_zh from reporting.hall_window where false;
select centre, case_number, item, department, window_no, summary, fast_lane, state, outcome, corrections, received_at, accepted_at,
       decided_at, closed_at, delivered_at, paused, due_at, done_at, tasks, orders, fee_fen, paid_fen, waived_fen, refunded_fen, yellow, red
  from reporting.dossier where false;
select centre, case_number, stream, seq, at, type, actor, department, text from reporting.timeline where false;
select centre, span, cohort, item, window_no, department, day, taken_back, received, accepted, corrected,
       refused, withdrawn, terminated, granted, denied, decided, on_time, closed, delivered, tasks, orders, fee_fen, paid_fen, yellow, red, waived_fen, refunded_fen
  from reporting.rollup where false;
select centre, case_number, stream, seq, figure, department, day, n from reporting.tally where false;
select centre, case_number, state, since_at from reporting.standing where false;
select centre, case_number, item, department, window_no, received, accepted, corrected,
       refused, withdrawn, terminated, granted, denied, decided, on_time, closed, delivered, tasks, orders, fee_fen, paid_fen, yellow, red, waived_fen, refunded_fen
  from reporting.dossier_figures where false;
select centre, day, queue, number, item, window_no, hour, called, served, gone, waited_ms, handled_ms from reporting.visit where false;

rollback;
