-- SPDX-License-Identifier: Apache-2.0
begin;
drop function hall.journal_month(text, date);
drop table hall.hall;
drop schema hall;
commit;
