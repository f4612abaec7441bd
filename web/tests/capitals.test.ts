// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { capitals } from '@/pages/counter/capitals'

test('an amount in capital figures is as a receipt writes it', () => {
  for (const [fen, text] of [
    ['0', '零元整'],
    ['1', '壹分'],
    ['10', '壹角整'],
    ['100', '壹元整'],
    ['105', '壹元零伍分'],
    ['1000', '壹拾元整'],
    ['100530', '壹仟零伍元叁角整'],
    ['10000000', '壹拾万元整'],
    ['10000500', '壹拾万零伍元整'],
    ['12345678901', '壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元零壹分'],
    ['100000001000', '壹拾亿零壹拾元整'],
    ['1010', '壹拾元壹角整'],
  ] as const)
    assert.equal(capitals(fen), `人民币${text}`)
})
