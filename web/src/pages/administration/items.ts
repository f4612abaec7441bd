// SPDX-License-Identifier: Apache-2.0
// The draft of an item's next version: a copy of the latest, and what is sent of it. Pure.
import type { FeeStandard, FlowStep, Guide, ItemFee, ItemMaterial, ItemText, PublishItem, SurveyKind } from '@/api/types'
import { dayText } from '@/format'
import { tidyAmount, tidyLine, tidyPhone, tidyText } from '@/tidy'

/** A material; `from`: its number in the version it was copied from, 0: it is new. */
export interface DraftMaterial extends ItemMaterial {
  from: number
}
/** A fee standard with its amounts in yuan, as they are typed. */
export interface DraftFee extends Pick<ItemFee, 'code' | 'department' | 'nameZh' | 'nameEn' | 'kind' | 'unit' | 'basis' | 'deposit' | 'reducible'> {
  price: string
  freeUnits: number
  /** Empty: none. */
  cap: string
  tiers: { from: number; to: number; price: string }[]
}
export type Standing = 'offered' | 'suspended' | 'left'
export interface ItemDraft extends ItemText {
  /** The version it was copied from; 0: there is no draft. */
  base: number
  nameZh: string
  nameEn: string
  department: string
  seq: number
  applicant: string
  handling: string
  decisionLevel: string
  result: string
  windowCanFinish: boolean
  byDepartment: boolean
  promisedDays: number
  statutoryDays: number
  standing: Standing
  survey: SurveyKind
  conditions: string
  basis: string
  materials: DraftMaterial[]
  steps: FlowStep[]
  fees: DraftFee[]
  /** Number and date of the decision; the date of effect, empty: today. Dates as "2026-12-01". */
  decision: string
  decidedOn: string
  fromOn: string
}

/** Of a draft: the item is new. */
export const NEW = -1
export const MATERIALS_MOST = 64
export const STEPS_MOST = 64
export const FEES_MOST = 16
export const TIERS_MOST = 16
export const COPIES_MOST = 99
export const DAYS_MOST = 90
export const SURVEYS: SurveyKind[] = ['SURVEY_KIND_UNSPECIFIED', 'BY_INSPECTION', 'BY_TESTING', 'BY_QUARANTINE', 'BY_APPRAISAL']
export const FORMS = ['original', 'copy', 'electronic', 'form']
export const APPLICANTS = ['any', 'person', 'organisation']
export const HANDLINGS = ['immediate', 'promised']
export const LEVELS = ['district', 'city']
export const STANDINGS: Standing[] = ['offered', 'suspended', 'left']
export const ACTIONS: FlowStep['action'][] = ['REVIEW', 'CONSULT', 'COUNTERSIGN', 'SITE_SURVEY', 'EXPERT_REVIEW', 'DECIDE_CASE', 'CITY_DECISION']
export const FEE_KINDS = ['fixed', 'quantity', 'area', 'area_days', 'tiered']
export const CITY = 'CITY'
/** The texts of the guide, in the order in which they are shown; codes last. */
export const TEXTS = ['quantity', 'procedure', 'special', 'hours', 'place', 'telephone', 'online', 'baseCode', 'implementationCode', 'businessCode'] as const
export type TextField = (typeof TEXTS)[number]
export const LONG_TEXTS: readonly TextField[] = ['procedure', 'special']

const NO_TEXT = Object.fromEntries(TEXTS.map((field) => [field, ''])) as Record<TextField, string>

export const noDraft = (): ItemDraft => ({
  base: 0,
  nameZh: '',
  nameEn: '',
  department: '',
  seq: 1,
  applicant: 'any',
  handling: 'promised',
  decisionLevel: 'district',
  result: '',
  windowCanFinish: false,
  byDepartment: false,
  promisedDays: 0,
  statutoryDays: 1,
  standing: 'offered',
  survey: 'SURVEY_KIND_UNSPECIFIED',
  conditions: '',
  basis: '',
  ...NO_TEXT,
  materials: [],
  steps: [],
  fees: [],
  decision: '',
  decidedOn: '',
  fromOn: '',
})

/** An item that the hall has not yet, with what each has. */
export const newDraft = (department: string): ItemDraft => ({
  ...noDraft(),
  base: NEW,
  department,
  promisedDays: 20,
  statutoryDays: 20,
  materials: [{ ...blankMaterial(), nameZh: '申请表', nameEn: 'Application form', form: 'form' }],
  steps: [{ stage: 1, department, action: 'DECIDE_CASE', lead: true, days: 5, counts: true }],
})

/** "1000" fen as "10.00", and back; what is no amount becomes "". */
export const yuanOf = (fen: string): string => (Number(fen) / 100).toFixed(2)
export function fenOf(yuan: string): string {
  const parts = /^(\d{1,8})(?:\.(\d{1,2}))?$/.exec(tidyAmount(yuan))
  return parts ? String(Number(parts[1]) * 100 + Number((parts[2] ?? '').padEnd(2, '0'))) : ''
}

const draftFee = (fee: ItemFee): DraftFee => ({
  code: fee.code,
  department: fee.department,
  nameZh: fee.nameZh,
  nameEn: fee.nameEn,
  kind: fee.kind,
  unit: fee.unit,
  basis: fee.basis,
  deposit: fee.deposit,
  reducible: fee.reducible,
  price: fee.kind === 'tiered' ? '' : yuanOf(fee.unitFen),
  freeUnits: Number(fee.freeUnits),
  cap: fee.capFen === '0' ? '' : yuanOf(fee.capFen),
  tiers: fee.tiers.map((one) => ({ from: Number(one.fromUnits), to: Number(one.toUnits), price: yuanOf(one.unitFen) })),
})

