// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { initials, matches } from '@/pinyin'

test('initials are those a clerk types', () => {
  assert.equal(initials('社团审批'), 'stsp')
  assert.equal(initials('民办非企业单位审批'), 'mbfqydwsp')
  assert.equal(initials('统计调查登记证办理'), 'tjdcdjzbl')
  assert.equal(initials('北京广州二中'), 'bjgzez')
  assert.equal(initials('A类 (2) 许可'), 'al2xk')
})

test('a piece, a code, or initials find it', () => {
  const text = 'CUL-01 文化经营许可'
  for (const query of ['文化', 'cul-01', 'CUL01', 'whjy', 'jyxk', '文化 xk', '', '许可 cul'])
    assert.ok(matches(text, query), query)
  for (const query of ['文物', 'cul-02', 'whxk', 'zz']) assert.ok(!matches(text, query), query)
})

test('a character read in two ways is found by either', () => {
  for (const query of ['cqsc', 'zqsc']) assert.ok(matches('长期市场', query), query)
})
