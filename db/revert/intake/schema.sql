-- SPDX-License-Identifier: Apache-2.0
begin;

drop schema intake cascade;
alter role onedoor_intake reset search_path;

commit;
