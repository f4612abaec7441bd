// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { age, clockTime, dateTime, day, dayNumber, dayStartMs, money, shortTime, workingTime } from '@/format'

const noon = Date.UTC(2026, 10, 23, 4, 5) // 12:05 in the hall

test('money has its fen and its thousands, exactly', () => {
  assert.equal(money('123450'), '¥1,234.50')
  assert.equal(money(0), '¥0.00')
  assert.equal(money(-5), '-¥0.05')
  assert.equal(money('9007199254740993'), '¥90,071,992,547,409.93')
})

test('days and times are the hall’s own, wherever the screen stands', () => {
  assert.equal(day(noon), '2026年11月23日')
  assert.equal(dateTime(String(noon)), '2026年11月23日 12:05')
  assert.equal(clockTime(noon), '12:05')
  assert.equal(shortTime(noon), '11-23 12:05')
  assert.equal(day(Date.UTC(2026, 10, 22, 17)), '2026年11月23日')
  assert.equal(day('0'), '—')
})

test('a day number is the day of its instants', () => {
  const number = dayNumber(noon)
  assert.equal(dayNumber(dayStartMs(number)), number)
  assert.equal(dayNumber(dayStartMs(number) - 1), number - 1)
})

test('working time is said in working days of seven hours', () => {
  assert.equal(workingTime(2 * 420 + 3 * 60), '2 个工作日 3 小时')
  assert.equal(workingTime(65), '1 小时 5 分钟')
  assert.equal(workingTime(420), '1 个工作日')
  assert.equal(workingTime(0), '不到 1 分钟')
  assert.equal(workingTime(-90), '超时 1 小时 30 分钟')
})

test('an age is said roughly', () => {
  assert.equal(age(1000), '刚刚')
  assert.equal(age(42_000), '42 秒前')
  assert.equal(age(5 * 60_000), '5 分钟前')
})
