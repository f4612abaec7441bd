-- SPDX-License-Identifier: Apache-2.0
-- One service's role; the psql variables `role` and `password` are set on standard input. The role may connect to this
-- database and nothing more: what it may touch in there, the migrations grant. Safe to repeat. Whoever runs it needs the
-- right to create roles, and must not even name what only a superuser may give or take.
select format('create role %I', :'role') where not exists (select from pg_roles where rolname = :'role') \gexec
alter role :"role" with login nocreatedb nocreaterole password :'password';
select format('alter role %I set search_path = %I', :'role', replace(:'role', 'onedoor_', '')) \gexec
select format('revoke all on database %I from public', current_database()) \gexec
select format('grant connect, temporary on database %I to %I', current_database(), :'role') \gexec
revoke all on schema public from public;
