-- SPDX-License-Identifier: Apache-2.0
-- Loads the reference hall into an empty hall, in one transaction: psql -v ON_ERROR_STOP=1 --single-transaction -f load.sql, run in this folder.
-- The tables are staged as they stand in the files; each service then takes what it needs into its own schema.

create temporary table ref_departments (code text, name_zh text, name_en text, presence text, floor smallint, note_zh text, note_en text) on commit drop;
create temporary table ref_windows (number integer, floor smallint, department text, kind text, status text, name_zh text, name_en text, source text) on commit drop;
create temporary table ref_items (code text, department text, seq integer, name_zh text, name_en text, applicant text, handling text,
  statutory_days integer, promised_days integer, decision_level text, result text, window_can_finish text,
  begun_by text, source text) on commit drop;
create temporary table ref_materials (item text, seq smallint, name_zh text, name_en text, form text, copies integer, required text) on commit drop;
create temporary table ref_flow_steps (item text, stage smallint, department text, action text, lead text, days integer, clock text) on commit drop;
create temporary table ref_fee_standards (code text, item text, department text, name_zh text, name_en text, kind text, unit_fen bigint, unit text,
  free_units bigint, cap_fen bigint, basis text, deposit text, reducible text) on commit drop;
create temporary table ref_fee_tiers (fee text, from_units bigint, to_units bigint, unit_fen bigint) on commit drop;
create temporary table ref_surveys (item text, kind text) on commit drop;
create temporary table ref_calendar (date date, kind text, name_zh text, name_en text) on commit drop;

\copy ref_departments from 'departments.csv' with (format csv, header)
\copy ref_windows from 'windows.csv' with (format csv, header)
\copy ref_items from 'items.csv' with (format csv, header)
\copy ref_materials from 'materials.csv' with (format csv, header)
\copy ref_flow_steps from 'flow_steps.csv' with (format csv, header)
\copy ref_fee_standards from 'fee_standards.csv' with (format csv, header)
\copy ref_fee_tiers from 'fee_tiers.csv' with (format csv, header)
\copy ref_surveys from 'surveys.csv' with (format csv, header)
\copy ref_calendar from 'calendar.csv' with (format csv, header)

\ir intake.sql
\ir routing.sql
\ir charging.sql
\ir supervision.sql
\ir reporting.sql
