-- SPDX-License-Identifier: Apache-2.0
begin;
select kind, made_at from hall.hall where false;
select 1 / has_function_privilege('onedoor_intake', 'hall.journal_month(text, date)', 'execute')::int;
rollback;
