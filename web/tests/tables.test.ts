// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

import { changesOf } from '@/pages/administration/imports'
import { faultsOf } from '@/pages/administration/itemFaults'
import { hallOf, rowsOf, TABLES, tablesOf, textOf, type TableName, type Tables } from '@/pages/administration/tables'

const file = (name: TableName): string => readFileSync(join('../db/reference', `${name}.csv`), 'utf8')
const read = (): Tables => Object.fromEntries(TABLES.map((name) => [name, rowsOf(name, file(name))])) as Tables
/** The header, and the lines below it in whatever order. */
const lines = (text: string): string[] => {
  const [header, ...rest] = text.trimEnd().split('\n')
  return [header!, ...rest.sort()]
}

test('the tables of db/reference are read and written as they stand, but for the order of their rows', () => {
  const written = tablesOf(hallOf(read()))
  for (const name of TABLES) assert.deepEqual(lines(textOf(name, written[name])), lines(file(name)), name)
})

test('in the normal form they are the same to the byte, both ways', () => {
  const normal = Object.fromEntries(TABLES.map((name) => [name, textOf(name, read()[name])]))
  const again = tablesOf(hallOf(Object.fromEntries(TABLES.map((name) => [name, rowsOf(name, normal[name]!)])) as Tables))
  for (const name of TABLES) assert.equal(textOf(name, again[name]), normal[name], name)
})

test('every item of db/reference can be published as it is read', () => {
  for (const { item, content } of hallOf(read()).items) assert.deepEqual(faultsOf(content), {}, item.code)
})

test('an import says what it would change: nothing of what is there, all of what is not', () => {
  const hall = hallOf(read())
  const nothing = { departments: [], windows: [], items: [], days: [] }
  assert.deepEqual(changesOf(hall, hall), [])
  assert.equal(changesOf(nothing, hall).length, 29 + 35 + 33 + 5)
  const edited = read()
  edited.items.find((row) => row.code === 'TRA-01')!.promised_days = '3'
  edited.fee_standards.find((row) => row.code === 'FEE-SAN-01')!.unit_fen = '1200'
  edited.windows[0]!.status = 'vacant'
  edited.calendar.pop()
  const changes = changesOf(hall, hallOf(edited, new Map(hall.items.map((one) => [one.item.code, { ...one.content, base: 4 }]))))
  assert.deepEqual(changes.map((one) => `${one.kind} ${one.key} ${one.how}`), ['window 1 changed', 'item SAN-01 changed', 'item TRA-01 changed', 'year 2026 changed'].sort((a, b) => order(a) - order(b)))
  const sent = changes.find((one) => one.key === 'TRA-01')!.body({ decision: '1号', decidedOn: '2026-11-30', decisionDay: 20787 }) as { decisionDay: number; promisedDays: number }
  assert.deepEqual([sent.decisionDay, sent.promisedDays], [20787, 3])
})
/** As db/reference lists them: TRA before SAN. */
const order = (line: string): number => ['window 1', 'item TRA-01', 'item SAN-01', 'year'].findIndex((one) => line.startsWith(one))

test('quotes, commas and line ends in a cell come back', () => {
  const row = { code: 'X', name_zh: 'a,"b"\nc', name_en: '', presence: 'vacant', floor: '', note_zh: '', note_en: 'z' }
  assert.deepEqual(rowsOf('departments', textOf('departments', [row])), [row])
  assert.equal(rowsOf('departments', 'code,name\nX,y\n'), null)
})
