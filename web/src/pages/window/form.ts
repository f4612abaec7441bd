// SPDX-License-Identifier: Apache-2.0
// What a clerk fills in before a case exists: its faults, what is missing, what is sent. Pure.
import type {
  Applicant,
  ApplicantKind,
  Channel,
  FeeFact,
  FeeStandard,
  Item,
  ItemMaterial,
  MaterialIn,
  Missing,
  Submit,
} from '@/api/types'

export interface NewCase {
  item: string
  kind: ApplicantKind
  document: string
  name: string
  phone: string
  address: string
  byAgent: boolean
  agentName: string
  agentDocument: string
  channel: Channel
  fastLane: boolean
  summary: string
  /** Copies handed in, by the material's number in the list. */
  copies: Record<string, number>
  /** What the fee standards ask, by their code, as typed; units of 0: does not apply to this case. */
  units: Record<string, string>
  days: Record<string, string>
  /** The last request sent: the same again goes under the same key, and is not done twice. */
  sentKey: string
  sentBody: string
}

export const emptyCase = (): NewCase => ({
  item: '',
  kind: 'PERSON',
  document: '',
  name: '',
  phone: '',
  address: '',
  byAgent: false,
  agentName: '',
  agentDocument: '',
  channel: 'AT_WINDOW',
  fastLane: false,
  summary: '',
  copies: {},
  units: {},
  days: {},
  sentKey: '',
  sentBody: '',
})

export const hasContent = (form: NewCase): boolean =>
  [form.item, form.document, form.name, form.phone, form.address, form.summary].some((text) => text !== '')

/* ---- materials */

export type Ticks = Record<string, number>

export const ticked = (copies: Ticks, seq: number): number => copies[seq] ?? 0

/** The required ones with the copies still to bring (RULE L31: of the item's list, and nothing else). */
export function missingOf(materials: ItemMaterial[], copies: Ticks): Missing[] {
  return materials
    .filter((one) => one.required && ticked(copies, one.seq) < one.copies)
    .map(({ seq, nameZh, nameEn, copies: asked }) => ({
      seq,
      nameZh,
      nameEn,
      copies: asked - ticked(copies, seq),
    }))
}

/** All there, each in the copies asked. */
export const allTicked = (materials: { seq: number; copies: number }[]): Ticks =>
  Object.fromEntries(materials.map((one) => [one.seq, one.copies]))

export const handedIn = (copies: Ticks): MaterialIn[] =>
  Object.entries(copies)
    .map(([seq, n]) => ({ seq: Number(seq), copies: n }))
    .filter((one) => one.copies > 0)
    .sort((a, b) => a.seq - b.seq)

/* ---- fees */

export const asksUnits = (fee: FeeStandard): boolean => fee.kind !== 'fixed'
export const asksDays = (fee: FeeStandard): boolean => fee.kind === 'area_days'
/** "m2" of "m2·day" */
export const unitOf = (fee: FeeStandard): string => fee.unit.split('·')[0] ?? fee.unit

const wholeNumber = (text: string | undefined): number => (/^\d{1,7}$/.test(text ?? '') ? Number(text) : NaN)

/** Facts that are wholly and rightly told; the others are left out. */
export function factsOf(form: NewCase, fees: FeeStandard[]): FeeFact[] {
  const facts: FeeFact[] = []
  for (const fee of fees.filter(asksUnits)) {
    const units = wholeNumber(form.units[fee.code])
    const days = asksDays(fee) ? wholeNumber(form.days[fee.code]) : 0
    if (units >= 1 && units <= 1_000_000 && days >= 0 && days <= 3660 && (!asksDays(fee) || days >= 1))
      facts.push({ fee: fee.code, units: String(units), days })
  }
  return facts
}

/* ---- faults */

const bytes = (text: string): number => new TextEncoder().encode(text).length

/** Field and what is wrong with it, a key of the page's words. */
export type Faults = Record<string, string>

