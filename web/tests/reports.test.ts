// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Figures, HallWindow, Item } from '@/api/types'
import { csvOf, fileName } from '@/csv'
import { casesOf, drillOf, rollupOf, textOf, type Drill } from '@/pages/reports/drill'
import { csvRows } from '@/pages/reports/export'
import { count, percent, ranked, rateOf, rowsOf, total } from '@/pages/reports/figures'
import { idleWindows } from '@/pages/reports/idle'
import { pointsOf } from '@/pages/reports/course'
import { beforeOf, dayOfText, daysOf, daysOfKey, grainOf, keysOf, textOfDay, trendOf } from '@/pages/reports/period'

const monday = dayOfText('2026-11-23')!

const figures = (some: Partial<Record<keyof Figures, number>>): Figures =>
  Object.fromEntries(
    ['received', 'accepted', 'corrected', 'refused', 'withdrawn', 'granted', 'denied', 'closed', 'delivered', 'onTime', 'feeFen', 'paidFen', 'yellow', 'red', 'tasks', 'orders', 'decided', 'terminated', 'waivedFen', 'refundedFen'].map(
      (key) => [key, String(some[key as keyof Figures] ?? 0)],
    ),
  ) as unknown as Figures

test('periods end today, the week begins on Monday, last year is whole', () => {
  const said = (period: 'today' | 'week' | 'month' | 'year' | 'lastYear', today = monday) => {
    const { fromDay, toDay } = daysOf(period, today)
    return [textOfDay(fromDay), textOfDay(toDay)]
  }
  assert.deepEqual(said('today'), ['2026-11-23', '2026-11-23'])
  assert.deepEqual(said('week'), ['2026-11-23', '2026-11-23'])
  assert.deepEqual(said('week', monday - 1), ['2026-11-16', '2026-11-22'])
  assert.deepEqual(said('month'), ['2026-11-01', '2026-11-23'])
  assert.deepEqual(said('year'), ['2026-01-01', '2026-11-23'])
  assert.deepEqual(said('lastYear'), ['2025-01-01', '2025-12-31'])
})

test('a period is compared with the same days of the one before', () => {
  const said = (period: Parameters<typeof beforeOf>[0], from: string, to: string) => {
    const { fromDay, toDay } = beforeOf(period, { fromDay: dayOfText(from)!, toDay: dayOfText(to)! })
    return [textOfDay(fromDay), textOfDay(toDay)]
  }
  assert.deepEqual(said('today', '2026-11-23', '2026-11-23'), ['2026-11-22', '2026-11-22'])
  assert.deepEqual(said('week', '2026-11-23', '2026-11-25'), ['2026-11-16', '2026-11-18'])
  assert.deepEqual(said('month', '2026-03-01', '2026-03-31'), ['2026-02-01', '2026-02-28'])
  assert.deepEqual(said('year', '2024-01-01', '2024-02-29'), ['2023-01-01', '2023-02-28'])
  assert.deepEqual(said('lastYear', '2025-01-01', '2025-12-31'), ['2024-01-01', '2024-12-31'])
  assert.deepEqual(said('own', '2026-11-10', '2026-11-12'), ['2026-11-07', '2026-11-09'])
})

test('a course goes from left to right, its most at the top', () => {
  assert.equal(pointsOf([0, 10, 5], 120, 22), '0,21 60,1 120,11')
  assert.equal(pointsOf([3], 120, 22), '')
  assert.equal(pointsOf([0, 0], 120, 22), '')
})

test('a day is what the calendar has, and nothing else', () => {
  assert.equal(textOfDay(dayOfText('2024-02-29')!), '2024-02-29')
  assert.equal(dayOfText('2026-02-29'), null)
  assert.equal(dayOfText('2026-2-9'), null)
  assert.equal(dayOfText(''), null)
})

test('a trend has every day and month, also those without business', () => {
  const days = { fromDay: dayOfText('2026-10-30')!, toDay: dayOfText('2026-11-02')! }
  assert.deepEqual(keysOf(days, 'day'), ['2026-10-30', '2026-10-31', '2026-11-01', '2026-11-02'])
  assert.deepEqual(keysOf(days, 'month'), ['2026-10', '2026-11'])
  assert.deepEqual(daysOfKey('2026-10', days), { fromDay: days.fromDay, toDay: dayOfText('2026-10-31') })
  assert.deepEqual(daysOfKey('2026-11-01', days), { fromDay: days.toDay - 1, toDay: days.toDay - 1 })
})

test('one day is shown as the last fortnight, a year by month', () => {
  assert.deepEqual(trendOf({ fromDay: monday, toDay: monday }), { fromDay: monday - 13, toDay: monday })
  assert.equal(grainOf(daysOf('month', monday)), 'day')
  assert.equal(grainOf(daysOf('year', monday)), 'month')
})

test('lines add up, late is decided less on time', () => {
  const sums = total([
    { key: 'CUL', figures: figures({ received: 3, decided: 5, onTime: 4, paidFen: 1050 }) },
    { key: 'CON', figures: figures({ received: 4, decided: 2, onTime: 0 }) },
  ])
  assert.equal(sums.received, 7)
  assert.equal(sums.late, 3)
  assert.equal(sums.paidFen, 1050)
  assert.equal(percent(rateOf(sums, 'onTimeRate')), '57.1%')
  assert.equal(rateOf(sums, 'closedOfAccepted'), null)
})

