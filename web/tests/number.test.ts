// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { caseNumber, parseCaseNumber, slipCode } from '@/number'

test('a number is written with its dashes and read back without', () => {
  assert.equal(caseNumber('2611230000017'), '261123-000001-7')
  assert.equal(parseCaseNumber('261123-000001-7'), '2611230000017')
  assert.equal(parseCaseNumber(' 261123 000001 7 '), '2611230000017')
  assert.equal(parseCaseNumber('２６１１２３－０００００１－７'), '2611230000017')
})

test('a scanned progress address is read to its number', () => {
  assert.equal(parseCaseNumber('http://hall:8080/kiosk/progress/2611230000017'), '2611230000017')
  assert.equal(parseCaseNumber('http://10.0.0.1:8080/kiosk/progress?case=261123-000001-7'), '2611230000017')
})

test('the QR code of a slip is read to its code and its number', () => {
  const code = '26112300000170123456789abcdef0123456789abcdef'
  assert.equal(slipCode(`https://hall.example.cn/p/${code}`), code)
  assert.equal(slipCode(` HTTPS://HALL.EXAMPLE.CN/P/${code.toUpperCase()} `), code)
  assert.equal(parseCaseNumber(`https://hall.example.cn/p/${code}`), '2611230000017')
  for (const none of ['', code, `https://hall.example.cn/p/${code.slice(1)}`, `https://hall.example.cn/p/${code}?a=1`, 'https://hall.example.cn/p/2611230000017'])
    assert.equal(slipCode(none), null, none)
})

test('every single wrong digit is found', () => {
  const right = '2611230000017'
  for (let at = 0; at < right.length; at++)
    for (const digit of '0123456789') {
      const wrong = right.slice(0, at) + digit + right.slice(at + 1)
      if (wrong !== right) assert.equal(parseCaseNumber(wrong), null, wrong)
    }
})

test('what is no number of a case is none', () => {
  for (const text of ['', '7', 'abc', '261323-000001-7', '261123-000000-9', '26112300000177', '090101-000001-1'])
    assert.equal(parseCaseNumber(text), null, text)
})
