// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { CalendarDay, Guide, Person } from '@/api/types'
import { contentOf, draftOf, faultsOf, fieldChanges, linked, materialChanges, movedBy, blankMaterial, differs } from '@/pages/administration/items'
import { closing, msOf, textOf } from '@/pages/administration/moments'
import { asName, faultsOfPerson, faultsOfToken, narrowed, placed } from '@/pages/administration/people'
import { tabOf, tabsFor } from '@/pages/administration/tabs'
import { changed, changesOf, dayOf, daysOf, FESTIVALS, isWeekend, lacking, listOf, publishable, weekday, weeksOf, workingDays } from '@/pages/administration/year'

/* ---- items */

const material = (seq: number, nameZh: string) => ({ seq, nameZh, nameEn: nameZh, form: 'original', copies: 1, required: true })
const guide = {
  item: { version: 3, nameZh: '许可', nameEn: 'Permit', promisedDays: 5, statutoryDays: 20 },
  materials: [material(1, '甲'), material(2, '乙'), material(3, '丙')],
} as Guide
const present = () => draftOf(guide, true)
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
  assert.deepEqual(fieldChanges(present(), { ...present(), promisedDays: 3, offered: false }).map((one) => one.field), ['promisedDays', 'offered'])
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
  assert.deepEqual(faultsOfPerson(clerk), { department: 'departmentNeeded', window: 'windowNeeded' })
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
