-- SPDX-License-Identifier: Apache-2.0
begin;

drop schema charging cascade;
alter role onedoor_charging reset search_path;

commit;
