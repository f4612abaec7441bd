// SPDX-License-Identifier: Apache-2.0
// The applicants seen since this page was opened, so that slips can be printed without another recorded
// look (RULE H21). In memory only: gone with the page.
import type { Applicant } from '@/api/types'
import { session } from '@/session'

const known = new Map<string, Applicant>()
let whose = ''

/** When another person has signed in, nothing is known. */
function mine(): Map<string, Applicant> {
  if (whose !== session.person) known.clear()
  whose = session.person
  return known
}

export const seenOf = (caseNumber: string): Applicant | null => mine().get(caseNumber) ?? null

export function remember(caseNumber: string, applicant: Applicant): void {
  mine().set(caseNumber, applicant)
}

/** It was put right: the next look shows what it says now. */
export const forget = (caseNumber: string): void => void mine().delete(caseNumber)
