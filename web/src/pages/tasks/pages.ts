// SPDX-License-Identifier: Apache-2.0
// The list as it was read, page by page. Pure.
import type { TaskLine } from '@/api/types'

export interface Page {
  rows: TaskLine[]
  /** Cursor of the next page; empty: there is none. */
  next: string
}

export type Filter = 'all' | 'mine' | 'unassigned' | 'late'
export const FILTERS: Filter[] = ['all', 'mine', 'unassigned', 'late']

export const keyOf = (line: TaskLine): string => `${line.caseNumber}.${line.task.no}`
export const isPaused = (line: TaskLine): boolean => line.dueMs === '0'
export const isLate = (line: TaskLine): boolean => !isPaused(line) && line.remainingMin < 0

/** What the hall does not filter itself. */
const keeps: Record<Filter, (line: TaskLine) => boolean> = {
  all: () => true,
  mine: () => true,
  unassigned: (line) => line.task.assignee === '',
  late: isLate,
}

/** All rows a filter keeps, in order, each once: a row may have moved between two pages read one after the other. */
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

/** The cursor to go on from; empty when nothing that the filter keeps can follow. The list is
 *  ordered by lane, then by deadline: behind the first row of the slow lane in time nothing is late. */
export function nextOf(pages: Page[], filter: Filter): string {
  const last = pages.at(-1)
  if (!last) return ''
  const end = last.rows.at(-1)
  if (filter === 'late' && end && !end.fastLane && !isLate(end)) return ''
  return last.next
}

export const without = (pages: Page[], key: string): Page[] =>
  pages.map((page) => ({ ...page, rows: page.rows.filter((line) => keyOf(line) !== key) }))

/** The row to go to when the chosen one is gone: the one that took its place, or the last. */
export function placeAfter(rows: TaskLine[], place: number): string {
  const line = rows[Math.min(Math.max(place, 0), rows.length - 1)]
  return line ? keyOf(line) : ''
}

/** Staff numbers as somebody types them: by commas of either kind, spaces or lines; each once. */
export const staffOf = (text: string): string[] => [
  ...new Set(text.split(/[\s,，、;；]+/).filter((one) => one !== '')),
]
