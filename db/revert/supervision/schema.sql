-- SPDX-License-Identifier: Apache-2.0
begin;

drop schema supervision cascade;

commit;
