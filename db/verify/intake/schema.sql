-- SPDX-License-Identifier: Apache-2.0
begin;

select centre, id, digest, reply, done_at from intake.command where false;
select centre, case_number, no, type, body, asker, asker_role, asker_department, asker_window, asked_at, roles, subject, reason, fen, days, state, lapses_at,
  answerer, answered_at, answer from intake.approval where false;
select centre, epoch, seq, hash from intake.journal_head where false;
select centre, seq, epoch, type, version, case_number, at, actor, payload, hash from intake.journal where false;
select centre, stream, epoch, seq, hash from intake.cursor where false;
select centre, case_number, stream, seq, type, at, actor, payload, reason from intake.parked where false;
select centre, name, value from intake.counter where false;

select centre, code, name_zh, name_en, presence, floor, note_zh, note_en from intake.department where false;
select centre, number, department, kind, status, name_zh, name_en from intake.windows where false;
select centre, code, version, department, name_zh, name_en, applicant, immediate, statutory_days, promised_days, decision_level, result,
       window_can_finish, has_fee, offered, published_at, published_by, seq, suspended, valid_from, decision, decided_on, quantity,
       procedure, special, hours, place, telephone, online, base_code, implementation_code, business_code from intake.item where false;
select centre, item, fee, valid_from, valid_to, counts_units, counts_days from intake.item_fee where false;
select centre, item, version, seq, name_zh, name_en, form, copies, required, source, note from intake.material where false;
select centre, day, kind, name_zh, name_en from intake.calendar_day where false;
select centre, number, item, item_version, window_no, channel, fast_lane, summary, ticket, facts, received_at, state, materials, granted, delivery,
       delivery_receipt, answer_due_at, asked_at, accepted_at, decided_at, closed_at, delivered_at from intake.cases where false;
select centre, number, seq, name_zh, name_en, form, required, asked, handed_in from intake.material_in where false;
select centre, number, department, since from intake.involved where false;
select centre, number, ground, reason, right_authority, at from intake.ending where false;
select centre, number, reason, actor, approved_by, at from intake.asked_again where false;
select centre, number, kind, kept_from, sealed, document_hash, name_hash, phone_hash, agent_document_hash, agent_name_hash, agent_phone_hash
  from intake.applicant where false;
select centre, document_hash, document_kind, number, sealed, applied_on, applied from intake.known_applicant where false;
select centre, number, sealed, actor, at from intake.collection where false;
select centre, number, years, at from intake.erasure where false;
select centre, id, proof, since, unused_since from intake.seal_key where false;
select centre, search, actor, department, sealed, purpose, at from intake.search where false;
select centre, number, slip, of, no, lines, actor, at from intake.print where false;
select centre, number, no, actor, department, purpose, at from intake.look where false;
select centre, day, queue, number, taken_at, ends_at, item, only_window, priority, fast_lane, state, window_no, call_no, overtook, calls, passed,
       called_at, over_at from intake.ticket where false;
select centre, number, asked_at, asked_of, item, ticket, by_telephone, question, state, department, due_at, window_no, answer, answered_by, reason,
       over_at from intake.question where false;

rollback;
