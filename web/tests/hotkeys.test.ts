// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

import { keyLabel, KEYS, type Intent } from '@/hotkeys'
import { actionBegan, nameOf, putQuestion, rest } from '@/input'

const event = (key: string, held: Partial<KeyboardEvent> = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held })

test('a key means one thing in the whole product', () => {
  const all = Object.values(KEYS).flat()
  assert.equal(new Set(all).size, all.length)
})

test('every key stands in the manual of the pages', () => {
  const manual = readFileSync('../docs/PAGES.md', 'utf8')
  const table = manual.slice(manual.indexOf('## The keys'), manual.indexOf('## Sign in'))
  for (const intent of Object.keys(KEYS) as Intent[])
    for (const key of KEYS[intent])
      if (!/^choice[23]$/.test(intent) && !/^(Arrow|Page)/.test(key)) assert.ok(table.includes(key.replace('Escape', 'Esc')), `${intent}: ${key}`)
})

test('a letter is the same key with Shift and with Caps Lock', () => {
  assert.equal(nameOf(event('j')), 'J')
  assert.equal(nameOf(event('J')), 'J')
  assert.equal(nameOf(event('J', { shiftKey: true })), 'J')
  assert.equal(nameOf(event('F9', { shiftKey: true })), 'Shift+F9')
  assert.equal(nameOf(event('Enter', { ctrlKey: true })), 'Ctrl+Enter')
  assert.equal(nameOf(event('n', { altKey: true })), 'Alt+N')
})

test('the legend calls keys as keyboards do', () => {
  assert.equal(keyLabel('back'), 'Esc')
  assert.equal(keyLabel('forward'), 'F9')
})

test('a question is not answered before it can be read', () => {
  const { now } = performance
  let clock = 1000
  performance.now = () => clock
  try {
    actionBegan()()
    const mayAnswer = putQuestion()
    assert.equal(mayAnswer(), false)
    clock += rest.ms - 1
    assert.equal(mayAnswer(), false)
  } finally {
    performance.now = now
  }
})
