// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { callKey, newCalls, ticketNumber } from '@/parts/tickets/tickets'
import { sayings } from '@/pages/display/voice'

const call = (number: number, window: number, calls = 1) => ({ number, window, calls, calledMs: '0' })

test('a number has three digits at least', () => {
  assert.deepEqual([1, 42, 999, 1000].map(ticketNumber), ['001', '042', '999', '1000'])
})

test('a call that was not there before is announced, and so is the same number called again', () => {
  const known = new Set([call(1, 6), call(2, 7)].map(callKey))
  const now = [call(4, 7), call(3, 6), call(1, 6, 2), call(2, 7)]
  assert.deepEqual(newCalls(known, now).map(callKey), ['1.6.2', '3.6.1', '4.7.1'])
  assert.deepEqual(newCalls(new Set(now.map(callKey)), now), [])
})

test('a call is said in the languages that the address asks for, digit by digit', () => {
  assert.deepEqual(sayings(call(42, 6), 'zh').map((one) => one.text), ['请0 4 2号，到6号窗口。'])
  assert.deepEqual(sayings(call(42, 6), 'both').map((one) => one.lang), ['zh-CN', 'en-GB'])
  assert.deepEqual(sayings(call(42, 6), ''), [])
})
