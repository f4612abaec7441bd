// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { effectScope, nextTick, ref } from 'vue'

import { dropDraft, useDraft, useOpenDraft } from '@/draft'
import { clearKept, hidePersonal, showPersonal } from '@/kept'
import { session } from '@/session'

/** A tab's session storage. */
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
  clearKept('clerk')
  assert.deepEqual(Object.keys(sessionStorage), ['draft:colleague:window'])
})

/* ---- a dialog's draft */

/** A page with one dialog; `leave` is a reload or a lost session: the page goes, and the dialog was not closed. */
function page(name = 'denial.1', begin = () => ({ reason: '', days: 5 })) {
  const scope = effectScope()
  const isOpen = ref(false)
  const about = ref(name)
  const draft = scope.run(() => useOpenDraft(() => isOpen.value, () => about.value, begin))!
  const turn = async (to: boolean) => {
    isOpen.value = to
    await nextTick()
  }
  return { draft, about, open: () => turn(true), close: () => turn(false), leave: () => scope.stop() }
}
const keptNames = () => Object.keys(sessionStorage)

test('what was typed in a dialog is there when it is opened after the page was lost', async () => {
  const before = page()
  await before.open()
  assert.equal(before.draft.restored, false)
  before.draft.value.reason = '现场不符'
  before.leave()
  const after = page('denial.1', () => ({ reason: '', days: 7 }))
  await after.open()
  assert.equal(after.draft.restored, true)
  assert.deepEqual(after.draft.value, { reason: '现场不符', days: 7 }) // what was not typed is as it is now
})

test('a dialog that is closed begins anew, and nothing of it is kept', async () => {
  const one = page()
  await one.open()
  one.draft.value.reason = '现场不符'
  await one.close()
  assert.deepEqual(keptNames(), [])
  await one.open()
  assert.equal(one.draft.value.reason, '')
  assert.equal(one.draft.restored, false)
})

test('what was emptied again is not kept', async () => {
  const one = page()
  await one.open()
  one.draft.value.reason = '现'
  one.draft.value.reason = ''
  assert.deepEqual(keptNames(), [])
})

test('what was typed about one case is not shown with another', async () => {
  const one = page()
  await one.open()
  one.draft.value.reason = '现场不符'
  one.about.value = 'denial.2'
  await nextTick()
  assert.equal(one.draft.value.reason, '')
  one.about.value = 'denial.1'
  await nextTick()
  assert.equal(one.draft.value.reason, '现场不符')
})

test('after it was submitted nothing is kept, even when the page goes before the dialog closes', async () => {
  const one = page()
  await one.open()
  one.draft.value.reason = '现场不符'
  one.draft.forget()
  one.leave()
  assert.deepEqual(keptNames(), [])
})

test('what was put aside waits for the next opening', async () => {
  const one = page()
  await one.open()
  one.draft.value.reason = '现场不符'
  one.draft.putAside()
  await one.close()
  await one.open()
  assert.equal(one.draft.value.reason, '现场不符')
  assert.equal(one.draft.restored, true)
})

test('a request that may have been done already has the same key after a reload', async () => {
  let n = 0
  const fresh = () => `key-${++n}`
  const before = page('refund.1')
  await before.open()
  before.draft.value.reason = '重复缴费'
  assert.equal(before.draft.keyFor(before.draft.value, fresh), 'key-1')
  before.leave()
  const after = page('refund.1')
  await after.open()
  assert.equal(after.draft.keyFor(after.draft.value, fresh), 'key-1')
  after.draft.value.reason = '多收'
  assert.equal(after.draft.keyFor(after.draft.value, fresh), 'key-2')
})

test('what a draft was about can be over without its dialog', async () => {
  const one = page('refusal.new')
  await one.open()
  one.draft.value.reason = '不属于本机关'
  one.leave()
  dropDraft('refusal.new')
  assert.deepEqual(keptNames(), [])
})

test('a dialog’s draft belongs to who typed it, and goes when they sign out', async () => {
  const one = page()
  await one.open()
  one.draft.value.reason = '现场不符'
  one.leave()
  session.person = 'colleague'
  const theirs = page()
  await theirs.open()
  assert.equal(theirs.draft.value.reason, '')
  clearKept('clerk')
  assert.deepEqual(keptNames(), [])
})

/* ---- personal members */

const stored = () => JSON.stringify(sessionStorage)
const reopened = () => useDraft('window', blank, ['name'])

function typed() {
  const draft = reopened()
  draft.value.name = '王小明'
  draft.value.materials.push({ seq: 1, copies: 2 })
  return draft
}

test('personal members outlive a reload within the session', () => {
  typed()
  assert.equal(reopened().value.name, '王小明')
})

test('once the session is over they leave the storage, and the rest stays', () => {
  const draft = typed()
  hidePersonal()
  assert.ok(!stored().includes('王小明'))
  assert.equal(draft.value.name, '王小明') // on the open page nothing is lost
  draft.value.name = '王小敏'
  assert.ok(!stored().includes('王小'))
  showPersonal('')
  assert.deepEqual(reopened().value, { name: '', materials: [{ seq: 1, copies: 2 }] })
})

test('they are kept again when the same person signs in on that page', () => {
  typed().value.name = '王小明'
  hidePersonal()
  showPersonal('clerk')
  assert.equal(reopened().value.name, '王小明')
})

test('another person who signs in brings nobody’s back', () => {
  typed()
  hidePersonal()
  showPersonal('colleague')
  showPersonal('clerk')
  assert.equal(reopened().value.name, '')
})

test('signing out and submitting clear them too', async () => {
  typed().clear()
  await nextTick()
  assert.deepEqual(Object.keys(sessionStorage), [])
  typed()
  clearKept('clerk')
  assert.deepEqual(Object.keys(sessionStorage), [])
})

test('a personal dialog keeps all of what was typed apart', () => {
  const isOpen = ref(true)
  effectScope().run(() => {
    const draft = useOpenDraft(() => isOpen.value, () => 'desk.1', () => ({ collector: '' }), true)
    draft.value.collector = '李四'
    draft.keyFor('李四', () => 'key')
  })
  assert.ok(stored().includes('李四'))
  hidePersonal()
  assert.ok(!stored().includes('李四'))
  showPersonal('')
})
