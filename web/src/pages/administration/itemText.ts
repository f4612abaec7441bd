// SPDX-License-Identifier: Apache-2.0
// What the parts of an item are called and how their values read.
import type { FlowStep, ItemFee, ItemMaterial } from '@/api/types'
import { money } from '@/format'
import { names } from '@/names'
import { useWords, wordOf } from '@/words'

import { CITY } from './items'
import { type Field } from './itemChanges'
import words from './words'

const LABELS: Partial<Record<Field, string>> = { nameZh: 'nameZh', nameEn: 'nameEn', department: 'department', seq: 'items.seqInList', promisedDays: 'items.promised', statutoryDays: 'items.statutory' }

export function useItemText() {
  const { t } = useWords(words)
  const label = (field: Field): string => t(LABELS[field] ?? `items.${field}`)
  const department = (code: string): string => (code === CITY ? t('items.city') : names.department(code))

  function value(field: Field, of: string | number | boolean): string {
    if (typeof of === 'boolean') return t(of ? 'items.yes' : 'items.no')
    if (field === 'department') return department(String(of))
    if (['applicant', 'handling', 'decisionLevel', 'standing', 'survey'].includes(field)) return t(`items.${field}Values.${of}`)
    return String(of)
  }
  const material = (one: ItemMaterial): string =>
    [wordOf('forms', one.form), t('items.copiesOf', { n: one.copies }), t(one.required ? 'items.must' : 'items.may'), one.source, one.note].filter(Boolean).join(' · ')
  const step = (one: FlowStep): string =>
    [t('items.stageN', { n: one.stage }), department(one.department), wordOf('actions', one.action), t('items.days', { n: one.days }), one.lead ? t('items.lead') : '', one.counts ? '' : t('items.excluded')]
      .filter(Boolean)
      .join(' · ')
  function price(fee: ItemFee): string {
    if (fee.kind !== 'tiered') return fee.kind === 'fixed' ? money(fee.unitFen) : `${money(fee.unitFen)} / ${fee.unit}`
    return fee.tiers.map((one) => `${one.fromUnits}–${one.toUnits === '0' ? '' : one.toUnits} ${fee.unit}: ${money(one.unitFen)}`).join('; ')
  }
  const fee = (one: ItemFee): string =>
    [
      `${one.nameZh} ${one.nameEn}`,
      department(one.department),
      t(`items.feeKinds.${one.kind}`),
      price(one),
      one.freeUnits === '0' ? '' : t('items.freeOf', { n: one.freeUnits }),
      one.capFen === '0' ? '' : t('items.capOf', { n: money(one.capFen) }),
      one.basis,
      one.deposit ? t('items.deposit') : '',
      t(one.reducible ? 'items.reducible' : 'items.irreducible'),
    ]
      .filter(Boolean)
      .join(' · ')
  return { t, label, value, department, material, step, price, fee }
}
