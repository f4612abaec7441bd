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

test('whole pinyin finds it, also while it is typed and mixed with initials', () => {
  const text = 'CUL-01 文化经营许可'
  for (const query of ['wenhua', 'wenhuajingyingxuke', 'wenhuajy', 'jingyingxk', 'wenhu', 'xuk', 'WenHua', 'wen hua'])
    assert.ok(matches(text, query), query)
  for (const query of ['wenwu', 'wenhuaxuke', 'huawen', 'xx']) assert.ok(!matches(text, query), query)
  assert.ok(matches('绿化', 'lvhua') && matches('绿化', 'luhua') && matches('女方', 'nvfang'))
})

test('traditional characters and other ones of the same sound find it', () => {
  for (const query of ['許可', '施工許可證', '許可證 施工', '施工许可正']) assert.ok(matches('施工许可证的初审', query), query)
  for (const query of ['許', '戲可', '驗收']) assert.ok(!matches('施工许可证的初审', query), query)
  assert.ok(matches('道路運輸證', '道路运输证'))
  assert.ok(matches('申请建设工程规划验收的受理', '驗收'))
})

test('a character read in two ways is found by either', () => {
  for (const query of ['cqsc', 'zqsc']) assert.ok(matches('长期市场', query), query)
})
