// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { TaskLine } from '@/api/types'
import { isLate, keyOf, nextOf, placeAfter, rowsOf, staffOf, without, type Page } from '@/pages/tasks/pages'

const line = (number: number, more: { fastLane?: boolean; remainingMin?: number; dueMs?: string; assignee?: string } = {}): TaskLine =>
  ({
    caseNumber: String(number),
    item: 'CUL-03',
    fastLane: more.fastLane ?? false,
    dueMs: more.dueMs ?? '1',
    remainingMin: more.remainingMin ?? 60,
    task: { no: 1, assignee: more.assignee ?? '' },
  }) as TaskLine

const numbers = (rows: TaskLine[]) => rows.map((one) => one.caseNumber)

test('a row that moved between two pages stands in the list once, where it was seen first', () => {
  const pages: Page[] = [
    { rows: [line(1), line(2)], next: 'a' },
    { rows: [line(2), line(3)], next: '' },
  ]
  assert.deepEqual(numbers(rowsOf(pages, 'all')), ['1', '2', '3'])
})

test('filters keep what nobody has taken, and what is late', () => {
  const pages: Page[] = [{ rows: [line(1, { remainingMin: -5 }), line(2, { assignee: 'wang' }), line(3)], next: '' }]
  assert.deepEqual(numbers(rowsOf(pages, 'unassigned')), ['1', '3'])
  assert.deepEqual(numbers(rowsOf(pages, 'late')), ['1'])
})

test('paused work is not late', () => {
  assert.equal(isLate(line(1, { dueMs: '0', remainingMin: -5 })), false)
})

test('late work is looked for until the slow lane is in time, and no further', () => {
  const late = line(1, { remainingMin: -5 })
  const fastInTime = line(2, { fastLane: true })
  assert.equal(nextOf([{ rows: [late], next: 'a' }], 'late'), 'a')
  assert.equal(nextOf([{ rows: [fastInTime], next: 'a' }], 'late'), 'a')
  assert.equal(nextOf([{ rows: [late, line(3)], next: 'a' }], 'late'), '')
  assert.equal(nextOf([{ rows: [late, line(3)], next: 'a' }], 'all'), 'a')
  assert.equal(nextOf([], 'all'), '')
})

test('after a decision the next row takes the place, at the end the last one', () => {
  const pages: Page[] = [{ rows: [line(1), line(2), line(3)], next: '' }]
  const left = rowsOf(without(pages, keyOf(line(2))), 'all')
  assert.deepEqual(numbers(left), ['1', '3'])
  assert.equal(placeAfter(left, 1), '3.1')
  assert.equal(placeAfter(left, 2), '3.1')
  assert.equal(placeAfter([], 0), '')
})

test('staff numbers are read however they are separated, each once', () => {
  assert.deepEqual(staffOf(' A1，A2、A3; A1\nA4 '), ['A1', 'A2', 'A3', 'A4'])
  assert.deepEqual(staffOf('  '), [])
})
