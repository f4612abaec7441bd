-- SPDX-License-Identifier: Apache-2.0
begin;

select centre, name, full_name, role, department, window_no, password, must_change, shut_out, made_at, signed_in_at from gateway.person where false;
select centre, id, hash, person, address, made_at, seen_at, ends_at from gateway.session where false;
select centre, hash, person, made_at, used_at from gateway.device where false;
select centre, name, hash, role, department, window_no, made_at, ends_at, used_at, made_by from gateway.token where false;
select centre, id, at, name, result, address, device from gateway.sign_in where false;
select centre, notice, text_zh, text_en, from_at, to_at, made_by, removed_by, removed_at from gateway.notice where false;
select centre, asker, key, digest, reply, done_at from gateway.answer where false;

rollback;
