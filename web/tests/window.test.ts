// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { FeeStandard, Item, ItemMaterial } from '@/api/types'
import { findItems, stagesOf } from '@/pages/window/catalogue'
import {
  allTicked,
  applicantOf,
  bodyOf,
  emptyCase,
  findingFaults,
  factsOf,
  faultsOf,
  fieldOf,
  keyFor,
  missingOf,
  verdictsOf,
  type Findings,
  type NewCase,
} from '@/pages/window/form'
import { deliveryOf, emptyDelivery } from '@/pages/window/delivery'
import { bornIn } from '@/pages/window/said'
import { workingSaid } from '@/working'
import { isDenied, mayAmend, mayRecount, slipsOf } from '@/pages/window/slips'
import { scrollTo, sliceOf } from '@/pages/window/virtual'
import { matches } from '@/pinyin'

const item = (code: string, nameZh: string, more: Partial<Item> = {}): Item => ({
  code,
  version: 1,
  department: code.slice(0, 3),
  nameZh,
  nameEn: '',
  applicant: 'any',
  handling: 'immediate',
  statutoryDays: 20,
  promisedDays: 0,
  decisionLevel: 'district',
  result: '',
  windowCanFinish: true,
  hasFee: false,
  byDepartment: false,
  source: 'SAMPLE',
  seq: 1, offered: true, suspended: false, fromDay: 0,
  ...more,
})
const items = [
  item('SAN-02', '临时占道审批'),
  item('CUL-01', '图书、报刊出租、零售'),
  item('CUL-03', '印刷'),
  item('CUL-05', '音像制品初审'),
]
const departments: Record<string, string> = { SAN: '市容环卫局', CUL: '文体局' }
const found = (query: string) =>
  findItems(items, (code) => departments[code] ?? '', query, 'CUL', matches).map((one) => one.code)

const material = (seq: number, copies: number, required = true): ItemMaterial => ({
  seq,
  nameZh: `材料${seq}`,
  nameEn: '',
  form: 'original',
  copies,
  required,
})
const materials = [material(1, 1), material(2, 2), material(3, 1, false)]

const fee = (code: string, kind: string, unit = 'm2'): FeeStandard => ({
  code,
  item: 'SAN-02',
  department: 'SAN',
  nameZh: '',
  nameEn: '',
  kind,
  unitFen: '50',
  unit,
  freeUnits: '0',
  capFen: '0',
  basis: '',
  tiers: [], deposit: false, reducible: true, fromDay: 0, toDay: 0,
})
const fees = [fee('FEE-A', 'area_days', 'm2·day'), fee('FEE-B', 'area'), fee('FEE-C', 'fixed')]

const filled = (more: Partial<NewCase> = {}): NewCase => ({
  ...emptyCase(),
  item: 'CUL-01',
  document: '11010519491231002X',
  name: '王小明',
  phone: '13800138000',
  ...more,
})
const faults = (form: NewCase, more: Partial<Item> = {}, asked: FeeStandard[] = []) =>
  Object.keys(
    faultsOf(form, {
      item: form.item === '' ? null : item('CUL-01', '图书', more),
      department: 'CUL',
      fees: asked,
      documentFault: (_, document) => (document.length === 18 ? null : document.length === 17 ? 'check' : 'length'),
    }),
  )

test('an item is found by name, initials, code and department, the own ones first', () => {
  assert.deepEqual(found(''), ['CUL-01', 'CUL-03', 'CUL-05'])
  assert.deepEqual(found('tsbk'), ['CUL-01'])
  assert.deepEqual(found('印'), ['CUL-03'])
  assert.deepEqual(found('san-02'), ['SAN-02'])
  assert.deepEqual(found('市容'), ['SAN-02'])
  assert.deepEqual(found('sp'), ['SAN-02'])
  assert.deepEqual(found('审'), ['CUL-05', 'SAN-02'])
  assert.deepEqual(found('没有'), [])
})

test('a flow is told by its stages', () => {
  const step = (stage: number, department: string) => ({
    stage,
    department,
    action: 'REVIEW' as const,
    lead: false,
    days: 1,
    counts: true,
  })
  const stages = stagesOf([step(2, 'SAN'), step(1, 'CON'), step(1, 'TRA')])
  assert.deepEqual(stages.map((stage) => stage.map((one) => one.department)), [['CON', 'TRA'], ['SAN']])
})

/* RULE L32.4: everything that is missing, and RULE L31: nothing that is not asked */
test('what is missing is every required material, with the copies still to bring', () => {
  assert.deepEqual(missingOf(materials, {}).map((one) => [one.seq, one.copies]), [[1, 1], [2, 2]])
  assert.deepEqual(missingOf(materials, { 1: 1, 2: 1 }).map((one) => [one.seq, one.copies]), [[2, 1]])
  assert.deepEqual(missingOf(materials, allTicked(materials)), [])
})

