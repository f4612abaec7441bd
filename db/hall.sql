-- SPDX-License-Identifier: Apache-2.0
-- Marks the database as the hall it is; the psql variable `kind` is given. Run once, together with reference/load.sql.
insert into hall.hall (kind, made_at) values (:'kind', current_timestamp);
