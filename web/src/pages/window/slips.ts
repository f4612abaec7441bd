// SPDX-License-Identifier: Apache-2.0
// Which slips a case has, by its state (RULE L32.6, L38, L44, L45). Pure.
import type { CaseState, Flow, PauseLine, PrintedSlip, Progress } from '@/api/types'

export type SlipKind = 'receipt' | 'acceptance' | 'correction' | 'refusal' | 'denial' | 'delivery' | 'procedure' | 'extension'

/** As the hall keeps them. */
export const PRINTED: Record<SlipKind, PrintedSlip> = {
  receipt: 'RECEIPT_OF_MATERIALS',
  acceptance: 'ACCEPTANCE_NOTICE',
  correction: 'CORRECTION_NOTICE',
  refusal: 'REFUSAL_NOTICE',
  denial: 'DENIAL_NOTICE',
  delivery: 'PROOF_OF_DELIVERY',
  procedure: 'PROCEDURE_NOTICE',
  extension: 'EXTENSION_NOTICE',
}

const decided: CaseState[] = ['GRANTED', 'DENIED', 'PAYMENT_DUE', 'CLOSED', 'DELIVERED']

/** Was it denied? A denial always has its reason (RULE L38). */
export const isDenied = (case_: Pick<Progress, 'state' | 'reason'>): boolean =>
  case_.state === 'DENIED' || (decided.includes(case_.state) && case_.reason !== '')

/** The slip to print now comes last. Whoever handed nothing in has nothing to be given a receipt for. */
export function slipsOf(case_: Pick<Progress, 'state' | 'reason' | 'acceptedMs'>, handedIn: boolean, extended = false): SlipKind[] {
  const slips: SlipKind[] = handedIn ? ['receipt'] : []
  if (Number(case_.acceptedMs) > 0) slips.push('acceptance')
  if (extended) slips.push('extension')
  if (case_.state === 'SUSPENDED') slips.push('procedure')
  if (case_.state === 'CORRECTION') slips.push('correction')
  if (case_.state === 'REFUSED') slips.push('refusal')
  if (isDenied(case_)) slips.push('denial')
  if (case_.state === 'CLOSED' || case_.state === 'DELIVERED') slips.push('delivery')
  return slips
}

/** The procedure that the notice is about: the latest that is under way (RULE L45). */
export const procedureOf = (flow: Flow | null): PauseLine | undefined => flow?.pauses.filter((one) => one.toMs === '0').at(-1)

/** Which of several slips of the kind: a second notice is not the first one. */
export function slipNumber(kind: SlipKind, case_: Pick<Progress, 'askedMs'>, flow: Flow | null): string {
  if (kind === 'correction') return case_.askedMs
  return kind === 'procedure' ? String(procedureOf(flow)?.no ?? 0) : '0'
}

/* ---- what a window may do, by the case's state */

const undecided: CaseState[] = ['RECEIVED', 'CORRECTION', 'ACCEPTED', 'IN_APPROVAL', 'SUSPENDED']
export const mayWithdraw = (state: CaseState): boolean => undecided.includes(state)
/** What its fee counts may be put right until it is paid or decided. */
export const mayRecount = (state: CaseState): boolean => undecided.includes(state) || state === 'PAYMENT_DUE'
/** What it says of the applicant may be put right until the result is delivered. */
export const mayAmend = (state: CaseState): boolean => mayRecount(state) || state === 'CLOSED'
export const mayRefuse = (state: CaseState): boolean => state === 'RECEIVED' || state === 'CORRECTION'
