-- SPDX-License-Identifier: Apache-2.0
-- What all services share: what kind of hall this is, and the monthly partitions of their journals.
begin;

create schema hall;
comment on schema hall is 'What the database says of the hall as a whole; services read it and change nothing.';

create table hall.hall (
  only_one boolean     not null default true primary key check (only_one),
  kind     text        not null check (kind in ('working', 'simulation', 'demonstration')),
  made_at  timestamptz not null
);
comment on table hall.hall is 'One row, written when the reference hall is loaded.';
comment on column hall.hall.kind is 'working: its clock cannot be driven; simulation: thrown away afterwards; demonstration: filled with simulated cases and marked so everywhere.';
comment on column hall.hall.made_at is 'When the database was made, by the wall clock; never business time.';

-- A service may insert into its journal but makes no tables, so the partitions are made for it, by this function alone.
-- It runs with the rights of its owner, hence the fixed search path and the check of who calls.
create function hall.journal_month(p_schema text, p_month date) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp set timezone = 'UTC' as $$
declare
  v_first     date := make_date(extract(year from p_month)::int, extract(month from p_month)::int, 1);
  v_partition text := 'journal_y' || to_char(v_first, 'YYYY') || 'm' || to_char(v_first, 'MM');
begin
  if session_user not in ('onedoor_' || p_schema, current_user) then
    raise exception 'role % does not own the journal of %', session_user, p_schema using errcode = 'insufficient_privilege';
  end if;
  if to_regclass(format('%I.%I', p_schema, v_partition)) is not null then
    return;
  end if;
  execute format('create table %I.%I partition of %I.journal for values from (%L) to (%L)', p_schema, v_partition,
                 p_schema, v_first::timestamptz, (v_first + interval '1 month')::timestamptz);
  execute format('grant select, insert on %I.%I to %I', p_schema, v_partition, 'onedoor_' || p_schema);
end $$;
comment on function hall.journal_month(text, date) is 'Makes the partition of the caller''s journal for the month (UTC) in which the date lies, unless it is there.';

-- With the rights of the caller, who may end sessions of its own role alone. A session that waits for its client in the
-- middle of a transaction is silent too; one that works is not.
create function hall.end_silent_writer(p_service text, p_centre integer, p_silent_ms bigint) returns bigint
language sql as $$
  select count(pg_terminate_backend(a.pid))
    from pg_locks l join pg_stat_activity a on a.pid = l.pid
   where l.locktype = 'advisory' and l.granted and l.objsubid = 2
     and l.database = a.datid and a.datname = current_database()
     and l.classid = (hashtext('onedoor.' || p_service)::bigint & 4294967295)::oid and l.objid = p_centre::oid
     and (a.state <> 'active' or a.wait_event_type = 'Client')
     and a.state_change < clock_timestamp() - p_silent_ms * interval '1 ms'
$$;
comment on function hall.end_silent_writer(text, integer, bigint) is 'Ends the session that holds the lock of a service''s writer, if nothing was heard in it for so long: its process is frozen or out of reach. How many it ended.';

revoke all on function hall.journal_month(text, date) from public;
revoke all on function hall.end_silent_writer(text, integer, bigint) from public;
grant usage on schema hall
  to onedoor_intake, onedoor_routing, onedoor_charging, onedoor_supervision, onedoor_reporting, onedoor_gateway;
grant select on hall.hall
  to onedoor_intake, onedoor_routing, onedoor_charging, onedoor_supervision, onedoor_reporting, onedoor_gateway;
grant execute on function hall.journal_month(text, date), hall.end_silent_writer(text, integer, bigint)
  to onedoor_intake, onedoor_routing, onedoor_charging, onedoor_supervision, onedoor_reporting;

commit;
