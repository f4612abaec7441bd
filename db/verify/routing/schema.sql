-- SPDX-License-Identifier: Apache-2.0
begin;

select centre, id, digest, reply, done_at from routing.command where false;
select centre, case_number, no, type, body, asker, asker_role, asker_department, asker_window, asked_at, roles, subject, reason, fen, days, state, lapses_at,
  answerer, answered_at, answer from routing.approval where false;
select centre, epoch, seq, hash from routing.journal_head where false;
select centre, seq, epoch, type, version, case_number, at, actor, payload, hash from routing.journal where false;
select centre, stream, epoch, seq, hash from routing.cursor where false;
select centre, case_number, stream, seq, type, at, actor, payload, reason from routing.parked where false;
select centre, name, value from routing.counter where false;

select centre, item, version, stage, department, action, lead, days, counts from routing.flow_step where false;
select centre, day, kind, name_zh, name_en from routing.calendar_day where false;
select centre, case_number, item, item_version, department, fast_lane, accepted_at, stages, stage, state, extended_days,
       budget_min, used_min, paused_min, open_pauses, started_at, running_since, paused_since, stopped_at
  from routing.flow where false;
select centre, case_number, no, stage, department, action, lead, counts, lane, state, opinion, decided_by, assignee, opened_at, due_at,
       budget_min, used_min, paused_min, open_pauses, started_at, running_since, paused_since, stopped_at
  from routing.task where false;
select centre, case_number, no, kind, department, notice, planned_days, from_at, to_at from routing.pause where false;

rollback;
