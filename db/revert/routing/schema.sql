-- SPDX-License-Identifier: Apache-2.0
begin;

drop schema routing cascade;
alter role onedoor_routing reset search_path;

commit;
