// SPDX-License-Identifier: Apache-2.0
// The form of a new case: its faults, missing materials, and the request made of it. Pure.
import type {
  Applicant,
  ApplicantKind,
  Channel,
  DocumentKind,
  FeeFact,
  FeeStandard,
  Item,
  ItemMaterial,
  MaterialIn,
  Missing,
  PaperFault,
  PaperVerdict,
  Submit,
} from '@/api/types'
import type { DocumentFault } from '@/identity'
import { fits } from '@/parts/case/bounds'
import { isBlank, isClean, tidyAmount, tidyDocument, tidyLine, tidyName, tidyPhone } from '@/tidy'

export interface NewCase {
  item: string
  /** The version of the item whose list is shown; 0: none is. */
  version: number
  kind: ApplicantKind
  document: string
  documentKind: DocumentKind
  /** The kind was chosen, so it does not follow what is typed any more. */
  kindChosen: boolean
  documentNote: string
  /** The number, with a wrong check character, that was compared with the paper. */
  documentSeen: string
  name: string
  legalRepresentative: string
  phone: string
  address: string
  byAgent: boolean
  agentName: string
  agentDocument: string
  agentDocumentKind: DocumentKind
  agentDocumentSeen: string
  agentPhone: string
  agentLetter: boolean
  channel: Channel
  fastLane: boolean
  summary: string
  /** The number of the visitor's ticket; 0: he had none. */
  ticket: number
  /** Copies handed in, by the material's number. */
  copies: Record<string, number>
  /** What was found of papers that are not right, by the material's number. */
  found: Findings
  /** Facts of the fee standards, by their code, as typed; units of 0: the fee does not apply to this case. */
  units: Record<string, string>
  days: Record<string, string>
  /** The last request sent: sent again unchanged it has the same key, and is not done twice. */
  sentKey: string
  sentBody: string
}

export const emptyCase = (channel: Channel = 'AT_WINDOW'): NewCase => ({
  item: '',
  version: 0,
  kind: 'PERSON',
  document: '',
  documentKind: 'IDENTITY_CARD',
  kindChosen: false,
  documentNote: '',
  documentSeen: '',
  name: '',
  legalRepresentative: '',
  phone: '',
  address: '',
  byAgent: false,
  agentName: '',
  agentDocument: '',
  agentDocumentKind: 'IDENTITY_CARD',
  agentDocumentSeen: '',
  agentPhone: '',
  agentLetter: false,
  channel,
  fastLane: false,
  summary: '',
  ticket: 0,
  copies: {},
  found: {},
  units: {},
  days: {},
  sentKey: '',
  sentBody: '',
})

/** What a draft keeps only as long as the session (RULE H21). */
export const personalMembers: readonly (keyof NewCase & string)[] = [
  'document',
  'documentNote',
  'documentSeen',
  'name',
  'legalRepresentative',
  'phone',
  'address',
  'agentName',
  'agentDocument',
  'agentDocumentSeen',
  'agentPhone',
  'summary',
  'sentKey',
  'sentBody',
]

export const hasContent = (form: NewCase): boolean =>
  [form.item, form.document, form.name, form.phone, form.address, form.summary].some((text) => !isBlank(text))

/* ---- materials */

export type Ticks = Record<string, number>

export const ticked = (copies: Ticks, seq: number): number => copies[seq] ?? 0

/** RULE L32.3, L32.4: what was found of a paper that is not right. */
export interface Finding {
  verdict: 'WRONG' | 'MENDED'
  fault: PaperFault | ''
  note: string
}
export type Findings = Record<string, Finding>

export const isWrong = (found: Findings, seq: number): boolean => found[seq]?.verdict === 'WRONG'

/** Copies that are there and right. */
const right = (copies: Ticks, found: Findings, seq: number): number => (isWrong(found, seq) ? 0 : ticked(copies, seq))

/** Required materials with the copies still to bring, and the fault of those that are handed back (RULE L31: only materials
 *  of the item's list). A wrong one that need not be brought is told with the others, and stops nothing. */
export function missingOf(materials: ItemMaterial[], copies: Ticks, found: Findings = {}): Missing[] {
  const lacks = (one: ItemMaterial) => one.required && right(copies, found, one.seq) < one.copies
  if (!materials.some(lacks)) return []
  return materials
    .filter((one) => lacks(one) || isWrong(found, one.seq))
    .map(({ seq, nameZh, nameEn, copies: asked }) => ({
      seq,
      nameZh,
      nameEn,
      copies: asked - right(copies, found, seq),
      fault: (isWrong(found, seq) && found[seq]!.fault) || 'PAPER_FAULT_UNSPECIFIED',
      note: isWrong(found, seq) ? found[seq]!.note : '',
    }))
}

