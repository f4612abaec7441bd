// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

import type { CalendarDay, ItemMaterial } from '@/api/types'
import { differences, isChanged, takeOver } from '@/changed'
import { Problem } from '@/api/client'
import { rebased } from '@/pages/administration/itemChanges'
import { noDraft, type ItemDraft } from '@/pages/administration/items'
import { daysOf, listOf, rebasedYear } from '@/pages/administration/year'
import { ticksMoved } from '@/pages/window/form'

test('only the refusal for a change is one', () => {
  assert.equal(isChanged(new Problem(409, 'CHANGED_MEANWHILE', '')), true)
  assert.equal(isChanged(new Problem(409, 'WRONG_STATE', '')), false)
  assert.equal(isChanged(new Error('x')), false)
})

test('what differs is told by name, also what came and what went', () => {
  assert.deepEqual(differences({ a: '1', b: '2', c: '3' }, { a: '1', b: '5', d: '4' }), [
    { name: 'b', was: '2', is: '5' },
    { name: 'c', was: '3', is: '' },
    { name: 'd', was: '', is: '4' },
  ])
  assert.deepEqual(differences({ a: '1' }, { a: '1' }), [])
})

test('what was typed stays, the rest follows what is there now', () => {
  const form = { nameZh: 'typed', nameEn: 'old', open: true }
  takeOver(form, { nameZh: 'old', nameEn: 'old', open: true }, { nameZh: 'theirs', nameEn: 'theirs', open: false })
  assert.deepEqual(form, { nameZh: 'typed', nameEn: 'theirs', open: false })
  takeOver(form, null, { nameZh: 'x' })
  assert.equal(form.nameZh, 'typed')
})

const material = (seq: number, nameZh: string): ItemMaterial => ({ seq, nameZh, nameEn: nameZh, form: 'copy', copies: 1, required: true })
const draftOf = (base: number, promisedDays: number, names: string[]): ItemDraft => ({
  ...noDraft(), base, promisedDays, nameZh: 'x', nameEn: 'x', statutoryDays: 20,
  materials: names.map((name, i) => ({ ...material(i + 1, name), from: i + 1 })),
})

test('the draft of an item goes on from the version that somebody else has published', () => {
  const was = draftOf(1, 10, ['a', 'b']), theirs = draftOf(2, 8, ['a', 'b', 'c'])
  const mine = { ...draftOf(1, 10, ['a', 'b']), nameZh: 'mine' }
  const next = rebased(mine, was, theirs)
  assert.equal(next.base, 2)
  assert.equal(next.nameZh, 'mine')
  assert.equal(next.promisedDays, 8) // theirs: it was not touched here
  assert.deepEqual(next.materials.map((one) => one.nameZh), ['a', 'b', 'c'])
  const list = rebased({ ...mine, materials: [{ ...material(1, 'b'), from: 2 }] }, was, theirs)
  assert.deepEqual(list.materials.map((one) => [one.nameZh, one.from]), [['b', 2]]) // mine
})

const day = (n: number, nameZh = 'x'): CalendarDay => ({ day: n, kind: 'HOLIDAY', nameZh, nameEn: 'x' })

test('the changes to a year are made to the list that somebody else has published', () => {
  const was = daysOf([day(10), day(11)])
  const mine = daysOf([day(11), day(20)]) // 10 is no holiday any more, 20 is
  const theirs = daysOf([day(10), day(11), day(30, 'theirs')])
  assert.deepEqual(listOf(rebasedYear(mine, was, theirs)).map((one) => one.day), [11, 20, 30])
})

test('ticks follow their materials into another list', () => {
  const was = [material(1, 'a'), material(2, 'b')], is = [material(1, 'new'), material(2, 'a')]
  assert.deepEqual(ticksMoved({ 1: 3, 2: 1 }, was, is), { 2: 3 })
})

/* Under the same key the hall repeats its refusal, whatever was looked at meanwhile. */
test('what is sent again after a look has another key', () => {
  const pages = readdirSync('src', { recursive: true }).map(String).filter((name) => name.endsWith('.vue'))
  const looking = pages.flatMap((name) =>
    readFileSync(join('src', name), 'utf8')
      .split('<ActDialog')
      .slice(1)
      .filter((tag) => /^[^]{0,500}:look="/.test(tag))
      .map((tag) => `${name}: ${/:content="([^"]*)"/.exec(tag)?.[1]}`),
  )
  assert.ok(looking.length >= 4, looking.join())
  assert.deepEqual(looking.filter((one) => !/: .*(revision|body|content)/i.test(one)), [])
})
