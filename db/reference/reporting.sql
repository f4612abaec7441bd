-- SPDX-License-Identifier: Apache-2.0
-- Reporting takes the windows.

insert into reporting.hall_window (centre, number, floor, department, kind, status, name_zh)
select 1, number, floor, coalesce(department, ''), kind, status, name_zh
  from ref_windows;
