-- SPDX-License-Identifier: Apache-2.0
begin;

select centre, id, digest, reply, done_at from supervision.command where false;
select centre, case_number, no, type, body, asker, asker_role, asker_department, asker_window, asked_at, roles, subject, reason, fen, days, state, lapses_at,
  answerer, answered_at, answer from supervision.approval where false;
select centre, epoch, seq, hash from supervision.journal_head where false;
select centre, seq, epoch, type, version, case_number, at, actor, payload, hash from supervision.journal where false;
select centre, stream, epoch, seq, hash from supervision.cursor where false;
select centre, case_number, stream, seq, type, at, actor, payload, reason from supervision.parked where false;
select centre, name, value from supervision.counter where false;

select centre, day, kind, name_zh, name_en from supervision.calendar_day where false;
select centre, case_number, task, department, item, immediate, level, level_at, next_at, budget_min, used_min, paused_min, open_pauses,
       started_at, running_since, paused_since, assignee, due_at from supervision.watch where false;
select centre, case_number, task, level, department, item, rule, state, issued_at, due_at, budget_min, used_min, paused_min, presses,
       answer, answered_by, answered_at from supervision.card where false;

rollback;
