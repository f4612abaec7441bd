// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { CalendarDay, FeeStandard, FlowStep, Guide, Person } from '@/api/types'
import { differs, feeChanges, fieldChanges, linked, materialChanges, stepChanges } from '@/pages/administration/itemChanges'
import { decisionFaults, faultsOf } from '@/pages/administration/itemFaults'
import { blankFee, blankMaterial, contentOf, draftOf, fenOf, movedBy, NEW, newDraft } from '@/pages/administration/items'
import { closing, msOf, textOf } from '@/pages/administration/moments'
import { asName, faultsOfPerson, faultsOfToken, narrowed, placed } from '@/pages/administration/people'
import { tabOf, tabsFor } from '@/pages/administration/tabs'
import { changed, changesOf, dayOf, daysOf, FESTIVALS, isWeekend, lacking, listOf, publishable, weekday, weeksOf, workingDays } from '@/pages/administration/year'

/* ---- items */

const material = (seq: number, nameZh: string) => ({ seq, nameZh, nameEn: nameZh, form: 'original', copies: 1, required: true })
const guide = {
  item: {
    code: 'TRA-01', version: 3, nameZh: '许可', nameEn: 'Permit', department: 'TRA', seq: 1, applicant: 'any', handling: 'promised', decisionLevel: 'district', result: 'permit',
    windowCanFinish: false, byDepartment: false, promisedDays: 5, statutoryDays: 20, offered: true, suspended: false, fromDay: 19000,
  },
  conditions: '',
  basis: '',
  materials: [material(1, '甲'), material(2, '乙'), material(3, '丙')],
} as Guide
const steps: FlowStep[] = [{ stage: 1, department: 'TRA', action: 'REVIEW', lead: true, days: 3, counts: true }, { stage: 2, department: 'TRA', action: 'DECIDE_CASE', lead: true, days: 2, counts: true }]
const fee = { code: 'FEE-TRA-01', item: 'TRA-01', department: 'TRA', nameZh: '工本费', nameEn: 'Card', kind: 'fixed', unitFen: '1000', unit: 'card', freeUnits: '0', capFen: '0', basis: 'x', tiers: [], deposit: false, reducible: true, fromDay: 19000, toDay: 0 } as FeeStandard
const present = () => draftOf(guide, steps, [fee])
const hows = (of: ReturnType<typeof present>) => materialChanges(present(), of).map((one) => one.how)

test('a copy of a version differs from it in nothing', () => {
  assert.equal(differs(present(), present()), false)
  assert.deepEqual(faultsOf(present()), {})
})

test('what is published is numbered from 1 without gaps (RULE L30)', () => {
  const draft = present()
  draft.materials = [...movedBy(draft.materials, 2, -2), { ...blankMaterial(), nameZh: ' 丁 ', nameEn: 'D' }]
  assert.deepEqual(contentOf(draft).materials.map((one) => [one.seq, one.nameZh]), [[1, '丙'], [2, '甲'], [3, '乙'], [4, '丁']])
  assert.equal('from' in contentOf(draft).materials[0]!, false)
})

test('the comparison names what was moved, added, changed and removed', () => {
  const moved = present()
  moved.materials = movedBy(movedBy(moved.materials, 2, -1), 1, -1)
  assert.deepEqual(hows(moved), ['moved', 'same', 'same'])
  const rest = present()
  rest.materials = [{ ...rest.materials[0]!, copies: 2 }, rest.materials[2]!, { ...blankMaterial(), nameZh: '丁' }]
  assert.deepEqual(hows(rest), ['changed', 'same', 'added', 'removed'])
  assert.deepEqual(fieldChanges(present(), { ...present(), promisedDays: 3, standing: 'left' }).map((one) => one.field), ['promisedDays', 'standing'])
})

test('two published versions are compared by the names of their materials', () => {
  const after = { ...present(), materials: [{ ...material(1, '乙'), from: 1 }, { ...material(2, '新'), from: 2 }] }
  assert.deepEqual(materialChanges(present(), linked(present(), after)).map((one) => one.how), ['same', 'added', 'removed', 'removed'])
})

test('what is out of its bounds is named by its field', () => {
  const draft = { ...present(), nameEn: ' ', promisedDays: 21, materials: [{ ...material(1, ''), copies: 0, from: 1 }] }
  assert.deepEqual(Object.keys(faultsOf(draft)).sort(), ['materials.0.copies', 'materials.0.nameEn', 'materials.0.nameZh', 'nameEn', 'promisedDays'])
  assert.equal(faultsOf({ ...present(), materials: [] }).materials, 'materials')
  assert.equal(faultsOf({ ...present(), statutoryDays: '' as never }).statutoryDays, 'statutory')
})

