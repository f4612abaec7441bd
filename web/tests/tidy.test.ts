// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

import { parseCaseNumber } from '@/number'
import { isBlank, isClean, tidyAmount, tidyDocument, tidyLine, tidyName, tidyPhone, tidyText } from '@/tidy'

const tidiers: Record<string, (text: string) => string> = {
  document: tidyDocument,
  phone: tidyPhone,
  name: tidyName,
  line: tidyLine,
  text: tidyText,
  amount: tidyAmount,
  case: (text) => parseCaseNumber(text) ?? '',
}

const plain = (cell: string): string =>
  cell.replace(/\\(?:u([0-9a-f]{4})|([nrt]))/g, (_, code: string, letter: string) =>
    code ? String.fromCharCode(parseInt(code, 16)) : { n: '\n', r: '\r', t: '\t' }[letter]!)

const cases = readFileSync('../tests/tidy/cases.tsv', 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split('\t'))
  .map(([kind, typed, tidied, refused]) => ({ kind: kind!, typed: plain(typed!), tidied: plain(tidied ?? ''), refused: refused === 'refused' }))

test('what is typed is tidied as the table says', () => {
  assert.ok(cases.length > 100)
  for (const { kind, typed, tidied } of cases) assert.equal(tidiers[kind]!(typed), tidied, `${kind}: ${JSON.stringify(typed)}`)
})

test('what was tidied stays as it is', () => {
  for (const { kind, tidied } of cases) assert.equal(tidiers[kind]!(tidied), tidied, `${kind}: ${JSON.stringify(tidied)}`)
})

test('control and direction characters that are left are refused', () => {
  for (const { kind, tidied, refused } of cases) assert.equal(isClean(tidied), !refused, `${kind}: ${JSON.stringify(tidied)}`)
})

test('white space alone is empty, whatever its kind', () => {
  for (const text of ['', ' ', '\t\r\n', '\u00a0', '\u2003', '\u3000', '\u200b', '\ufeff', '\u2060', '\u3164', '\u2800', ' \u200b\u3000'])
    assert.equal(isBlank(text), true, JSON.stringify(text))
  assert.equal(isBlank('　王　'), false)
})

test('a field is rewritten by <TidyInput> alone, which waits for the input method', () => {
  const own = ['parts/TidyInput.vue', 'pages/window/ItemPicker.vue']
  for (const name of readdirSync('src', { recursive: true }).map(String))
    if (name.endsWith('.vue') && !own.includes(name))
      assert.doesNotMatch(readFileSync(join('src', name), 'utf8'), /@input="[^"]*(value|target)/, name)
})

/* What a new page judges or sends passes through the functions above, and not through its own. */
test('no page trims a text by itself', () => {
  const own = ['tidy.ts', 'timeline.ts', 'pages/reports/chart.ts', 'pages/window/catalogue.ts']
  for (const name of readdirSync('src', { recursive: true }).map(String))
    if (/\.(ts|vue)$/.test(name) && !own.includes(name))
      assert.doesNotMatch(readFileSync(join('src', name), 'utf8'), /\.trim\(|v-model\.trim|maxlength/, name)
})
