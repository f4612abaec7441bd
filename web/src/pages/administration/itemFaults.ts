// SPDX-License-Identifier: Apache-2.0
// What is wrong in the draft of an item, by field. Pure.
import { fits, type Limited } from '@/parts/case/bounds'
import { isBlank, tidyLine, tidyPhone } from '@/tidy'

import { CITY, COPIES_MOST, DAYS_MOST, fenOf, MATERIALS_MOST, NEW, STEPS_MOST, TEXTS, type DraftFee, type ItemDraft } from './items'

const isCount = (n: unknown, least: number, most: number): boolean =>
  Number.isInteger(n) && (n as number) >= least && (n as number) <= most

const faultOfLine = (text: string, of: Limited): string => (isBlank(text) ? 'needed' : fits(text, of) ? '' : 'tooLong')
const faultOfName = (name: string): string => faultOfLine(name, 'intake.PublishItem.nameZh')
const found = (faults: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(faults).filter(([, fault]) => fault !== ''))

function materialFaults(draft: ItemDraft): Record<string, string> {
  const faults: Record<string, string> = { materials: isCount(draft.materials.length, 1, MATERIALS_MOST) ? '' : 'materials' }
  draft.materials.forEach((one, i) => {
    faults[`materials.${i}.nameZh`] = faultOfName(one.nameZh)
    faults[`materials.${i}.nameEn`] = faultOfName(one.nameEn)
    faults[`materials.${i}.copies`] = isCount(one.copies, 1, COPIES_MOST) ? '' : 'copies'
  })
  return faults
}

/** As the hall runs flows: stages 1, 2, 3 without a gap, a department once a stage, the city as such. */
function stepFaults(draft: ItemDraft): Record<string, string> {
  const faults: Record<string, string> = { steps: isCount(draft.steps.length, 1, STEPS_MOST) ? '' : 'steps' }
  draft.steps.forEach((one, i) => {
    const before = draft.steps[i - 1]?.stage ?? 0
    const follows = one.stage === before + 1 || (i > 0 && one.stage === before)
    const twice = draft.steps.some((other, k) => k < i && other.stage === one.stage && other.department === one.department)
    faults[`steps.${i}.stage`] = follows ? '' : 'stage'
    faults[`steps.${i}.department`] =
      one.department === '' ? 'needed' : twice ? 'twice' : (one.department === CITY) !== (one.action === 'CITY_DECISION') ? 'city' : one.lead && one.department !== draft.department ? 'lead' : ''
    faults[`steps.${i}.days`] = isCount(one.days, 0, DAYS_MOST) ? '' : 'limit'
  })
  return faults
}

const faultOfPrice = (price: string): string => (Number(fenOf(price)) > 0 ? '' : 'amount')

function tiersAreWhole(fee: DraftFee): boolean {
  return fee.tiers.length > 0 && fee.tiers.every((one, i) =>
    one.from === (i === 0 ? 0 : fee.tiers[i - 1]!.to) && (i === fee.tiers.length - 1 ? one.to === 0 : one.to > one.from) && fenOf(one.price) !== '')
}

function feeFaults(draft: ItemDraft): Record<string, string> {
  const faults: Record<string, string> = {}
  draft.fees.forEach((one, i) => {
    const twice = draft.fees.some((other, k) => k < i && tidyLine(other.code) === tidyLine(one.code))
    faults[`fees.${i}.code`] = /^[A-Z0-9-]{1,24}$/.test(tidyLine(one.code)) ? (twice ? 'twice' : '') : 'code'
    faults[`fees.${i}.nameZh`] = faultOfLine(one.nameZh, 'intake.ItemFee.nameZh')
    faults[`fees.${i}.nameEn`] = faultOfLine(one.nameEn, 'intake.ItemFee.nameEn')
    faults[`fees.${i}.unit`] = faultOfLine(one.unit, 'intake.ItemFee.unit')
    faults[`fees.${i}.basis`] = faultOfLine(one.basis, 'intake.ItemFee.basis')
    faults[`fees.${i}.price`] = one.kind === 'tiered' ? '' : faultOfPrice(one.price)
    faults[`fees.${i}.freeUnits`] = isCount(one.freeUnits, 0, 1_000_000) ? '' : 'units'
    faults[`fees.${i}.cap`] = one.cap === '' ? '' : faultOfPrice(one.cap)
    faults[`fees.${i}.tiers`] = one.kind !== 'tiered' || tiersAreWhole(one) ? '' : 'tiers'
  })
  return faults
}

const textFaults = (draft: ItemDraft): Record<string, string> =>
  Object.fromEntries(
    TEXTS.map((field) => [
      field,
      field === 'telephone' && draft.telephone !== '' && !/^[\d+-]{5,20}$/.test(tidyPhone(draft.telephone))
        ? 'telephone'
        : fits(draft[field], `intake.ItemText.${field}`) ? '' : 'tooLong',
    ]),
  )

/** Keys of the words for its faults, by field: "nameZh", "materials", "materials.2.copies". */
export function faultsOf(draft: ItemDraft): Record<string, string> {
  return found({
    nameZh: faultOfName(draft.nameZh),
    nameEn: faultOfName(draft.nameEn),
    department: draft.department === '' ? 'needed' : '',
    seq: isCount(draft.seq, 1, 9999) ? '' : 'place',
    result: faultOfLine(draft.result, 'intake.PublishItem.result'),
    statutoryDays: isCount(draft.statutoryDays, 1, DAYS_MOST) ? '' : 'statutory',
    promisedDays: isCount(draft.promisedDays, 0, draft.statutoryDays) ? '' : 'promised',
    windowCanFinish: draft.windowCanFinish && (draft.handling !== 'immediate' || draft.byDepartment) ? 'windowFinishes' : '',
    conditions: fits(draft.conditions, 'intake.PublishItem.conditions') ? '' : 'tooLong',
    basis: fits(draft.basis, 'intake.PublishItem.basis') ? '' : 'tooLong',
    ...textFaults(draft),
    ...materialFaults(draft),
    ...stepFaults(draft),
    ...feeFaults(draft),
  })
}

/** Of the decision by which it is published. */
export function decisionFaults(draft: ItemDraft, today: string): Record<string, string> {
  return found({
    decision: faultOfLine(draft.decision, 'intake.PublishItem.decision'),
    decidedOn: draft.decidedOn === '' ? 'needed' : draft.decidedOn > today ? 'notYetDecided' : '',
    fromOn: draft.fromOn !== '' && draft.base !== NEW && draft.fromOn < today ? 'past' : '',
  })
}