const standingOf = (item: { offered: boolean; suspended: boolean }): Standing =>
  !item.offered ? 'left' : item.suspended ? 'suspended' : 'offered'

/** The content of a version; the decision is another one. */
export const draftOf = (guide: Guide, steps: FlowStep[] = [], fees: FeeStandard[] = []): ItemDraft => ({
  ...noDraft(),
  ...guide.text,
  base: guide.item.version,
  nameZh: guide.item.nameZh,
  nameEn: guide.item.nameEn,
  department: guide.item.department,
  seq: guide.item.seq,
  applicant: guide.item.applicant,
  handling: guide.item.handling,
  decisionLevel: guide.item.decisionLevel,
  result: guide.item.result,
  windowCanFinish: guide.item.windowCanFinish,
  byDepartment: guide.item.byDepartment,
  promisedDays: guide.item.promisedDays,
  statutoryDays: guide.item.statutoryDays,
  standing: standingOf(guide.item),
  survey: guide.item.survey ?? 'SURVEY_KIND_UNSPECIFIED',
  conditions: guide.conditions,
  basis: guide.basis,
  materials: guide.materials.map((one) => ({ ...one, source: one.source ?? '', note: one.note ?? '', from: one.seq })),
  steps: steps.map((one) => ({ stage: one.stage, department: one.department, action: one.action, lead: one.lead, days: one.days, counts: one.counts })),
  fees: fees.map(draftFee),
})

export const blankMaterial = (): DraftMaterial => ({
  seq: 0,
  nameZh: '',
  nameEn: '',
  form: 'original',
  copies: 1,
  required: true,
  source: '',
  note: '',
  from: 0,
})
export const nextStep = (steps: FlowStep[], department: string): FlowStep => ({
  stage: steps.at(-1)?.stage ?? 1,
  department,
  action: 'REVIEW',
  lead: false,
  days: 5,
  counts: true,
})
export const blankFee = (item: string, department: string, n: number): DraftFee => ({
  code: `FEE-${item}${'ABCDEFGHIJKLMNOP'[n] ?? ''}`,
  department,
  nameZh: '',
  nameEn: '',
  kind: 'fixed',
  unit: '',
  basis: '',
  deposit: false,
  reducible: true,
  price: '',
  freeUnits: 0,
  cap: '',
  tiers: [],
})

/** "2026-12-01" as a day since 1970-01-01; 0: none. */
export const dayOn = (date: string): number => (date === '' ? 0 : Math.round(Date.parse(`${date}T00:00:00Z`) / 86_400_000))
export const dateOf = (day: number): string => (day === 0 ? '' : dayText(day))

/** As it is sent. */
export const feeSent = (fee: DraftFee): ItemFee => ({
  code: tidyLine(fee.code),
  department: fee.department,
  nameZh: tidyLine(fee.nameZh),
  nameEn: tidyLine(fee.nameEn),
  kind: fee.kind,
  unitFen: fee.kind === 'tiered' ? '0' : fenOf(fee.price) || '0',
  unit: tidyLine(fee.unit),
  freeUnits: String(fee.freeUnits),
  capFen: fee.cap === '' ? '0' : fenOf(fee.cap),
  basis: tidyLine(fee.basis),
  tiers: fee.kind !== 'tiered' ? [] : fee.tiers.map((one) => ({ fromUnits: String(one.from), toUnits: String(one.to), unitFen: fenOf(one.price) || '0' })),
  deposit: fee.deposit,
  reducible: fee.reducible,
})

const textSent = (draft: ItemDraft): ItemText =>
  Object.fromEntries(
    TEXTS.map((field) => [field, (LONG_TEXTS.includes(field) ? tidyText : field === 'telephone' ? tidyPhone : tidyLine)(draft[field])]),
  ) as Record<TextField, string>

/** What is sent: numbered from 1 without gaps (RULE L30); made from the version `base`. */
export function contentOf(draft: ItemDraft): Omit<PublishItem, 'item'> {
  return {
    ...(draft.base === NEW ? { isNew: true } : { shownRevision: String(draft.base) }),
    nameZh: tidyLine(draft.nameZh),
    nameEn: tidyLine(draft.nameEn),
    department: draft.department,
    seq: draft.seq,
    applicant: draft.applicant,
    handling: draft.handling,
    decisionLevel: draft.decisionLevel,
    result: tidyLine(draft.result),
    windowCanFinish: draft.windowCanFinish,
    byDepartment: draft.byDepartment,
    promisedDays: draft.promisedDays,
    statutoryDays: draft.statutoryDays,
    offered: draft.standing !== 'left',
    suspended: draft.standing === 'suspended',
    ...(draft.survey !== 'SURVEY_KIND_UNSPECIFIED' && { survey: draft.survey }),
    conditions: tidyText(draft.conditions),
    basis: tidyText(draft.basis),
    text: textSent(draft),
    materials: draft.materials.map((one, i) => ({
      seq: i + 1,
      nameZh: tidyLine(one.nameZh),
      nameEn: tidyLine(one.nameEn),
      form: one.form,
      copies: one.copies,
      required: one.required,
      source: tidyLine(one.source ?? ''),
      note: tidyText(one.note ?? ''),
    })),
    steps: draft.steps,
    fees: draft.fees.map(feeSent),
    decision: tidyLine(draft.decision),
    decisionDay: dayOn(draft.decidedOn),
    fromDay: dayOn(draft.fromOn),
  }
}

/** The list with one line moved up or down. */
export function movedBy<T>(list: T[], at: number, by: number): T[] {
  const to = at + by
  if (to < 0 || to >= list.length) return list
  const next = [...list]
  next.splice(to, 0, ...next.splice(at, 1))
  return next
}