test('a wrong paper is still to bring, and says its fault', () => {
  const found: Findings = { 1: { verdict: 'WRONG', fault: 'NOT_SIGNED', note: ' 第 2 页 ' }, 2: { verdict: 'MENDED', fault: 'NOT_SEALED', note: '' } }
  assert.deepEqual(missingOf(materials, allTicked(materials), found).map(({ seq, copies, fault }) => [seq, copies, fault]), [[1, 1, 'NOT_SIGNED']])
  assert.deepEqual(verdictsOf(found), [
    { seq: 1, verdict: 'WRONG', fault: 'NOT_SIGNED', note: '第 2 页' },
    { seq: 2, verdict: 'MENDED', fault: 'NOT_SEALED', note: '' },
  ])
})

test('a verdict without its fault, or another fault without a word, is not sent', () => {
  assert.deepEqual(Object.keys(findingFaults({ 1: { verdict: 'WRONG', fault: '', note: '' } })), ['fault-1'])
  assert.deepEqual(Object.keys(findingFaults({ 1: { verdict: 'MENDED', fault: 'OTHER_FAULT', note: ' ' } })), ['fault-note-1'])
  assert.deepEqual(Object.keys(findingFaults({ 1: { verdict: 'WRONG', fault: 'PAGES_LACKING', note: '' } })), [])
})

test('all that is asked for is ticked at once, and nothing that may be left out', () => {
  const optional = materials.filter((one) => !one.required).map((one) => String(one.seq))
  assert.ok(optional.length > 0)
  assert.deepEqual(Object.keys(allTicked(materials)).filter((seq) => optional.includes(seq)), [])
})

test('a form says what keeps it from being sent, the first field first', () => {
  assert.deepEqual(faults(emptyCase()), ['item'])
  assert.deepEqual(faults(filled({ document: '', name: ' ', phone: '12' })), ['document', 'name', 'phone'])
  assert.deepEqual(faults(filled()), [])
  assert.deepEqual(faults(filled(), { applicant: 'organisation' }), ['kind'])
  assert.deepEqual(faults(filled({ byAgent: true })), ['agentName', 'agentDocument', 'agentPhone', 'agentLetter'])
  assert.deepEqual(faults(filled({ kind: 'ORGANISATION' })), ['legalRepresentative'])
  assert.deepEqual(faults(filled({ documentKind: 'OTHER_DOCUMENT' })), ['documentNote'])
  assert.deepEqual(faults(filled({ summary: '字'.repeat(201) })), ['summary'])
})

test('an item of another department is not taken in here', () => {
  assert.deepEqual(faults(filled(), { department: 'SAN' }), ['item'])
})

/* RULE H8: what a standard asks is answered, be it with 0, before the case is taken in */
test('every fact that a fee asks for is declared, 0 for a fee that does not apply', () => {
  assert.deepEqual(faults(filled(), {}, fees), ['units.FEE-A', 'units.FEE-B'])
  const form = filled({ units: { 'FEE-A': '30', 'FEE-B': '0' }, days: {} })
  assert.deepEqual(faults(form, {}, fees), ['days.FEE-A'])
  form.days['FEE-A'] = '10'
  assert.deepEqual(faults(form, {}, fees), [])
  assert.deepEqual(factsOf(form, fees), [{ fee: 'FEE-A', units: '30', days: 10 }, { fee: 'FEE-B', units: '0', days: 0 }])
})

/* RULE L32.3 */
test('a wrong check character counts no more once that number was compared with the paper', () => {
  const document = '91350100M000100Y4'
  assert.deepEqual(faults(filled({ document })), ['document'])
  assert.deepEqual(faults(filled({ document, documentSeen: document })), [])
  assert.deepEqual(faults(filled({ document, documentSeen: document.slice(1) })), ['document'])
  assert.equal(applicantOf(filled({ document, documentSeen: document })).documentSeen, true)
  assert.equal(applicantOf(filled({ document: '11010519491231002X', documentSeen: document })).documentSeen, false)
})

test('a form that is begun has its key, and the same form in another tab the same one', () => {
  const form = filled({ sentKey: 'begun' })
  const copy = JSON.parse(JSON.stringify(form)) as NewCase
  const fresh = () => 'fresh'
  assert.equal(keyFor(form, bodyOf(form, [], true), fresh), 'begun')
  assert.equal(keyFor(copy, bodyOf(copy, [], true), fresh), 'begun')
  copy.name = '李四'
  assert.equal(keyFor(copy, bodyOf(copy, [], true), fresh), 'fresh')
})

