// SPDX-License-Identifier: Apache-2.0
// Checks the number of an applicant's document while it is typed, by the kind of document. A well-formed
// number need not have been issued. Pure. The twin of services/intake/identity.c, which decides;
// tests/identity/cases.tsv holds both to the same cases. RULE L32.3: corrected on the spot.

import type { ApplicantKind, DocumentKind } from '@/api/types'
import { tidyDocument } from '@/tidy'

export type DocumentFault = 'length' | 'character' | 'region' | 'date' | 'check'

const LENGTH = 18
const CITIZEN = '0123456789X'
const ORGANISATION = '0123456789ABCDEFGHJKLMNPQRTUWXY' // without I, O, S, V, Z, which look like digits
const EARLIEST_YEAR = 1800
const DAY_MS = 86_400_000

/** Provinces by GB/T 2260. */
const PROVINCES = [[11, 15], [21, 23], [31, 37], [41, 46], [50, 54], [61, 65], [71, 71]] as const
const NATIONAL = 10 // in credit codes only

const isProvince = (digits: string): boolean =>
  PROVINCES.some(([from, to]) => Number(digits) >= from && Number(digits) <= to)
/** Hong Kong, Macao, and Taiwan, as residence permits write it. */
const isOuterRegion = (digits: string): boolean => Number(digits) >= 81 && Number(digits) <= 83

function isBirth(yyyymmdd: string, today: number): boolean {
  const [year, month, day] = [
    Number(yyyymmdd.slice(0, 4)),
    Number(yyyymmdd.slice(4, 6)),
    Number(yyyymmdd.slice(6)),
  ]
  const date = new Date(Date.UTC(year, month - 1, day))
  return (
    year >= EARLIEST_YEAR &&
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    date.getTime() / DAY_MS <= today
  )
}

/** ISO 7064 MOD 11-2: each character before the check character doubles; the sum is 1. */
const citizenChecks = (text: string): boolean =>
  [...text].reduce((sum, c) => (sum * 2 + CITIZEN.indexOf(c)) % 11, 0) === 1

/** GB 32100: weights 3^i mod 31, the check character with weight 1; the sum is 0. */
function organisationChecks(text: string): boolean {
  let weight = 1
  let sum = 0
  for (const c of text.slice(0, LENGTH - 1)) {
    sum += weight * ORGANISATION.indexOf(c)
    weight = (weight * 3) % 31
  }
  return (sum + ORGANISATION.indexOf(text[LENGTH - 1]!)) % 31 === 0
}

/* ---- one rule a kind; the text is tidy, and of a length that its kind allows */

/** 17 digits and a check character, with the date of birth from the 7th on. */
function bornFault(text: string, isPlace: boolean, today: number): DocumentFault | null {
  if (!isPlace) return 'region'
  if (!isBirth(text.slice(6, 14), today)) return 'date'
  return citizenChecks(text) ? null : 'check'
}

type Rule = (text: string, today: number) => DocumentFault | null

const citizen =
  (isPlace: (text: string) => boolean): Rule =>
  (text, today) =>
    /^\d{17}[\dX]$/.test(text) ? bornFault(text, isPlace(text.slice(0, 2)), today) : 'character'

const creditCode: Rule = (text) => {
  if (![...text].every((c) => ORGANISATION.includes(c)) || !/^\d{6}$/.test(text.slice(2, 8))) return 'character'
  const region = text.slice(2, 4)
  if (Number(region) !== NATIONAL && !isProvince(region) && !isOuterRegion(region)) return 'region'
  return organisationChecks(text) ? null : 'check'
}

/** Form of 2023: 9, province, country (three digits). Older form: the country's three letters, 12 digits. */
const permanentResidenceCard: Rule = (text, today) => {
  if (text.length === 15) return /^[A-Z]{3}\d{12}$/.test(text) ? null : 'character'
  if (text.length !== LENGTH) return 'length'
  if (!/^9\d{16}[\dX]$/.test(text)) return 'character'
  return bornFault(text, isProvince(text.slice(1, 3)) && text.slice(3, 6) !== '000', today)
}

const homeReturnPermit: Rule = (text) =>
  !/^[HM]\d*$/.test(text) ? 'character' : text.length === 9 || text.length === 11 ? null : 'length'

const taiwanPermit: Rule = (text) =>
  !/^(\d+|\d{10}[A-Z]+)$/.test(text) ? 'character' : /^(\d{8}|\d{10}[A-Z]?)$/.test(text) ? null : 'length'

const anyNumber: Rule = (text) => (/^[0-9A-Z]*\d[0-9A-Z]*$/.test(text) ? null : 'character')

