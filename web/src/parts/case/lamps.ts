// SPDX-License-Identifier: Apache-2.0
// Which lamp a clock shows (RULE H12), from what the hall derived: late is red, nearly late yellow.
// Pure.

export type Lit = 'NONE' | 'NOTICE' | 'YELLOW' | 'RED'

/** The percentage of its budget after which work is nearly late; the hall's setting yellow_percent. */
export const YELLOW_PERCENT = 80

/** What the hall derives of a clock: the working time that is left, and the close of the day on which its term ends. */
export interface Left {
  remainingMin: number
  dueMs: string
}

/** Between the close of its last day and the next opening a term is over, and no working time has passed since. */
export const isOver = ({ remainingMin, dueMs }: Left, nowMs: number): boolean =>
  remainingMin < 0 || (remainingMin === 0 && dueMs !== '0' && nowMs > Number(dueMs))

export function lampOf(budgetMin: number, left: Left, nowMs: number): Lit {
  if (budgetMin <= 0) return 'NONE'
  if (isOver(left, nowMs)) return 'RED'
  return (budgetMin - left.remainingMin) * 100 > budgetMin * YELLOW_PERCENT ? 'YELLOW' : 'NONE'
}

/** The used percentage of the budget, 0..100, for a bar. */
export function usedPercent(budgetMin: number, remainingMin: number): number {
  if (budgetMin <= 0) return 0
  return Math.min(100, Math.max(0, Math.round(((budgetMin - remainingMin) * 100) / budgetMin)))
}

/** The hall's level as a lamp; LEVEL_UNSPECIFIED is none. */
export const litOf = (level: string): Lit =>
  level === 'RED' || level === 'YELLOW' || level === 'NOTICE' ? level : 'NONE'
