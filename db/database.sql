-- SPDX-License-Identifier: Apache-2.0
-- The hall's database in a cluster of its own; run while connected to the database postgres.
select 'create database onedoor' where not exists (select from pg_database where datname = 'onedoor') \gexec
