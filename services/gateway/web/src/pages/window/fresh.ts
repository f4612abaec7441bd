// SPDX-License-Identifier: Apache-2.0
// What this page knows of cases taken in since it was opened, so that slips are printed without
// another look at the applicant (RULE H21). In memory alone: gone with the page.
import type { Applicant, Delivery, Missing, RefusalGround, SubmitReply } from '@/api/types'
import { session } from '@/session'

export interface Fresh {
  applicant?: Applicant
  dueMs?: string
  asked?: Missing[]
  ground?: RefusalGround
  rightAuthority?: string
  how?: Delivery
  postal?: string
}

const known = new Map<string, Fresh>()
let whose = ''

/** Of another person's work nothing is known. */
function mine(): Map<string, Fresh> {
  if (whose !== session.person) known.clear()
  whose = session.person
  return known
}

export const freshOf = (caseNumber: string): Fresh => mine().get(caseNumber) ?? {}

export function note(caseNumber: string, what: Fresh): void {
  mine().set(caseNumber, { ...freshOf(caseNumber), ...what })
}

export const remember = (reply: SubmitReply, applicant: Applicant): void =>
  note(reply.caseNumber, { applicant, dueMs: reply.dueMs, asked: reply.missing })
