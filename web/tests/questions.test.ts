// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Question } from '@/api/types'
import { blankForm, contentOf, isLate, maySeeTo } from '@/pages/questions/questions'

const question: Question = {
  number: 1, state: 'SENT_ON', question: '几天办好？', item: '', ticket: 0, byTelephone: false, askedMs: '1000', askedOf: 'wang', department: 'CUL',
  dueMs: '5000', window: 0, answer: '', answeredBy: '', overMs: '0', reason: '',
}

test('one thing is sent of a question, whatever was typed for the others (RULE H6)', () => {
  const form = { ...blankForm(), question: ' 几天办好？ ', answer: '五天', window: 31, department: 'CUL', due: '2026-12-04' }
  const what = { question: '几天办好？', item: '', ticket: 0, byTelephone: false }
  assert.deepEqual(contentOf({ ...form, outcome: 'answered' }), { ...what, answer: '五天' })
  assert.deepEqual(contentOf({ ...form, outcome: 'led', ticket: 7 }), { ...what, ticket: 7, window: 31 })
  assert.deepEqual(contentOf({ ...form, outcome: 'sentOn' }), { ...what, department: 'CUL', dueDay: 20791 })
  assert.deepEqual(contentOf({ ...form, outcome: 'sentOn', due: '' }), { ...what, department: 'CUL', dueDay: 0 })
})

test('who sees to an open question: its department, who was asked first, and the hall (RULE H6)', () => {
  for (const [person, department, may] of [['wang', 'CIV', true], ['li', 'CUL', true], ['desk', '', true], ['li', 'CIV', false]] as const)
    assert.equal(maySeeTo(question, { person, department }), may)
  assert.equal(maySeeTo({ ...question, state: 'ANSWERED' }, { person: 'wang', department: 'CUL' }), false)
})

test('only an open question is late', () => {
  assert.equal(isLate(question, 5000), false)
  assert.equal(isLate(question, 5001), true)
  assert.equal(isLate({ ...question, state: 'ANSWERED' }, 9000), false)
})
