// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

import type { DocumentKind } from '@/api/types'
import { documentFault, documentKinds, faultSoFar, likelyKind, maskedDocument } from '@/identity'
import { tidyDocument } from '@/tidy'

const today = Date.UTC(2026, 10, 23) / 86_400_000
const then = Date.UTC(2022, 0, 13) / 86_400_000
const citizen = '11010519491231002X'
const organisation = '91350100M000100Y43'

const cases = readFileSync('../tests/identity/cases.tsv', 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split('\t') as [DocumentKind, string, string])

/* RULE L32.3: a wrong number is put right on the spot. */
test('a number is checked by its kind as the table says', () => {
  assert.ok(cases.length > 70)
  for (const [kind, number, fault] of cases) assert.equal(documentFault(kind, number, then) ?? 'ok', fault, `${kind} ${number}`)
})

test('a number is tidied before it is judged', () => {
  for (const [kind, number, fault] of cases) if (fault === 'ok') assert.equal(documentFault(kind, ` ${number.toLowerCase()} `, then), null, number)
})

/** An identity number with its check character (ISO 7064 MOD 11-2). */
function bornOn(yyyymmdd: string): string {
  const digits = `110105${yyyymmdd}001`
  const sum = [...digits].reduce((all, digit) => ((all + Number(digit)) * 2) % 11, 0)
  return digits + '0123456789X'[(12 - sum) % 11]
}

test('a child born today has a number, by the day of the hall', () => {
  assert.equal(documentFault('IDENTITY_CARD', bornOn('20261123'), today), null)
  assert.equal(documentFault('IDENTITY_CARD', bornOn('20261124'), today), 'date')
  assert.equal(documentFault('IDENTITY_CARD', bornOn('20261124'), today + 1), null)
})

test('small letters, spaces and full-width digits are what was meant', () => {
  assert.equal(tidyDocument(' 110105 19491231 002x '), citizen)
  assert.equal(tidyDocument('１１０１０５１９４９１２３１００２Ｘ'), citizen)
})

test('a fault is told while typing, and not before it is certain', () => {
  for (const [kind, number, fault] of cases)
    for (let n = 0; fault === 'ok' && n <= number.length; n++) assert.equal(faultSoFar(kind, number.slice(0, n), then), null, `${kind} ${number.slice(0, n)}`)
  assert.equal(faultSoFar('IDENTITY_CARD', '99', today), 'region')
  assert.equal(faultSoFar('IDENTITY_CARD', '81', today), 'region')
  assert.equal(faultSoFar('RESIDENCE_PERMIT', '11', today), 'region')
  assert.equal(faultSoFar('IDENTITY_CARD', '1101X', today), 'character')
  assert.equal(faultSoFar('IDENTITY_CARD', `${citizen}1`, today), 'length')
  assert.equal(faultSoFar('CREDIT_CODE', '91I', today), 'character')
  assert.equal(faultSoFar('HOME_RETURN_PERMIT', 'K', today), 'character')
})

test('the kind of document follows from the number', () => {
  const both = ['PERSON', 'ORGANISATION'] as const
  const likely = (text: string) => likelyKind(text, [...both], today)
  const expected: [string, DocumentKind | null][] = [
    [citizen, 'IDENTITY_CARD'],
    [citizen.slice(0, 8), 'IDENTITY_CARD'],
    ['110105194912310021', 'IDENTITY_CARD'],
    [organisation, 'CREDIT_CODE'],
    [organisation.slice(0, 9), 'CREDIT_CODE'],
    ['91350100M000100Y44', 'CREDIT_CODE'],
    ['914403001922038216', 'CREDIT_CODE'],
    ['12100000400000624D', 'CREDIT_CODE'],
    ['911124198108030024', 'PERMANENT_RESIDENCE_CARD'],
    ['CAN110181080301', 'PERMANENT_RESIDENCE_CARD'],
    ['830000199001010012', 'RESIDENCE_PERMIT'],
    ['H12345678', 'HOME_RETURN_PERMIT'],
    ['E12345678', 'PASSPORT'],
    ['', null],
  ]
  for (const [text, kind] of expected) assert.equal(likely(text), kind, text)
  assert.equal(likelyKind('9', ['PERSON'], today), 'PERMANENT_RESIDENCE_CARD')
  assert.equal(likelyKind(organisation, ['PERSON'], today), null)
  assert.equal(likelyKind('E12345678', ['ORGANISATION'], today), null)
})

test('a person shows no credit code, and an organisation no passport', () => {
  assert.equal(documentKinds('PERSON')[0], 'IDENTITY_CARD')
  assert.deepEqual(documentKinds('ORGANISATION'), ['CREDIT_CODE', 'OTHER_DOCUMENT'])
  assert.ok(!documentKinds('PERSON').includes('CREDIT_CODE'))
})

test('what others may see is masked', () => {
  assert.equal(maskedDocument(citizen), '110105********002X')
  assert.equal(maskedDocument('E12345678'), 'E1*****78')
})
