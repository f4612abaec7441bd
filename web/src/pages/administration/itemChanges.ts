// SPDX-License-Identifier: Apache-2.0
// How two versions of an item differ, and a draft that goes on from another one. Pure.
import type { FlowStep, ItemFee, ItemMaterial } from '@/api/types'
import { tidyLine, tidyText } from '@/tidy'

import { feeSent, TEXTS, type ItemDraft } from './items'

const FIELDS = [
  'nameZh', 'nameEn', 'department', 'seq', 'applicant', 'handling', 'decisionLevel', 'result', 'windowCanFinish', 'byDepartment', 'promisedDays', 'statutoryDays',
  'standing', 'survey', 'conditions', 'basis', ...TEXTS,
] as const
export type Field = (typeof FIELDS)[number]
export interface FieldChange {
  field: Field
  before: string | number | boolean
  after: string | number | boolean
}
export type How = 'same' | 'added' | 'removed' | 'changed' | 'moved'
export interface MaterialChange {
  how: How
  before?: ItemMaterial
  after?: ItemMaterial
}

export const fieldChanges = (before: ItemDraft, after: ItemDraft): FieldChange[] =>
  FIELDS.filter((field) => before[field] !== after[field]).map((field) => ({
    field,
    before: before[field],
    after: after[field],
  }))

/** The numbers that keep their place when the others are moved: a longest increasing subsequence. */
function staying(order: number[]): Set<number> {
  const best: number[][] = []
  for (const [i, one] of order.entries()) {
    let longest: number[] = []
    for (let j = 0; j < i; j++)
      if (order[j]! < one && best[j]!.length > longest.length) longest = best[j]!
    best.push([...longest, one])
  }
  return new Set(best.reduce((a, b) => (b.length > a.length ? b : a), []))
}

const isSame = (a: ItemMaterial, b: ItemMaterial): boolean =>
  tidyLine(a.nameZh) === tidyLine(b.nameZh) &&
  tidyLine(a.nameEn) === tidyLine(b.nameEn) &&
  a.form === b.form &&
  a.copies === b.copies &&
  a.required === b.required &&
  tidyLine(a.source ?? '') === tidyLine(b.source ?? '') &&
  tidyText(a.note ?? '') === tidyText(b.note ?? '')

/** The new list in its order, removed materials last. */
export function materialChanges(before: ItemDraft, after: ItemDraft): MaterialChange[] {
  const old = new Map(before.materials.map((one) => [one.seq, one]))
  const stays = staying(after.materials.map((one) => one.from).filter((from) => old.has(from)))
  const now = after.materials.map((one, i): MaterialChange => {
    const was = old.get(one.from)
    const numbered = { ...one, seq: i + 1 }
    if (!was) return { how: 'added', after: numbered }
    const how = !isSame(was, one) ? 'changed' : stays.has(one.from) ? 'same' : 'moved'
    return { how, before: was, after: numbered }
  })
  const kept = new Set(after.materials.map((one) => one.from))
  const gone = before.materials.filter((one) => !kept.has(one.seq))
  return [...now, ...gone.map((one): MaterialChange => ({ how: 'removed', before: one }))]
}

/** Of two lists whose members have a name each: what came, went, or is another. */
export interface ListChange<T> {
  how: 'added' | 'removed' | 'changed'
  before?: T
  after?: T
}
function listChanges<T>(before: T[], after: T[], nameOf: (one: T) => string): ListChange<T>[] {
  const old = new Map(before.map((one) => [nameOf(one), one]))
  const names = new Set(after.map(nameOf))
  const now = after.flatMap((one): ListChange<T>[] => {
    const was = old.get(nameOf(one))
    if (!was) return [{ how: 'added', after: one }]
    return JSON.stringify(was) === JSON.stringify(one) ? [] : [{ how: 'changed', before: was, after: one }]
  })
  return [...now, ...before.filter((one) => !names.has(nameOf(one))).map((one): ListChange<T> => ({ how: 'removed', before: one }))]
}
/** By stage and department. */
export const stepChanges = (before: ItemDraft, after: ItemDraft): ListChange<FlowStep>[] =>
  listChanges(before.steps, after.steps, (one) => `${one.stage} ${one.department}`)
/** By code, compared as they are sent. */
export const feeChanges = (before: ItemDraft, after: ItemDraft): ListChange<ItemFee>[] =>
  listChanges(before.fees.map(feeSent), after.fees.map(feeSent), (one) => one.code)

export const differs = (before: ItemDraft, after: ItemDraft): boolean =>
  fieldChanges(before, after).length > 0 ||
  materialChanges(before, after).some((one) => one.how !== 'same') ||
  stepChanges(before, after).length > 0 ||
  feeChanges(before, after).length > 0

/** Published versions do not refer to each other: materials of the same name are the same material. */
export function linked(before: ItemDraft, after: ItemDraft): ItemDraft {
  const free = new Map(before.materials.map((one) => [one.nameZh, one.seq]))
  const materials = after.materials.map((one) => {
    const from = free.get(one.nameZh) ?? 0
    free.delete(one.nameZh)
    return { ...one, from }
  })
  return { ...after, materials }
}

/* ---- somebody else has published a version meanwhile */

/** The draft as one of the version that is there now: what was not changed follows it, what was changed stays.
 *  Materials are the same by name; of the flow and the fees the whole list stays. */
export function rebased(draft: ItemDraft, was: ItemDraft, present: ItemDraft): ItemDraft {
  const untouched = materialChanges(was, draft).every((one) => one.how === 'same')
  const kept = Object.fromEntries(fieldChanges(was, draft).map((one) => [one.field, one.after]))
  return linked(present, {
    ...present,
    ...kept,
    materials: untouched ? present.materials : draft.materials,
    steps: stepChanges(was, draft).length === 0 ? present.steps : draft.steps,
    fees: feeChanges(was, draft).length === 0 ? present.fees : draft.fees,
    decision: draft.decision,
    decidedOn: draft.decidedOn,
    fromOn: draft.fromOn,
  })
}
