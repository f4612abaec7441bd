-- SPDX-License-Identifier: Apache-2.0
begin;

drop schema gateway cascade;
alter role onedoor_gateway reset search_path;

commit;
