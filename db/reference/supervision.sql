-- SPDX-License-Identifier: Apache-2.0
-- Supervision takes the published days.

insert into supervision.calendar_day (centre, day, kind, name_zh, name_en)
select 1, date, case kind when 'holiday' then 1 when 'workday' then 2 end, name_zh, name_en
  from ref_calendar;