export const verdictsOf = (found: Findings): PaperVerdict[] =>
  Object.entries(found).map(([seq, { verdict, fault, note }]) => ({ seq: Number(seq), verdict, ...(fault && { fault }), note: tidyLine(note) }))

/** By the control: a verdict without its fault, another fault without a word, too many words. */
export function findingFaults(found: Findings): Faults {
  const faults: Faults = {}
  for (const [seq, { fault, note }] of Object.entries(found)) {
    if (fault === '') faults[`fault-${seq}`] = 'faults.paperFault'
    else if (fault === 'OTHER_FAULT' && isBlank(note)) faults[`fault-note-${seq}`] = 'faults.paperNote'
    else if (!fits(note, 'intake.PaperVerdict.note')) faults[`fault-note-${seq}`] = 'faults.long'
  }
  return faults
}

/** All materials, each with the copies asked for. */
export const allTicked = (materials: { seq: number; copies: number; required: boolean }[]): Ticks =>
  Object.fromEntries(materials.filter((one) => one.required).map((one) => [one.seq, one.copies]))

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

function wholeNumber(text = ''): number {
  const plain = tidyAmount(text)
  return /^\d{1,7}$/.test(plain) ? Number(plain) : NaN
}

/** The complete and valid facts, 0 for a fee that does not apply; the others are left out. */
export function factsOf(form: NewCase, fees: FeeStandard[]): FeeFact[] {
  const facts: FeeFact[] = []
  for (const fee of fees.filter(asksUnits)) {
    const units = wholeNumber(form.units[fee.code])
    const days = asksDays(fee) ? wholeNumber(form.days[fee.code]) : 0
    if (units === 0) facts.push({ fee: fee.code, units: '0', days: 0 })
    else if (units >= 1 && units <= 1_000_000 && days >= 0 && days <= 3660 && (!asksDays(fee) || days >= 1))
      facts.push({ fee: fee.code, units: String(units), days })
  }
  return facts
}

/* ---- faults */

/** By field: its fault, a key of the page's words. */
export type Faults = Record<string, string>

export interface Checks {
  item: Item | null
  department: string
  fees: FeeStandard[]
  documentFault: (kind: DocumentKind, document: string) => DocumentFault | null
}

function nameFault(name: string): string {
  if (name === '') return 'faults.needed'
  if (!fits(name, 'intake.Applicant.name')) return 'faults.long'
  return isClean(name) ? '' : 'faults.unclean'
}

function noteFault(note: string): string {
  if (note === '') return 'faults.needed'
  if (!fits(note, 'intake.Applicant.documentNote')) return 'faults.long'
  return isClean(note) ? '' : 'faults.unclean'
}

export function phoneFault(phone: string): string {
  if (phone === '') return 'faults.needed'
  return /^[0-9+-]{5,20}$/.test(phone) ? '' : 'faults.phone'
}

/** A wrong check character is no fault any more once the number was compared with the paper. */
export const isSeen = (fault: DocumentFault | null, document: string, seen: string): boolean =>
  fault === 'check' && tidyDocument(document) === seen

function numberFault(kind: DocumentKind, document: string, seen: string, checks: Checks): string {
  if (isBlank(document)) return 'faults.needed'
  const fault = checks.documentFault(kind, document)
  return fault === null || isSeen(fault, document, seen) ? '' : 'faults.document'
}

function applicantFaults(form: NewCase, checks: Checks): Faults {
  const faults: Faults = {}
  const applicant = applicantOf(form)
  faults.document = numberFault(form.documentKind, form.document, form.documentSeen, checks)
  if (form.documentKind === 'OTHER_DOCUMENT') faults.documentNote = noteFault(applicant.documentNote)
  faults.name = nameFault(applicant.name)
  faults.phone = phoneFault(applicant.phone)
  if (form.kind === 'ORGANISATION') faults.legalRepresentative = nameFault(applicant.legalRepresentative)
  if (!fits(applicant.address, 'intake.Applicant.address')) faults.address = 'faults.long'
  else if (!isClean(applicant.address)) faults.address = 'faults.unclean'
  if (!fits(form.summary, 'intake.Submit.summary')) faults.summary = 'faults.long'
  else if (!isClean(tidyLine(form.summary))) faults.summary = 'faults.unclean'
  const serves = checks.item?.applicant ?? 'any'
  if (serves !== 'any' && serves.toUpperCase() !== form.kind) faults.kind = `faults.only.${serves}`
  return faults
}

