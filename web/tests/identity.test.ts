// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { documentFault, faultSoFar, kindOfDocument, maskedDocument } from '@/identity'
import { tidyDocument } from '@/tidy'

const today = Date.UTC(2026, 10, 23) / 86_400_000
const citizen = '11010519491231002X'
const organisation = '91350100M000100Y43'

/* RULE L32.3: a wrong number is put right on the spot. */
test('the examples of the standards are well formed', () => {
  assert.equal(documentFault('PERSON', citizen, today), null)
  assert.equal(documentFault('PERSON', '440524188001010014', today), null)
  assert.equal(documentFault('ORGANISATION', organisation, today), null)
})

test('every single wrong digit of an identity number is found', () => {
  for (let at = 0; at < 17; at++)
    for (const digit of '0123456789') {
      const wrong = citizen.slice(0, at) + digit + citizen.slice(at + 1)
      if (wrong !== citizen) assert.notEqual(documentFault('PERSON', wrong, today), null, wrong)
    }
})

test('every single wrong character of a credit code is found', () => {
  for (let at = 0; at < 18; at++)
    for (const character of '0123456789ABCDEFGHJKLMNPQRTUWXY') {
      const wrong = organisation.slice(0, at) + character + organisation.slice(at + 1)
      if (wrong !== organisation) assert.notEqual(documentFault('ORGANISATION', wrong, today), null, wrong)
    }
})

/** An identity number with its check character (ISO 7064 MOD 11-2). */
function bornOn(yyyymmdd: string): string {
  const digits = `110105${yyyymmdd}001`
  const sum = [...digits].reduce((all, digit) => ((all + Number(digit)) * 2) % 11, 0)
  return digits + '0123456789X'[(12 - sum) % 11]
}

test('a child born today has a number, by the day of the hall', () => {
  assert.equal(documentFault('PERSON', bornOn('20261123'), today), null)
  assert.equal(documentFault('PERSON', bornOn('20261124'), today), 'date')
  assert.equal(documentFault('PERSON', bornOn('20261124'), today + 1), null)
})

test('the fault is named', () => {
  const faults = [
    ['1101051949', 'length'],
    ['1101051949123100AX', 'character'],
    ['99010519491231002X', 'region'],
    ['11010519490231002X', 'date'],
    ['11010520991231002X', 'date'],
    ['110105194912310021', 'check'],
  ] as const
  for (const [text, fault] of faults) assert.equal(documentFault('PERSON', text, today), fault, text)
  assert.equal(documentFault('ORGANISATION', '91350100M000100I43', today), 'character')
  assert.equal(documentFault('ORGANISATION', '91990100M000100Y43', today), 'region')
})

test('small letters, spaces and full-width digits are what was meant', () => {
  assert.equal(tidyDocument(' 110105 19491231 002x '), citizen)
  assert.equal(tidyDocument('１１０１０５１９４９１２３１００２Ｘ'), citizen)
})

test('a fault is told while typing, and not before it is certain', () => {
  for (let n = 0; n <= citizen.length; n++) assert.equal(faultSoFar('PERSON', citizen.slice(0, n), today), null)
  for (let n = 0; n <= organisation.length; n++)
    assert.equal(faultSoFar('ORGANISATION', organisation.slice(0, n), today), null)
  assert.equal(faultSoFar('PERSON', '99', today), 'region')
  assert.equal(faultSoFar('PERSON', '1101X', today), 'character')
  assert.equal(faultSoFar('PERSON', `${citizen}1`, today), 'character')
  assert.equal(faultSoFar('ORGANISATION', '91I', today), 'character')
})

test('the kind follows from the number', () => {
  assert.equal(kindOfDocument(citizen, today), 'PERSON')
  assert.equal(kindOfDocument(organisation, today), 'ORGANISATION')
  assert.equal(kindOfDocument('123', today), null)
})

test('what others may see is masked', () => {
  assert.equal(maskedDocument(citizen), '110105********002X')
})
