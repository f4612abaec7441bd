-- SPDX-License-Identifier: Apache-2.0
-- Routing takes the published flows, as version 1 of each, and the working calendar.

insert into routing.flow_step (centre, item, version, stage, department, action, lead, days, counts)
select 1, step.item, 1, step.stage, step.department, action.code, step.lead = 'yes', step.days, step.clock = 'counts'
  from ref_flow_steps step
  left join (values ('review', 1), ('consult', 2), ('countersign', 3), ('site_survey', 4), ('expert_review', 5), ('decide', 6),
                    ('city_decision', 7)) as action (name, code) on action.name = step.action;

insert into routing.calendar_day (centre, day, kind, name_zh, name_en)
select 1, day.date, kind.code, day.name_zh, day.name_en
  from ref_calendar day
  left join (values ('holiday', 1), ('workday', 2)) as kind (name, code) on kind.name = day.kind;
