// SPDX-License-Identifier: Apache-2.0
// Late and nearly late work, grouped by who has it. Pure.
import type { Card, DueLine, ListDueReply } from '@/api/types'
import { tidyLine } from '@/tidy'

export type By = 'department' | 'person'

export interface Tile {
  /** A department's code or a staff id; empty: nobody has taken it, or it is the case as a whole. */
  key: string
  red: number
  yellow: number
  /** Working minutes left of the most urgent one; negative: overdue. */
  worstMin: number
}

export interface Narrow {
  by: By
  /** null: all. */
  key: string | null
  lamp: '' | 'RED' | 'YELLOW'
  text: string
}

/** Rows that a table shows at first, and adds at a time. */
export const ROWS = 100

export const keyOfLine = (line: Pick<DueLine, 'caseNumber' | 'task' | 'term'>): string => `${line.caseNumber}.${line.term}.${line.task}`
const groupOf = (line: DueLine, by: By): string => (by === 'department' ? line.department : line.assignee)

/** The worst first. */
export function tilesOf(lines: DueLine[], by: By): Tile[] {
  const tiles = new Map<string, Tile>()
  for (const line of lines) {
    const key = groupOf(line, by)
    const tile = tiles.get(key) ?? { key, red: 0, yellow: 0, worstMin: Infinity }
    if (line.lamp === 'RED') tile.red++
    else tile.yellow++
    tile.worstMin = Math.min(tile.worstMin, line.remainingMin)
    tiles.set(key, tile)
  }
  return [...tiles.values()].sort(
    (a, b) => b.red - a.red || b.yellow - a.yellow || a.worstMin - b.worstMin || a.key.localeCompare(b.key),
  )
}

/** A case's work that is late or nearly so: one row. */
export interface CaseLines {
  /** The most urgent. */
  line: DueLine
  others: DueLine[]
}

/** One row a case, in the order of their most urgent lines. */
export function byCase(lines: DueLine[]): CaseLines[] {
  const cases = new Map<string, CaseLines>()
  for (const line of lines) {
    const before = cases.get(line.caseNumber)
    if (before) before.others.push(line)
    else cases.set(line.caseNumber, { line, others: [] })
  }
  return [...cases.values()]
}

/** The latest first. */
export const inOrder = (lines: DueLine[]): DueLine[] =>
  [...lines].sort((a, b) => a.remainingMin - b.remainingMin || a.caseNumber.localeCompare(b.caseNumber) || a.task - b.task)

export function narrowed(lines: DueLine[], to: Narrow, nameOf: (line: DueLine) => string): DueLine[] {
  const text = tidyLine(to.text).toLowerCase()
  const digits = text.replace(/[\s-]/g, '')
  return lines.filter(
    (line) =>
      (to.key === null || groupOf(line, to.by) === to.key) &&
      (to.lamp === '' || line.lamp === to.lamp) &&
      (text === '' || line.caseNumber.includes(digits || '\n') || nameOf(line).toLowerCase().includes(text)),
  )
}

/** Joins several responses: the hall returns at most 500 lines at once. */
export function together(replies: ListDueReply[]): DueLine[] {
  const all = new Map<string, DueLine>()
  for (const reply of replies) for (const line of reply.lines) all.set(keyOfLine(line), line)
  return inOrder([...all.values()])
}

export const isCut = (reply: ListDueReply, limit: number): boolean => reply.lines.length >= limit

/** The most severe card of each task or case. */
export function cardsByWork(cards: Card[]): Map<string, Card> {
  const gravest = new Map<string, Card>()
  for (const card of cards) {
    const before = gravest.get(keyOfLine(card))
    if (!before || (before.level !== 'RED' && card.level === 'RED')) gravest.set(keyOfLine(card), card)
  }
  return gravest
}
