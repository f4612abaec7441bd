// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { changesOf } from '@/parts/said'

const first = [
  { name: '', text: '张三：' },
  { name: '承诺办结', text: '2026年12月1日' },
  { name: '实收', text: '¥590.00' },
]

test('a reprint of what has not changed has nothing below it', () => {
  assert.deepEqual(changesOf(first, first), [])
})

test('what moved stands beside what the first said, and what is new by itself', () => {
  const now = [first[0]!, { name: '承诺办结', text: '2026年12月3日' }, first[2]!, { name: '退费', text: '¥90.00' }]
  assert.deepEqual(changesOf(first, now), [
    { name: '承诺办结', text: '2026年12月3日', was: '2026年12月1日' },
    { name: '退费', text: '¥90.00', was: null },
  ])
})

test('a first in another language is repeated and not compared', () => {
  assert.deepEqual(changesOf(first, [{ name: 'Paid', text: '590.00 yuan' }]), [])
})