test('a flow that the hall cannot run is named by its step', () => {
  const gap = present()
  gap.steps[1]!.stage = 3
  assert.deepEqual(faultsOf(gap), { 'steps.1.stage': 'stage' })
  const twice = present()
  twice.steps[1]!.stage = 1
  assert.deepEqual(faultsOf(twice), { 'steps.1.department': 'twice' })
  const city = present()
  city.steps[1]!.action = 'CITY_DECISION'
  assert.deepEqual(faultsOf(city), { 'steps.1.department': 'city' })
  assert.equal(faultsOf({ ...present(), steps: [] }).steps, 'steps')
})

test('amounts are typed in yuan and sent in fen', () => {
  assert.deepEqual(['10', '10.5', '0.07', '1,234.50', '-1', '1.234', 'x'].map(fenOf), ['1000', '1050', '7', '123450', '', '', ''])
  assert.deepEqual(contentOf(present()).fees.map((one) => [one.code, one.unitFen, one.capFen]), [['FEE-TRA-01', '1000', '0']])
  const bands = present()
  bands.fees = [{ ...blankFee('TRA-01', 'TRA', 0), nameZh: '甲', nameEn: 'A', unit: 'm2', basis: 'x', kind: 'tiered', tiers: [{ from: 0, to: 10, price: '1' }, { from: 10, to: 0, price: '0.5' }] }]
  assert.deepEqual(faultsOf(bands), {})
  assert.deepEqual(contentOf(bands).fees[0]!.tiers, [{ fromUnits: '0', toUnits: '10', unitFen: '100' }, { fromUnits: '10', toUnits: '0', unitFen: '50' }])
  bands.fees[0]!.tiers[1]!.from = 11
  assert.deepEqual(faultsOf(bands), { 'fees.0.tiers': 'tiers' })
})

test('the comparison names tasks and fees that came, went or changed', () => {
  const after = present()
  after.steps = [{ ...after.steps[0]!, days: 4 }, { stage: 2, department: 'CON', action: 'CONSULT', lead: false, days: 2, counts: true }]
  after.fees = []
  assert.deepEqual(stepChanges(present(), after).map((one) => one.how), ['changed', 'added', 'removed'])
  assert.deepEqual(feeChanges(present(), after).map((one) => [one.how, one.before?.code]), [['removed', 'FEE-TRA-01']])
  assert.ok(differs(present(), after))
})

test('a version is published by a decision that was made, from today on; a new item from any day (RULE H11)', () => {
  const draft = { ...present(), decision: '1号', decidedOn: '2026-11-30', fromOn: '2026-11-30' }
  assert.deepEqual(decisionFaults(draft, '2026-12-01'), { fromOn: 'past' })
  assert.deepEqual(decisionFaults({ ...draft, base: NEW }, '2026-12-01'), {})
  assert.deepEqual(decisionFaults({ ...draft, decision: ' ', decidedOn: '2026-12-02', fromOn: '' }, '2026-12-01'), { decision: 'needed', decidedOn: 'notYetDecided' })
  assert.equal(contentOf(draft).decisionDay, 20787)
  assert.equal(contentOf({ ...newDraft('TRA'), nameZh: 'x' }).isNew, true)
})

/* ---- the year */

const NATIONAL = { nameZh: '国庆节', nameEn: 'National Day' }
const day = (month: number, date: number) => dayOf(2026, month, date)

test('days, weekdays and months are those of the calendar', () => {
  assert.equal(day(11, 23), 20780)
  assert.equal(weekday(day(11, 23)), 0)
  assert.equal(isWeekend(day(10, 10)), true)
  const weeks = weeksOf(2026, 2)
  assert.deepEqual(weeks[0], [0, 0, 0, 0, 0, 0, day(2, 1)])
  assert.equal(weeks.flat().filter((one) => one !== 0).length, 28)
  assert.equal(workingDays(2026, new Map()), 261)
})

test('a span of days becomes a holiday, but neither today nor what is past (RULE L82)', () => {
  const next = changed(new Map(), { first: day(10, 1), last: day(10, 7) }, 'HOLIDAY', NATIONAL, day(10, 2))
  assert.deepEqual(listOf(next).map((one) => one.day), [5, 6, 7].map((date) => day(10, date))) // 3 and 4 are a weekend
  assert.equal(workingDays(2026, next), 261 - 3)
})

test('only weekends can be made up for', () => {
  const next = changed(new Map(), { first: day(10, 9), last: day(10, 10) }, 'MAKE_UP_WORKING_DAY', NATIONAL, 0)
  assert.deepEqual([...next.keys()], [day(10, 10)])
  assert.equal(workingDays(2026, next), 262)
})

