// SPDX-License-Identifier: Apache-2.0
// The draft of an item's next version: a copy of the latest, its faults, and how it differs. Pure.
import type { Guide, ItemMaterial, PublishItem, SurveyKind } from '@/api/types'
import { fits } from '@/parts/case/bounds'
import { isBlank, tidyLine, tidyText } from '@/tidy'

/** A material; `from`: its number in the version it was copied from, 0: it is new. */
export interface DraftMaterial extends ItemMaterial {
  from: number
}
export interface ItemDraft {
  /** The version it was copied from; 0: there is no draft. */
  base: number
  nameZh: string
  nameEn: string
  promisedDays: number
  statutoryDays: number
  offered: boolean
  /** Absent from a draft kept since before it was asked. */
  survey?: SurveyKind
  conditions?: string
  basis?: string
  materials: DraftMaterial[]
}

export const MATERIALS_MOST = 64
export const COPIES_MOST = 99
export const DAYS_MOST = 90
export const SURVEYS: SurveyKind[] = ['SURVEY_KIND_UNSPECIFIED', 'BY_INSPECTION', 'BY_TESTING', 'BY_QUARANTINE', 'BY_APPRAISAL']
export const FORMS = ['original', 'copy', 'electronic']

export const noDraft = (): ItemDraft => ({
  base: 0,
  nameZh: '',
  nameEn: '',
  promisedDays: 0,
  statutoryDays: 1,
  offered: true,
  survey: 'SURVEY_KIND_UNSPECIFIED',
  conditions: '',
  basis: '',
  materials: [],
})

export const draftOf = (guide: Guide, offered: boolean): ItemDraft => ({
  base: guide.item.version,
  nameZh: guide.item.nameZh,
  nameEn: guide.item.nameEn,
  promisedDays: guide.item.promisedDays,
  statutoryDays: guide.item.statutoryDays,
  offered,
  survey: guide.item.survey,
  conditions: guide.conditions,
  basis: guide.basis,
  materials: guide.materials.map((one) => ({ ...one, from: one.seq })),
})

export const blankMaterial = (): DraftMaterial => ({
  seq: 0,
  nameZh: '',
  nameEn: '',
  form: 'original',
  copies: 1,
  required: true,
  from: 0,
})

/** What is sent: numbered from 1 without gaps (RULE L30); made from the version `base`. */
export function contentOf(draft: ItemDraft): Omit<PublishItem, 'item'> {
  return {
    shownRevision: String(draft.base),
    nameZh: tidyLine(draft.nameZh),
    nameEn: tidyLine(draft.nameEn),
    promisedDays: draft.promisedDays,
    statutoryDays: draft.statutoryDays,
    offered: draft.offered,
    ...(draft.survey && draft.survey !== 'SURVEY_KIND_UNSPECIFIED' && { survey: draft.survey }),
    conditions: tidyText(draft.conditions ?? ''),
    basis: tidyText(draft.basis ?? ''),
    materials: draft.materials.map((one, i) => ({
      seq: i + 1,
      nameZh: tidyLine(one.nameZh),
      nameEn: tidyLine(one.nameEn),
      form: one.form,
      copies: one.copies,
      required: one.required,
    })),
  }
}

const isCount = (n: unknown, least: number, most: number): boolean =>
  Number.isInteger(n) && (n as number) >= least && (n as number) <= most

const faultOfName = (name: string): string =>
  isBlank(name) ? 'needed' : fits(name, 'intake.PublishItem.nameZh') ? '' : 'tooLong'

/** Keys of the words for its faults, by field: "nameZh", "materials", "materials.2.copies". */
export function faultsOf(draft: ItemDraft): Record<string, string> {
  const found: Record<string, string> = {
    nameZh: faultOfName(draft.nameZh),
    nameEn: faultOfName(draft.nameEn),
    statutoryDays: isCount(draft.statutoryDays, 1, DAYS_MOST) ? '' : 'statutory',
    promisedDays: isCount(draft.promisedDays, 0, draft.statutoryDays) ? '' : 'promised',
    conditions: fits(draft.conditions ?? '', 'intake.PublishItem.conditions') ? '' : 'tooLong',
    basis: fits(draft.basis ?? '', 'intake.PublishItem.basis') ? '' : 'tooLong',
    materials: isCount(draft.materials.length, 1, MATERIALS_MOST) ? '' : 'materials',
  }
  draft.materials.forEach((one, i) => {
    found[`materials.${i}.nameZh`] = faultOfName(one.nameZh)
    found[`materials.${i}.nameEn`] = faultOfName(one.nameEn)
    found[`materials.${i}.copies`] = isCount(one.copies, 1, COPIES_MOST) ? '' : 'copies'
  })
  return Object.fromEntries(Object.entries(found).filter(([, fault]) => fault !== ''))
}

/* ---- how two versions differ */

const FIELDS = ['nameZh', 'nameEn', 'promisedDays', 'statutoryDays', 'offered', 'survey', 'conditions', 'basis'] as const
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
    before: before[field] ?? '',
    after: after[field] ?? '',
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
  a.required === b.required

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

export const differs = (before: ItemDraft, after: ItemDraft): boolean =>
  fieldChanges(before, after).length > 0 ||
  materialChanges(before, after).some((one) => one.how !== 'same')

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

/** The list with one line moved up or down. */
export function movedBy<T>(list: T[], at: number, by: number): T[] {
  const to = at + by
  if (to < 0 || to >= list.length) return list
  const next = [...list]
  next.splice(to, 0, ...next.splice(at, 1))
  return next
}

/* ---- somebody else has published a version meanwhile */

/** The draft as one of the version that is in force now: what was not changed follows it, what was changed
 *  stays. Materials are the same by name. */
export function rebased(draft: ItemDraft, was: ItemDraft, present: ItemDraft): ItemDraft {
  const untouched = materialChanges(was, draft).every((one) => one.how === 'same')
  const kept = Object.fromEntries(fieldChanges(was, draft).map((one) => [one.field, one.after]))
  return linked(present, { ...present, ...kept, materials: untouched ? present.materials : draft.materials })
}