function agentFaults(form: NewCase, checks: Checks): Faults {
  if (!form.byAgent) return {}
  const faults: Faults = {}
  faults.agentName = nameFault(tidyName(form.agentName))
  faults.agentDocument = numberFault(form.agentDocumentKind, form.agentDocument, form.agentDocumentSeen, checks)
  faults.agentPhone = phoneFault(tidyPhone(form.agentPhone))
  if (!form.agentLetter) faults.agentLetter = 'faults.letter'
  return faults
}

export function feeFaults(form: NewCase, fees: FeeStandard[]): Faults {
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

/** In the order of the form: the first one gets the focus. */
export function faultsOf(form: NewCase, checks: Checks): Faults {
  if (!checks.item) return { item: 'faults.item' }
  if (checks.item.department !== checks.department) return { item: 'faults.elsewhere' }
  const all = { ...applicantFaults(form, checks), ...agentFaults(form, checks), ...feeFaults(form, checks.fees), ...findingFaults(form.found) }
  return Object.fromEntries(Object.entries(all).filter(([, fault]) => fault !== ''))
}

/* ---- what is sent */

type Agent = Pick<Applicant, 'agentName' | 'agentDocument' | 'agentDocumentKind' | 'agentDocumentSeen' | 'agentPhone' | 'agentLetter'>

function agentOf(form: NewCase): Agent {
  if (!form.byAgent) return { agentName: '', agentDocument: '', agentDocumentSeen: false, agentPhone: '', agentLetter: false }
  return {
    agentName: tidyName(form.agentName),
    agentDocument: tidyDocument(form.agentDocument),
    agentDocumentKind: form.agentDocumentKind,
    agentDocumentSeen: form.agentDocumentSeen !== '' && form.agentDocumentSeen === tidyDocument(form.agentDocument),
    agentPhone: tidyPhone(form.agentPhone),
    agentLetter: form.agentLetter,
  }
}

export function applicantOf(form: NewCase): Applicant {
  return {
    kind: form.kind,
    name: tidyName(form.name),
    document: tidyDocument(form.document),
    documentKind: form.documentKind,
    documentNote: form.documentKind === 'OTHER_DOCUMENT' ? tidyLine(form.documentNote) : '',
    documentSeen: form.documentSeen !== '' && form.documentSeen === tidyDocument(form.document),
    legalRepresentative: form.kind === 'ORGANISATION' ? tidyName(form.legalRepresentative) : '',
    phone: tidyPhone(form.phone),
    address: tidyLine(form.address),
    ...agentOf(form),
  }
}

/** `once`: not when the applicant applied for the item today already. */
export const bodyOf = (form: NewCase, fees: FeeStandard[], check: boolean, once = true): Submit => ({
  item: form.item,
  applicant: applicantOf(form),
  materials: handedIn(form.copies),
  verdicts: verdictsOf(form.found),
  channel: form.channel,
  fastLane: form.fastLane,
  facts: factsOf(form, fees),
  check,
  summary: tidyLine(form.summary),
  once,
  ticket: form.ticket,
  shownRevision: String(form.version),
})

/** What is ticked or found, by the numbers of another version's list: a material is the same by its name. */
export const ticksMoved = <T>(copies: Record<string, T>, was: ItemMaterial[], is: ItemMaterial[]): Record<string, T> =>
  Object.fromEntries(
    is.flatMap((one) => {
      const before = was.find((other) => other.nameZh === one.nameZh)
      const n = before && copies[before.seq]
      return n ? [[one.seq, n]] : []
    }),
  )

/** The idempotency key of this request: the old one when the same request may have been done already. The
 *  first request of a form has the key that the form got when it was begun: the same form in a duplicated tab
 *  is the same request. */
export function keyFor(form: NewCase, body: Submit, fresh: () => string): string {
  const text = JSON.stringify(body)
  if (form.sentBody === '' && form.sentKey !== '') form.sentBody = text
  if (form.sentBody !== text) {
    form.sentKey = fresh()
    form.sentBody = text
  }
  return form.sentKey
}

/** The form's name of a refusal's field: of "applicant.agent_document" or "applicant.agentDocument" "agentDocument". */
export function fieldOf(path: string): string {
  const last = path.replace(/\[\d+\]/g, '').split('.').at(-1) ?? ''
  return last.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
