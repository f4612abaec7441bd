// SPDX-License-Identifier: Apache-2.0
// The applicants this page has seen since it was opened, so that slips are printed without another look
// at them (RULE H21). In memory alone: gone with the page.
import type { Applicant } from '@/api/types'
import { session } from '@/session'

const known = new Map<string, Applicant>()
let whose = ''

/** Of another person's work nothing is known. */
function mine(): Map<string, Applicant> {
  if (whose !== session.person) known.clear()
  whose = session.person
  return known
}

export const seenOf = (caseNumber: string): Applicant | null => mine().get(caseNumber) ?? null

export function remember(caseNumber: string, applicant: Applicant): void {
  mine().set(caseNumber, applicant)
}
