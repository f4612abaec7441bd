// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Card, DueLine, ListDueReply } from '@/api/types'
import { byCase, cardsByWork, narrowed, tilesOf, together } from '@/pages/supervision/wall'

const line = (number: string, department: string, lamp: 'RED' | 'YELLOW', remainingMin: number, assignee = ''): DueLine =>
  ({ caseNumber: number, task: 1, department, assignee, lamp, remainingMin, item: 'CUL-03' }) as DueLine

const lines = [
  line('2611230000017', 'CUL', 'YELLOW', 30, 'wang'),
  line('2611230000025', 'CON', 'RED', -90, 'li'),
  line('2611230000033', 'CUL', 'RED', -10),
  line('2611230000041', 'CON', 'RED', -500, 'li'),
]

test('who has the most red lamps stands first on the wall, with his worst', () => {
  assert.deepEqual(tilesOf(lines, 'department'), [
    { key: 'CON', red: 2, yellow: 0, worstMin: -500 },
    { key: 'CUL', red: 1, yellow: 1, worstMin: -10 },
  ])
  assert.deepEqual(tilesOf(lines, 'person').map((tile) => tile.key), ['li', '', 'wang'])
})

test('the list is narrowed by tile, lamp, number and name', () => {
  const all = { by: 'department', key: null, lamp: '', text: '' } as const
  const numbersOf = (to: Parameters<typeof narrowed>[1]) => narrowed(lines, to, () => '印刷').map((one) => one.caseNumber.slice(-2))
  assert.equal(numbersOf(all).length, 4)
  assert.deepEqual(numbersOf({ ...all, key: 'CUL' }), ['17', '33'])
  assert.deepEqual(numbersOf({ ...all, by: 'person', key: '' }), ['33'])
  assert.deepEqual(numbersOf({ ...all, lamp: 'YELLOW' }), ['17'])
  assert.deepEqual(numbersOf({ ...all, text: '261123-000002-5' }), ['25'])
  assert.equal(numbersOf({ ...all, text: '印刷' }).length, 4)
  assert.equal(numbersOf({ ...all, text: '-' }).length, 0)
})

test('a case is one row, its most urgent work first', () => {
  const of = (number: string, task: number, remainingMin: number) => ({ ...line(number, 'CUL', 'RED', remainingMin), task })
  const rows = byCase([of('1', 2, -50), of('2', 1, -20), of('1', 0, -10)])
  assert.deepEqual(rows.map((row) => [row.line.caseNumber, row.line.task, row.others.length]), [['1', 2, 1], ['2', 1, 0]])
})

test('answers by department are one list, the latest first, nothing twice', () => {
  const reply = (of: DueLine[]): ListDueReply => ({ lines: of, yellow: '0', red: '0' })
  const all = together([reply(lines.slice(0, 3)), reply(lines.slice(1))])
  assert.deepEqual(all.map((one) => one.remainingMin), [-500, -90, -10, 30])
})

test('of several cards on one piece of work the red one counts', () => {
  const card = (level: 'RED' | 'YELLOW'): Card => ({ caseNumber: '1', task: 2, term: 'STEP', level }) as Card
  assert.equal(cardsByWork([card('YELLOW'), card('RED'), card('YELLOW')]).get('1.STEP.2')?.level, 'RED')
})
