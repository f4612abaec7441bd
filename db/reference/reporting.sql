-- SPDX-License-Identifier: Apache-2.0
-- Reporting takes the windows and the published days.

insert into reporting.hall_window (centre, number, floor, department, kind, status, name_zh)
select 1, number, floor, coalesce(department, ''), kind, status, name_zh
  from ref_windows;

insert into reporting.calendar_day (centre, day, kind, name_zh, name_en)
select 1, date, case kind when 'holiday' then 1 when 'workday' then 2 end, name_zh, name_en
  from ref_calendar;
