// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { nextTick } from 'vue'

import { clearDrafts, useDraft } from '@/draft'
import { session } from '@/session'

/** A tab's storage: its members are what is kept. */
class Storage {
  [key: string]: unknown
  getItem(key: string) {
    return (this[key] as string | undefined) ?? null
  }
  setItem(key: string, value: string) {
    this[key] = value
  }
  removeItem(key: string) {
    delete this[key]
  }
}

const blank = { name: '', materials: [] as { seq: number; copies: number }[] }

beforeEach(() => {
  globalThis.sessionStorage = new Storage() as never
  session.person = 'clerk'
})

test('what was typed is there after a reload', () => {
  const typed = useDraft('window', blank)
  assert.equal(typed.restored, false)
  typed.value.name = '王小明'
  typed.value.materials.push({ seq: 1, copies: 2 })
  const again = useDraft('window', blank)
  assert.equal(again.restored, true)
  assert.deepEqual(again.value, { name: '王小明', materials: [{ seq: 1, copies: 2 }] })
  assert.deepEqual(blank.materials, [])
})

test('it belongs to who typed it', () => {
  useDraft('window', blank).value.name = '王小明'
  session.person = 'colleague'
  assert.equal(useDraft('window', blank).value.name, '')
})

test('after it was submitted nothing is kept', async () => {
  const typed = useDraft('window', blank)
  typed.value.name = '王小明'
  typed.clear()
  await nextTick()
  assert.equal(typed.value.name, '')
  assert.deepEqual(Object.keys(sessionStorage), [])
})

test('signing out clears one’s own drafts alone', () => {
  useDraft('window', blank).value.name = '王小明'
  session.person = 'colleague'
  useDraft('window', blank).value.name = '李四'
  clearDrafts('clerk')
  assert.deepEqual(Object.keys(sessionStorage), ['draft:colleague:window'])
})
