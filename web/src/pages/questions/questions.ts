// SPDX-License-Identifier: Apache-2.0
// A question as the form records it, and which ones wait for whom. Pure.
import type { Question } from '@/api/types'
import { dayNumber } from '@/format'
import { tidyText } from '@/tidy'

export type Outcome = 'answered' | 'led' | 'sentOn'
export const OUTCOMES: Outcome[] = ['answered', 'led', 'sentOn']

export interface QuestionForm {
  question: string
  item: string
  ticket: number | ''
  byTelephone: boolean
  outcome: Outcome
  answer: string
  window: number
  department: string
  /** "2026-12-04", or empty. */
  due: string
}
export const blankForm = (): QuestionForm => ({ question: '', item: '', ticket: '', byTelephone: false, outcome: 'answered', answer: '', window: 0, department: '', due: '' })

/** As it is sent: one thing came of it, whatever was typed for the others. */
export function contentOf(form: QuestionForm) {
  const what = { question: tidyText(form.question), item: form.item, ticket: form.ticket === '' ? 0 : form.ticket, byTelephone: form.byTelephone }
  if (form.outcome === 'answered') return { ...what, answer: tidyText(form.answer) }
  if (form.outcome === 'led') return { ...what, window: form.window }
  const dueDay = form.due === '' ? 0 : dayNumber(Date.parse(`${form.due}T00:00:00Z`))
  return { ...what, department: form.department, dueDay }
}

export const isOpen = (one: Question): boolean => one.state === 'SENT_ON'
export const isLate = (one: Question, nowMs: number): boolean => isOpen(one) && Number(one.dueMs) < nowMs

/** Whoever was asked first, the department that is to answer, and the hall's own people see to it (RULE H6). */
export const maySeeTo = (one: Question, who: { person: string; department: string }): boolean =>
  isOpen(one) && (who.department === '' || one.askedOf === who.person || one.department === who.department)

/** What happens to questions, for useLive. */
export const QUESTION_EVENTS = ['Taken', 'SentOn', 'Over'].map((one) => `intake.Question${one}`)