test('a list is whole with every statutory holiday and as many days off as the law gives (RULE L82)', () => {
  const free = (at: number, n: number) => ({ day: at, kind: 'HOLIDAY', nameZh: FESTIVALS[n % 7].nameZh, nameEn: 'x' }) as CalendarDay
  const thirteen = daysOf(Array.from({ length: 13 }, (_, n) => free(day(3, 2) + n * 7, n)))
  assert.deepEqual(lacking(2026, thirteen), { festivals: [], days: 0 })
  assert.equal(lacking(2024, daysOf(listOf(thirteen).slice(0, 11))).days, 0)
  const madeUp = daysOf([...listOf(thirteen), { ...free(day(10, 10), 0), kind: 'MAKE_UP_WORKING_DAY' }])
  assert.equal(lacking(2026, madeUp).days, 1)
  assert.deepEqual(lacking(2026, daysOf([free(day(1, 1), 0)])).festivals.map((one) => one.part), ['春节', '清明', '劳动', '端午', '中秋', '国庆'])
})

test('days that change alike are one change', () => {
  const before = daysOf([{ day: day(10, 8), kind: 'HOLIDAY', ...NATIONAL } as CalendarDay])
  const holidays = changed(before, { first: day(10, 1), last: day(10, 3) }, 'HOLIDAY', NATIONAL, 0)
  const after = changed(holidays, { first: day(10, 8), last: day(10, 8) }, 'NORMAL', NATIONAL, 0)
  assert.deepEqual(changesOf(before, after).map((one) => [one.first, one.last, one.after?.kind]), [
    [day(10, 1), day(10, 2), 'HOLIDAY'],
    [day(10, 8), day(10, 8), undefined],
  ])
  assert.deepEqual(changesOf(after, after), [])
})

test('a draft kept over midnight publishes the past as it stood', () => {
  const draft = changed(new Map(), { first: day(10, 1), last: day(10, 2) }, 'HOLIDAY', NATIONAL, 0)
  assert.deepEqual([...publishable(new Map(), draft, day(10, 1)).keys()], [day(10, 2)])
})

/* ---- people */

test('a role says whether there is a department and a window (RULE H21)', () => {
  const clerk = { name: 'wang', fullName: '王', role: 'WINDOW_CLERK' as const, department: '', window: 0 }
  assert.deepEqual(faultsOfPerson(clerk), { window: 'windowNeeded' }) // of no department, he gives advice (RULE H6)
  assert.deepEqual(faultsOfPerson({ ...clerk, window: 30 }), {})
  assert.deepEqual(faultsOfPerson({ ...clerk, role: 'APPROVER' }), { department: 'departmentNeeded' })
  assert.deepEqual(placed({ ...clerk, role: 'CASHIER', department: 'CUL', window: 31 }), { ...clerk, role: 'CASHIER', window: 31 })
  assert.deepEqual(faultsOfPerson({ ...clerk, role: 'APPROVER', department: 'CUL', name: 'W' }), { name: 'nameRule' })
  assert.equal(asName('Wang Fang.2'), 'wangfang.2')
})

test('a token holds for one day at least and ten years at most', () => {
  const token = { name: 'kiosk-1', role: 'PUBLIC' as const, department: '', window: 0, days: 365 }
  assert.deepEqual(faultsOfToken(token), {})
  for (const days of [0, 3661, 1.5, '' as never]) assert.deepEqual(faultsOfToken({ ...token, days }), { days: 'days' })
})

test('people are found by initials, role and standing', () => {
  const people = [
    { name: 'wxm', fullName: '王小明', role: 'APPROVER', department: 'CUL', shutOut: false, mustChangePassword: false },
    { name: 'lisi', fullName: '李四', role: 'CASHIER', department: '', shutOut: true, mustChangePassword: true },
  ] as Person[]
  const all = { text: '', role: '' as const, department: '', standing: '' as const }
  const found = (of: object) => narrowed(people, { ...all, ...of }).map((one) => one.name)
  assert.deepEqual(found({}), ['wxm', 'lisi'])
  assert.deepEqual(found({ text: 'ls' }), ['lisi'])
  assert.deepEqual(found({ department: 'CUL' }), ['wxm'])
  assert.deepEqual(found({ standing: 'shutOut' }), ['lisi'])
})

/* ---- the rest */

test('instants are written in the hall’s time', () => {
  const ms = Date.UTC(2026, 10, 23, 6, 5)
  assert.equal(textOf(ms), '2026-11-23T14:05')
  assert.equal(msOf('2026-11-23T14:05'), ms)
  assert.equal(msOf(''), 0)
  assert.equal(textOf(closing(ms)), '2026-11-23T17:00')
  assert.equal(textOf(closing(ms + 4 * 3_600_000, 3)), '2026-11-27T17:00')
})

test('tabs are those one may use, and an address opens no other', () => {
  assert.deepEqual(tabsFor((one) => one === 'MANAGE_PEOPLE'), ['people', 'signIns', 'denials', 'rights', 'tokens'])
  assert.deepEqual(tabsFor((one) => one === 'SEE_RETENTION'), ['retention'])
  const mine = tabsFor((one) => one === 'PUBLISH')
  assert.equal(tabOf('calendar', mine), 'calendar')
  assert.equal(tabOf('people', mine), 'items')
})
