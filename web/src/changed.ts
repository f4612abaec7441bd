// SPDX-License-Identifier: Apache-2.0
// A command says what it was decided on. When that has changed meanwhile the hall refuses it: the page then
// shows the difference, keeps all that was typed, and lets the person go on from what is there now. Pure.
import { Problem } from '@/api/client'

export const isChanged = (fault: unknown): boolean => fault instanceof Problem && fault.reason === 'CHANGED_MEANWHILE'

/** The revision of what does not exist. */
export const NOTHING = '1'

export interface Difference {
  name: string
  /** Empty: it was not there, or is not there any more. */
  was: string
  is: string
}
export type Shown = Record<string, string>

/** The differences between two states as they are shown: texts by their names. */
export const differences = (was: Shown, is: Shown): Difference[] =>
  [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .map((name) => ({ name, was: was[name] ?? '', is: is[name] ?? '' }))
    .filter((one) => one.was !== one.is)

/** What was not typed follows what is there now; what was typed stays. */
export function takeOver<T extends object>(form: T, was: object | null, is: object | null): void {
  if (was === null || is === null) return
  const [before, now, typed] = [was, is, form] as Record<string, unknown>[]
  for (const member of Object.keys(form))
    if (member in now! && typed![member] === before![member]) typed![member] = now![member]
}
