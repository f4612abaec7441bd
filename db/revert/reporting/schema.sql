-- SPDX-License-Identifier: Apache-2.0
begin;

drop schema reporting cascade;

commit;
