-- SPDX-License-Identifier: Apache-2.0
-- Marks the database as the hall it is, and draws the key of the codes on its slips; the psql variable `kind` is given. Run once, together with reference/load.sql.
insert into hall.hall (kind, made_at) values (:'kind', current_timestamp);
insert into intake.slip_key (centre, key) values (1, sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));