/* RULE L44 */
test('a collector shows a document, or a slip that a scanner types', () => {
  const code = `2201130000427${'0a'.repeat(16)}`
  const form = { ...emptyDelivery(), shown: ` 11010519491231002x ` }
  assert.deepEqual(deliveryOf(form), { how: 'HANDED_OVER', receipt: '', collector: 'THE_APPLICANT', document: '11010519491231002X' })
  for (const shown of [code, `https://hall.example/p/${code}`, `${code}\n`])
    assert.deepEqual(deliveryOf({ ...form, shown }), { how: 'HANDED_OVER', receipt: '', collector: 'THE_APPLICANT', code })
  assert.deepEqual(deliveryOf({ ...form, how: 'POSTED', receipt: ' EM1 ' }), { how: 'POSTED', receipt: 'EM1' })
  const another = deliveryOf({ ...form, collector: 'ANOTHER_AGENT', name: '李四', letter: true })
  assert.deepEqual([another.document, another.name, another.letter], ['11010519491231002X', '李四', true])
})

test('an agent is sent only when there is one', () => {
  const form = filled({ agentName: '赵六', agentDocument: '11010519491231002X' })
  assert.equal(applicantOf(form).agentName, '')
  assert.equal(applicantOf({ ...form, byAgent: true }).agentName, '赵六')
})

test('the same request goes under the same key, another under a new one', () => {
  const form = filled()
  let made = 0
  const fresh = () => `key-${++made}`
  assert.equal(keyFor(form, bodyOf(form, [], true), fresh), 'key-1')
  assert.equal(keyFor(form, bodyOf(form, [], true), fresh), 'key-1')
  assert.equal(keyFor(form, bodyOf(form, [], false), fresh), 'key-2')
  form.copies = { 2: 1, 1: 1, 3: 0 }
  assert.deepEqual(bodyOf(form, [], true).materials, [{ seq: 1, copies: 1 }, { seq: 2, copies: 1 }])
})

test('the field of a refusal is found in the form', () => {
  assert.equal(fieldOf('applicant.agent_document'), 'agentDocument')
  assert.equal(fieldOf('applicant.phone'), 'phone')
  assert.equal(fieldOf('materials[0].copies'), 'copies')
})

/* RULE L32.6, L38, L44 */
test('each state has its papers', () => {
  const of = (state: string, reason = '', acceptedMs = '1', handedIn = true) => slipsOf({ state, reason, acceptedMs } as never, handedIn)
  assert.deepEqual(of('RECEIVED', '', '0'), ['receipt'])
  assert.deepEqual(of('CORRECTION', '', '0'), ['receipt', 'correction'])
  assert.deepEqual(of('RECEIVED', '', '0', false), [])
  assert.deepEqual(of('CORRECTION', '', '0', false), ['correction'])
  assert.deepEqual(of('REFUSED', '不符', '0'), ['receipt', 'refusal'])
  assert.deepEqual(of('IN_APPROVAL'), ['receipt', 'acceptance'])
  assert.deepEqual(of('CLOSED'), ['receipt', 'acceptance', 'delivery'])
  assert.deepEqual(of('CLOSED', '不符'), ['receipt', 'acceptance', 'denial', 'delivery'])
  assert.equal(isDenied({ state: 'REFUSED', reason: '不符' } as never), false)
})

test('an identity number says when and what somebody was born', () => {
  assert.deepEqual(bornIn('11010519491231002X'), { date: '1949-12-31', man: false })
})

test('how an amount came about is said in words', () => {
  const words = { unit: () => '平方米', days: '天', free: '免' }
  assert.equal(workingSaid('30 m2 x 10 days x 0.50 = 150.00', words), '30 平方米 × 10 天 × 0.50 = 150.00')
  assert.equal(workingSaid('(30 - 5 free) m2 x 8.00', words), '(30 − 5 免) 平方米 × 8.00')
})

test('of ten thousand rows only those on the screen are drawn', () => {
  const slice = sliceOf(10_000, 34, 170_000, 510)
  assert.ok(slice.to - slice.from < 30)
  assert.ok(slice.from <= 5_000 && slice.to >= 5_015)
  assert.equal(slice.above + (slice.to - slice.from) * 34 + slice.below, 340_000)
  assert.deepEqual(sliceOf(0, 34, 0, 510), { from: 0, to: 0, above: 0, below: 0 })
  assert.deepEqual(sliceOf(3, 34, 900, 510).to, 3)
})

test('a row that was chosen is scrolled into sight, and no further', () => {
  assert.equal(scrollTo(0, 34, 340, 340), 0)
  assert.equal(scrollTo(12, 34, 340, 340), 340)
  assert.equal(scrollTo(20, 34, 340, 340), 374)
})

test('what the fee counts is put right until it is paid, the applicant until the delivery', () => {
  assert.equal(mayRecount('ACCEPTED'), true)
  assert.equal(mayRecount('PAYMENT_DUE'), true)
  assert.equal(mayRecount('CLOSED'), false)
  assert.equal(mayAmend('CLOSED'), true)
  assert.equal(mayAmend('DELIVERED'), false)
})
