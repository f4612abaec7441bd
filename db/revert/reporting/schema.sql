-- SPDX-License-Identifier: Apache-2.0
begin;

drop schema reporting cascade;
alter role onedoor_reporting reset search_path;

commit;
