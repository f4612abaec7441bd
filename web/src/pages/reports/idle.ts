// SPDX-License-Identifier: Apache-2.0
/* RULE H19: windows without business, each with what the facts suggest: 删 something goes, 扩 the
   window gets more to do, 设 a post is set up. It is an advice; the managers decide. */
import type { HallWindow, Item } from '@/api/types'

export type Advice = 'DELETE' | 'EXTEND' | 'SET_UP'
export type Why =
  | 'closedWithout' // closed, no items, no part in approvals
  | 'closedNeeded' // closed, though the department has items or a part in approvals
  | 'without' // open, no items, no part in approvals
  | 'approvesOnly' // open, no items of its own, a part in approvals
  | 'elsewhere' // its items came in, at other windows or online
  | 'neverAsked' // nobody asked for any of its items

export interface Idle {
  window: HallWindow
  advice: Advice
  why: Why
  /** The codes of the items that the advice is about. */
  items: string[]
}

export interface Facts {
  windows: HallWindow[]
  items: Item[]
  /** Cases received in the period, by window, and by item. */
  atWindow: (window: number) => number
  ofItem: (item: string) => number
  /** Items of other departments in whose approval a department takes part. */
  approves: (department: string) => string[]
}

function adviceOf(window: HallWindow, own: string[], facts: Facts): Omit<Idle, 'window'> {
  const part = facts.approves(window.department)
  if (!window.open)
    return own.length + part.length > 0
      ? { advice: 'SET_UP', why: 'closedNeeded', items: [...own, ...part] }
      : { advice: 'DELETE', why: 'closedWithout', items: [] }
  if (own.length === 0)
    return { advice: 'EXTEND', why: part.length > 0 ? 'approvesOnly' : 'without', items: part }
  const asked = own.filter((item) => facts.ofItem(item) > 0)
  return asked.length > 0
    ? { advice: 'EXTEND', why: 'elsewhere', items: asked }
    : { advice: 'DELETE', why: 'neverAsked', items: own }
}

/** Windows without a department (information, payment) take in no cases and are left out. */
export function idleWindows(facts: Facts): Idle[] {
  return facts.windows
    .filter((window) => window.department !== '' && facts.atWindow(window.window) === 0)
    .map((window) => {
      const own = facts.items.filter((item) => item.department === window.department)
      return { window, ...adviceOf(window, own.map((item) => item.code), facts) }
    })
}
