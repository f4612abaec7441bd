// SPDX-License-Identifier: Apache-2.0
// The list of tasks in pages, as it was read. Pure, but that late is judged by the hall's clock.
import type { Card, TaskLine, TimelineEntry } from '@/api/types'
import { isOver } from '@/parts/case/lamps'
import { hallNow } from '@/session'

export interface Page {
  rows: TaskLine[]
  /** The cursor of the next page; empty: there is none. */
  next: string
}

export type Filter = 'all' | 'mine' | 'unassigned' | 'left' | 'late'
/** `left`: whoever had it has left. */
export const FILTERS: Filter[] = ['all', 'mine', 'unassigned', 'left', 'late']

export const keyOf = (line: TaskLine): string => `${line.caseNumber}.${line.task.no}`
export const isPaused = (line: TaskLine): boolean => line.dueMs === '0'
export const isLate = (line: TaskLine): boolean => !isPaused(line) && isOver(line, hallNow())

/** Filters that the hall does not apply itself. */
const keeps: Record<Filter, (line: TaskLine) => boolean> = {
  all: () => true,
  mine: () => true,
  unassigned: (line) => line.task.assignee === '',
  left: () => true,
  late: isLate,
}

/** All rows that the filter keeps, in order, without duplicates: a row may have moved from page to page while they were read. */
export function rowsOf(pages: Page[], filter: Filter): TaskLine[] {
  const seen = new Set<string>()
  const rows: TaskLine[] = []
  for (const page of pages)
    for (const line of page.rows) {
      const key = keyOf(line)
      if (seen.has(key) || !keeps[filter](line)) continue
      seen.add(key)
      rows.push(line)
    }
  return rows
}

/** The cursor to read on from; empty when no further row can pass the filter. The list is ordered by
 *  lane, then by deadline: after the first row of the normal lane that is in time, nothing is late. */
export function nextOf(pages: Page[], filter: Filter): string {
  const last = pages.at(-1)
  if (!last) return ''
  const end = last.rows.at(-1)
  if (filter === 'late' && end && !end.fastLane && !isLate(end)) return ''
  return last.next
}

/** What a department was pressed for since its task was opened, the latest first: the dossier has it as
 *  "task 2: words" (RULE H12). */
export const pressesOf = (timeline: TimelineEntry[], department: string, openedMs: string) =>
  timeline
    .filter((one) => one.type === 'supervision.Pressed' && one.department === department && Number(one.atMs) >= Number(openedMs))
    .map((one) => ({ atMs: one.atMs, words: one.text.replace(/^(?:the case|task \d+): /, '') }))
    .reverse()

/** The work that was pressed for and not answered yet: "case.task", with task 0 for the whole case. */
export const pressedIn = (cards: Card[]): Set<string> =>
  new Set(cards.filter((one) => one.presses > 0 && one.state !== 'ANSWERED').map((one) => `${one.caseNumber}.${one.task}`))
export const isPressed = (line: TaskLine, pressed: Set<string>): boolean =>
  pressed.has(keyOf(line)) || pressed.has(`${line.caseNumber}.0`)

export const without = (pages: Page[], key: string): Page[] =>
  pages.map((page) => ({ ...page, rows: page.rows.filter((line) => keyOf(line) !== key) }))

/** The row to choose when the chosen one is gone: the one in its place, or the last. */
export function placeAfter(rows: TaskLine[], place: number): string {
  const line = rows[Math.min(Math.max(place, 0), rows.length - 1)]
  return line ? keyOf(line) : ''
}

/** Staff numbers as they are typed, separated by commas of either kind, spaces or lines; each once. */
export const staffOf = (text: string): string[] => [
  ...new Set(text.split(/[\s,，、;；]+/).filter((one) => one !== '')),
]
