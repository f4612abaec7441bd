-- SPDX-License-Identifier: Apache-2.0
begin;

drop schema supervision cascade;
alter role onedoor_supervision reset search_path;

commit;
