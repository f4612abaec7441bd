// SPDX-License-Identifier: Apache-2.0
// Which lamp a clock shows (RULE H12), from what the hall derived: late is red, nearly late yellow.
// Pure.

export type Lit = 'NONE' | 'NOTICE' | 'YELLOW' | 'RED'

/** The percentage of its budget after which work is nearly late; the hall's setting yellow_percent. */
export const YELLOW_PERCENT = 80

export function lampOf(budgetMin: number, remainingMin: number): Lit {
  if (budgetMin <= 0) return 'NONE'
  if (remainingMin < 0) return 'RED'
  return (budgetMin - remainingMin) * 100 > budgetMin * YELLOW_PERCENT ? 'YELLOW' : 'NONE'
}

/** The used percentage of the budget, 0..100, for a bar. */
export function usedPercent(budgetMin: number, remainingMin: number): number {
  if (budgetMin <= 0) return 0
  return Math.min(100, Math.max(0, Math.round(((budgetMin - remainingMin) * 100) / budgetMin)))
}

/** The hall's level as a lamp; LEVEL_UNSPECIFIED is none. */
export const litOf = (level: string): Lit =>
  level === 'RED' || level === 'YELLOW' || level === 'NOTICE' ? level : 'NONE'