interface Kind {
  least: number
  most: number
  /** As a person reads it. */
  lengths: string
  rule: Rule
  /** What a number of this kind may begin with while it is typed. */
  begins: RegExp
}
const KINDS: Record<DocumentKind, Kind> = {
  IDENTITY_CARD: { least: 18, most: 18, lengths: '18', rule: citizen(isProvince), begins: /^\d{0,17}$|^\d{17}[\dX]/ },
  CREDIT_CODE: { least: 18, most: 18, lengths: '18', rule: creditCode, begins: /^[0-9A-HJ-NP-RTUWXY]*$/ },
  RESIDENCE_PERMIT: { least: 18, most: 18, lengths: '18', rule: citizen(isOuterRegion), begins: /^\d{0,17}$|^\d{17}[\dX]/ },
  PERMANENT_RESIDENCE_CARD: { least: 15, most: 18, lengths: '15 / 18', rule: permanentResidenceCard, begins: /^(9\d{0,16}|9\d{16}[\dX]|[A-Z]{0,3}|[A-Z]{3}\d*)$/ },
  PASSPORT: { least: 5, most: 20, lengths: '5–20', rule: anyNumber, begins: /^[0-9A-Z]*$/ },
  HOME_RETURN_PERMIT: { least: 9, most: 11, lengths: '9 / 11', rule: homeReturnPermit, begins: /^([HM]\d*)?$/ },
  TAIWAN_PERMIT: { least: 8, most: 11, lengths: '8 / 10', rule: taiwanPermit, begins: /^(\d*|\d{10}[A-Z])$/ },
  OTHER_DOCUMENT: { least: 4, most: 30, lengths: '4–30', rule: anyNumber, begins: /^[0-9A-Z]*$/ },
}

/** The documents of a person or of an organisation, the usual one first. */
export const documentKinds = (of: ApplicantKind): DocumentKind[] =>
  of === 'ORGANISATION'
    ? ['CREDIT_CODE', 'OTHER_DOCUMENT']
    : (Object.keys(KINDS) as DocumentKind[]).filter((kind) => kind !== 'CREDIT_CODE')

/** How many characters a number of this kind has, as a person reads it. */
export const lengthsOf = (kind: DocumentKind): string => KINDS[kind].lengths
/** Whether every number of this kind has the same length, so that one is known to be whole while it is typed. */
export const isOfOneLength = (kind: DocumentKind): boolean => KINDS[kind].least === KINDS[kind].most

/** The first fault of a number; null when it is well formed. Words are documents.<fault>. `today` is the
 *  hall's day, in days since 1970: the workstation's clock does not judge. */
export function documentFault(kind: DocumentKind, text: string, today: number): DocumentFault | null {
  const tidy = tidyDocument(text)
  const { least, most, rule } = KINDS[kind]
  return tidy.length < least || tidy.length > most ? 'length' : rule(tidy, today)
}

/** The fault of a number typed so far that no further character can cure, so that a slip of the finger
 *  shows at once; null while it may still become right. */
export function faultSoFar(kind: DocumentKind, text: string, today: number): DocumentFault | null {
  const tidy = tidyDocument(text)
  const { most, begins } = KINDS[kind]
  if (!begins.test(tidy)) return 'character'
  if (tidy.length > most) return 'length'
  if (kind === 'IDENTITY_CARD' && tidy.length >= 2 && !isProvince(tidy.slice(0, 2))) return 'region'
  if (kind === 'RESIDENCE_PERMIT' && tidy.length >= 2 && !isOuterRegion(tidy.slice(0, 2))) return 'region'
  return tidy.length === most ? documentFault(kind, tidy, today) : null
}

/** What the characters typed so far look like, the commoner first. A number of 8 digits may be a Taiwan permit
 *  or the beginning of an identity card: permits of that kind are chosen. */
const LOOKS: [DocumentKind, RegExp][] = [
  ['RESIDENCE_PERMIT', /^8[1-3]\d*X?$/],
  ['CREDIT_CODE', /^9[0-9A-Z]*$|^\d[0-9A-Z]*[A-Z].|^[A-Z][0-9A-Z]{11}/],
  ['PERMANENT_RESIDENCE_CARD', /^9\d*X?$|^[A-Z]{3}\d*$/],
  ['IDENTITY_CARD', /^\d+X?$/],
  ['HOME_RETURN_PERMIT', /^[HM]\d{0,10}$/],
  ['PASSPORT', /^[A-Z]/],
]

/** The kind of document that a number is likely to be of, among those of such applicants; null when that cannot
 *  be said. */
export function likelyKind(text: string, of: ApplicantKind[], today: number): DocumentKind | null {
  const tidy = tidyDocument(text)
  const mayBe = (kind: DocumentKind) => of.some((one) => documentKinds(one).includes(kind))
  const kinds = LOOKS.map(([kind]) => kind).filter(mayBe)
  const right = kinds.find((kind) => KINDS[kind].most === LENGTH && documentFault(kind, tidy, today) === null)
  return right ?? LOOKS.find(([kind, look]) => mayBe(kind) && look.test(tidy) && !(kind === 'IDENTITY_CARD' && tidy.length > LENGTH))?.[0] ?? null
}

/** "110105********002X", for screens that others can see. */
export function maskedDocument(text: string): string {
  const shown = text.length === LENGTH ? [6, 4] : [2, 2]
  const hidden = Math.max(0, text.length - shown[0]! - shown[1]!)
  return text.slice(0, shown[0]) + '*'.repeat(hidden) + text.slice(text.length - shown[1]!)
}
