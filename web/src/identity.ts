// SPDX-License-Identifier: Apache-2.0
// Checks an applicant's number while it is typed: a citizen's identity number (GB 11643) or an
// organisation's unified social credit code (GB 32100), 18 characters each. A well-formed number need not
// have been issued. Pure. The same rules as services/intake/identity.c, which decides. RULE L32.3:
// corrected on the spot.

import { tidyDocument } from '@/tidy'

export type DocumentFault = 'length' | 'character' | 'region' | 'date' | 'check'

const LENGTH = 18
const CITIZEN = '0123456789X'
const ORGANISATION = '0123456789ABCDEFGHJKLMNPQRTUWXY' // without I, O, S, V, Z, which look like digits
const EARLIEST_YEAR = 1800
const DAY_MS = 86_400_000

/** Provinces by GB/T 2260, and the regions whose residents have a mainland number. */
const REGIONS = [[11, 15], [21, 23], [31, 37], [41, 46], [50, 54], [61, 65], [71, 71], [81, 83]] as const
const NATIONAL = 10 // in credit codes only

const isRegion = (region: number): boolean =>
  REGIONS.some(([from, to]) => region >= from && region <= to)

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

function citizenFault(text: string, today: number): DocumentFault | null {
  if (!/^\d{17}[\dX]$/.test(text)) return 'character'
  if (!isRegion(Number(text.slice(0, 2)))) return 'region'
  if (!isBirth(text.slice(6, 14), today)) return 'date'
  return citizenChecks(text) ? null : 'check'
}

function organisationFault(text: string): DocumentFault | null {
  if (![...text].every((c) => ORGANISATION.includes(c)) || !/^\d{6}$/.test(text.slice(2, 8)))
    return 'character'
  const region = Number(text.slice(2, 4))
  if (region !== NATIONAL && !isRegion(region)) return 'region'
  return organisationChecks(text) ? null : 'check'
}

/** The first fault of a number; null when it is well formed. Words are documents.<fault>. `today` is the
 *  hall's day, in days since 1970: the workstation's clock does not judge. */
export function documentFault(
  kind: 'PERSON' | 'ORGANISATION',
  text: string,
  today: number,
): DocumentFault | null {
  const tidy = tidyDocument(text)
  if (tidy.length !== LENGTH) return 'length'
  return kind === 'PERSON' ? citizenFault(tidy, today) : organisationFault(tidy)
}

/** The fault of a number typed so far that no further character can cure, so that a slip of the finger
 *  shows at once; null while it may still become right. */
export function faultSoFar(kind: 'PERSON' | 'ORGANISATION', text: string, today: number): DocumentFault | null {
  const tidy = tidyDocument(text)
  const may = kind === 'PERSON' ? /^\d{0,17}[\dX]?$/ : /^[0-9A-HJ-NP-RTUWXY]*$/
  if (!may.test(tidy) || (kind === 'PERSON' && tidy.indexOf('X') >= 0 && tidy.length < LENGTH))
    return 'character'
  if (tidy.length > LENGTH) return 'length'
  if (kind === 'PERSON' && tidy.length >= 2 && !isRegion(Number(tidy.slice(0, 2)))) return 'region'
  return tidy.length === LENGTH ? documentFault(kind, tidy, today) : null
}

/** The kind of a number; null when it is neither. */
export function kindOfDocument(text: string, today: number): 'PERSON' | 'ORGANISATION' | null {
  if (documentFault('PERSON', text, today) === null) return 'PERSON'
  return documentFault('ORGANISATION', text, today) === null ? 'ORGANISATION' : null
}

/** "110105********002X", for screens that others can see. */
export function maskedDocument(text: string): string {
  return text.length === LENGTH ? `${text.slice(0, 6)}********${text.slice(14)}` : text
}
