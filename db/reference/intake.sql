-- SPDX-License-Identifier: Apache-2.0
-- The catalogue of the reference hall, for intake. Each item comes as its first version.

insert into intake.department (centre, code, name_zh, name_en, presence, floor, note_zh, note_en)
select 1, code, name_zh, name_en, presence, coalesce(floor, 0), note_zh, note_en from ref_departments;

insert into intake.windows (centre, number, department, kind, status, name_zh, name_en, floor, source)
select 1, number, coalesce(department, ''), kind, status, name_zh, name_en, floor, case source when 'assumed' then 2 else 0 end
  from ref_windows;

-- RULE L58: an item has a fee when a published standard names it.
insert into intake.item (centre, code, version, department, name_zh, name_en, applicant, immediate, statutory_days, promised_days,
                         decision_level, result, window_can_finish, has_fee, survey, offered, by_department, conditions, basis, source, published_at, seq,
                         suspended, valid_from)
select 1, code, 1, department, name_zh, name_en,
       case applicant when 'any' then 0 when 'person' then 1 when 'organisation' then 2 end,
       handling = 'immediate', statutory_days, promised_days, decision_level, result, window_can_finish = 'yes',
       exists (select from ref_fee_standards f where f.item = i.code),
       case s.kind when 'inspection' then 4 when 'testing' then 5 when 'quarantine' then 6 when 'appraisal' then 7 else 0 end, true,
       begun_by = 'department', null, null, case source when 'assumed' then 2 else 1 end, null, i.seq, false, date '2000-01-01'
from ref_items i left join ref_surveys s on s.item = i.code;

insert into intake.material (centre, item, version, seq, name_zh, name_en, form, copies, required)
select 1, item, 1, seq, name_zh, name_en, form, copies, required = 'yes' from ref_materials;

insert into intake.item_fee (centre, item, fee, valid_from, counts_units, counts_days)
select 1, item, code, date '2000-01-01', kind <> 'fixed', kind = 'area_days' from ref_fee_standards;

insert into intake.calendar_day (centre, day, kind, name_zh, name_en)
select 1, date, case kind when 'holiday' then 1 when 'workday' then 2 end, name_zh, name_en from ref_calendar;
