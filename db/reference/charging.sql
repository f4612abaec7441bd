-- SPDX-License-Identifier: Apache-2.0
-- Charging takes the fee standards and their tiers. The reference hall gives no dates: in force since 2000, without end.

insert into charging.fee_standard
  (centre, code, valid_from, item, department, name_zh, name_en, kind, unit_fen, unit, free_units, cap_fen, basis, deposit, reducible)
select 1, code, date '2000-01-01', item, department, name_zh, name_en, kind, coalesce(unit_fen, 0), unit,
       coalesce(free_units, 0), coalesce(cap_fen, 0), basis, deposit = 'yes', reducible = 'yes'
  from ref_fee_standards;

insert into charging.fee_tier (centre, fee, valid_from, from_units, to_units, unit_fen)
select 1, fee, date '2000-01-01', from_units, coalesce(to_units, 0), unit_fen
  from ref_fee_tiers;
