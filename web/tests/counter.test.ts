// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { changeOf } from '@/pages/counter/bill'

test('cash that was given leaves change, or is too little, or was not said', () => {
  for (const [given, change] of [
    ['20', 1000n],
    ['10', 0n],
    ['9.99', -1n],
    ['５', -500n],
    ['', null],
    ['ten', null],
  ] as const)
    assert.equal(changeOf(given, '1000'), change, given)
})
