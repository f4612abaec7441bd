// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { isSearchable, likelyWay } from '@/parts/finding'

test('what is typed says by what is searched', () => {
  assert.equal(likelyWay('138 0013 8000'), 'phone')
  assert.equal(likelyWay('010-88886666'), 'phone')
  assert.equal(likelyWay('11010519491231002x'), 'document')
  assert.equal(likelyWay('E12345678'), 'document')
  assert.equal(likelyWay('张三'), 'name')
  assert.equal(likelyWay('John Smith'), 'name')
})

test('a search has something to search for', () => {
  assert.ok(isSearchable('name', '张三'))
  assert.ok(!isSearchable('name', ' \u200b'))
  assert.ok(isSearchable('document', '11010519491231002X'))
  assert.ok(!isSearchable('document', '张三'))
  assert.ok(isSearchable('phone', '13800138000'))
  assert.ok(!isSearchable('phone', '138'))
})