/* The hall reports closed by received. Of a period, cases received before it are closed in it too. */
test('no rate is above the whole: of the cases received it is told what was closed', () => {
  const happened = [{ key: 'CUL', figures: figures({ received: 10, accepted: 8, closed: 25, decided: 3, onTime: 4 }) }]
  const received = [{ key: 'CUL', figures: figures({ received: 10, accepted: 8, closed: 6 }) }]
  const sums = total(happened, received)
  assert.equal(rateOf(sums, 'closedRate'), 0.6)
  assert.equal(rateOf(sums, 'closedOfAccepted'), 0.75)
  assert.equal(rateOf(sums, 'onTimeRate'), 1)
  assert.equal(sums.closed, 25)
})

test('a rate is whole only when nothing is missing', () => {
  assert.equal(percent(9999 / 10000), '99.9%')
  assert.equal(percent(1), '100%')
  assert.equal(percent(1 / 10000), '0.1%')
  assert.equal(percent(0), '0%')
  assert.equal(percent(null), '—')
  assert.equal(count(1234567), '1,234,567')
  assert.equal(count(-1234), '-1,234')
})

test('rows stand for all that was asked for, and a picture for what has something', () => {
  const rows = rowsOf([{ key: '12', figures: figures({ received: 2 }) }, { key: '4', figures: figures({ received: 9 }) }], [], ['4', '5'], (key) => `W${key}`)
  assert.deepEqual(rows.map((row) => row.name), ['W4', 'W5', 'W12'])
  assert.deepEqual(ranked(rows, 'volume').map((row) => row.key), ['4', '12'])
  assert.deepEqual(ranked(rows, 'cards'), [])
})

test('a file is UTF-8 with a mark, and no text in it is a formula', () => {
  const text = csvOf([['=1+1', '+86', '-x', '@sum', '\tx', ' =2', '＝3'], ['文体局', 'a,"b"\nc', -5, 12.5, '']])
  assert.equal(text, `\ufeff'=1+1,'+86,'-x,'@sum,"'\tx",' =2,'＝3\r\n文体局,"a,""b""\nc",-5,12.5,\r\n`)
  assert.equal(fileName('各部门', '2026-01-01', 'a/b:c'), '各部门_2026-01-01_a-b-c.csv')
})

test('a download has all figures, money in yuan, and the sum last', () => {
  const lines = [{ key: 'CUL', figures: figures({ received: 4, accepted: 4, closed: 9, paidFen: 123450, refundedFen: 3450 }) }]
  const received = [{ key: 'CUL', figures: figures({ received: 4, accepted: 4, closed: 3 }) }]
  const [head, row, sum] = csvRows('部门', rowsOf(lines, received, [], () => '文体局'), total(lines, received), (key) => key)
  assert.deepEqual([row![0], row![1]], ['CUL', '文体局'])
  assert.equal(row![head!.indexOf('figures.paidFen (yuan)')], 1234.5)
  assert.equal(row![head!.indexOf('figures.netFen (yuan)')], 1200)
  assert.equal(row![head!.indexOf('figures.closedRate (%)')], 75)
  assert.deepEqual(sum!.slice(2), row!.slice(2))
  assert.equal(head!.length, row!.length)
})

test('an opened figure stands in the address and asks for its cases', () => {
  const drill: Drill = { key: 'late', fromDay: 20773, toDay: 20779, dimension: 'item', code: 'CON-01' }
  assert.equal(textOf(drill), 'late.20773.20779.item.CON-01')
  assert.deepEqual(drillOf(textOf(drill)), drill)
  assert.deepEqual(drillOf('paidFen.1.2'), { key: 'paidFen', fromDay: 1, toDay: 2 })
  for (const wrong of ['', 'x.1.2', 'late.1', 'toString.1.2', 'late.1.2.case.1', ['late.1.2'], undefined]) assert.equal(drillOf(wrong), null)
  assert.deepEqual(casesOf(drill), { figure: 'LATE', fromDay: 20773, toDay: 20779, item: 'CON-01' })
  assert.deepEqual(casesOf({ ...drill, dimension: 'window', code: '0' }), { figure: 'LATE', fromDay: 20773, toDay: 20779, noWindow: true })
  assert.deepEqual(rollupOf({ ...drill, dimension: 'window', code: '4' }), { by: 'BY_WINDOW', fromDay: 20773, toDay: 20779 })
})

/* RULE H19 */
test('a window with no business is seen as such, with what to delete, extend or set up', () => {
  const window = (number: number, department: string, open = true): HallWindow => ({ window: number, department, nameZh: '', nameEn: '', open, floor: 1, telephone: '', revision: '2', kind: 'department', status: 'open', source: 'SOURCE_UNSPECIFIED' })
  const item = (code: string): Item => ({ code, department: code.slice(0, 3) }) as Item
  const found = idleWindows({
    windows: [window(1, 'CUL'), window(2, 'CUL'), window(3, 'PLN'), window(4, 'LND'), window(5, 'PRI'), window(6, 'POL', false), window(7, 'DEF', false), window(30, '')],
    items: [item('CUL-01'), item('CUL-02'), item('PLN-01')],
    atWindow: (number) => (number === 1 ? 5 : 0),
    ofItem: (code) => (code === 'CUL-01' ? 5 : 0),
    approves: (department) => (department === 'LND' || department === 'POL' ? ['CON-01'] : []),
  })
  assert.deepEqual(
    found.map((one) => [one.window.window, one.advice, one.why, one.items.join()]),
    [
      [2, 'EXTEND', 'elsewhere', 'CUL-01'],
      [3, 'DELETE', 'neverAsked', 'PLN-01'],
      [4, 'EXTEND', 'approvesOnly', 'CON-01'],
      [5, 'EXTEND', 'without', ''],
      [6, 'SET_UP', 'closedNeeded', 'CON-01'],
      [7, 'DELETE', 'closedWithout', ''],
    ],
  )
})