export interface Checks {
  item: Item | null
  department: string
  fees: FeeStandard[]
  /** What is wrong with a document of that kind; empty: nothing. */
  documentFault: (document: string, kind: ApplicantKind) => string
}

function applicantFaults(form: NewCase, checks: Checks): Faults {
  const faults: Faults = {}
  const wrong = checks.documentFault(form.document, form.kind)
  if (form.document === '') faults.document = 'faults.needed'
  else if (wrong !== '') faults.document = wrong
  if (form.name.trim() === '') faults.name = 'faults.needed'
  else if (bytes(form.name) > 120) faults.name = 'faults.long'
  if (form.phone === '') faults.phone = 'faults.needed'
  else if (!/^[0-9+-]{5,20}$/.test(form.phone)) faults.phone = 'faults.phone'
  if (bytes(form.address) > 240) faults.address = 'faults.long'
  if (bytes(form.summary) > 200) faults.summary = 'faults.long'
  const serves = checks.item?.applicant ?? 'any'
  if (serves !== 'any' && serves.toUpperCase() !== form.kind) faults.kind = `faults.only.${serves}`
  return faults
}

function agentFaults(form: NewCase, checks: Checks): Faults {
  if (!form.byAgent) return {}
  const faults: Faults = {}
  if (form.agentName.trim() === '') faults.agentName = 'faults.needed'
  else if (bytes(form.agentName) > 120) faults.agentName = 'faults.long'
  const wrong = checks.documentFault(form.agentDocument, 'PERSON')
  if (form.agentDocument === '') faults.agentDocument = 'faults.needed'
  else if (wrong !== '') faults.agentDocument = wrong
  return faults
}

function feeFaults(form: NewCase, fees: FeeStandard[]): Faults {
  const faults: Faults = {}
  for (const fee of fees.filter(asksUnits)) {
    const units = wholeNumber(form.units[fee.code])
    const days = wholeNumber(form.days[fee.code])
    if (!(units >= 0 && units <= 1_000_000)) faults[`units.${fee.code}`] = 'faults.units'
    else if (asksDays(fee) && units > 0 && !(days >= 1 && days <= 3660))
      faults[`days.${fee.code}`] = 'faults.days'
  }
  return faults
}

/** In the order of the form, so that the first is where to go. */
export function faultsOf(form: NewCase, checks: Checks): Faults {
  if (!checks.item) return { item: 'faults.item' }
  if (checks.item.department !== checks.department) return { item: 'faults.elsewhere' }
  return {
    ...applicantFaults(form, checks),
    ...agentFaults(form, checks),
    ...feeFaults(form, checks.fees),
  }
}

/* ---- what is sent */

export function applicantOf(form: NewCase): Applicant {
  return {
    kind: form.kind,
    name: form.name.trim(),
    document: form.document,
    phone: form.phone,
    address: form.address.trim(),
    agentName: form.byAgent ? form.agentName.trim() : '',
    agentDocument: form.byAgent ? form.agentDocument : '',
  }
}

export const bodyOf = (form: NewCase, fees: FeeStandard[], check: boolean): Submit => ({
  item: form.item,
  applicant: applicantOf(form),
  materials: handedIn(form.copies),
  channel: form.channel,
  fastLane: form.fastLane,
  facts: factsOf(form, fees),
  check,
  summary: form.summary.trim(),
})

/** The key to send this under: the old one when this very request may have been done already. */
export function keyFor(form: NewCase, body: Submit, fresh: () => string): string {
  const text = JSON.stringify(body)
  if (form.sentBody !== text) {
    form.sentKey = fresh()
    form.sentBody = text
  }
  return form.sentKey
}

/** The field of a refusal, "applicant.agent_document" or "applicant.agentDocument", as the form calls it. */
export function fieldOf(path: string): string {
  const last = path.replace(/\[\d+\]/g, '').split('.').at(-1) ?? ''
  return last.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
