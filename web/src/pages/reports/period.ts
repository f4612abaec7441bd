// SPDX-License-Identifier: Apache-2.0
// Periods of the report, as days since 1970 in the hall's time, both ends included.
import { dayText } from '@/format'

export const PERIODS = ['today', 'week', 'month', 'year', 'lastYear', 'own'] as const
export type Period = (typeof PERIODS)[number]
export type Grain = 'day' | 'month'
export interface Days {
  fromDay: number
  toDay: number
}

const DAY_MS = 86_400_000
/** Longer periods are shown by month unless the user chooses days. */
const DAILY_DAYS = 62
/** More days are too many for one chart. */
export const DAILY_MOST = 400
/** A single day is no trend: it is shown as the last of this many days. */
const TREND_DAYS = 14

const dayOf = (year: number, month: number, date: number): number => Date.UTC(year, month, date) / DAY_MS

export const textOfDay = dayText

export function dayOfText(text: string): number | null {
  const at = /^[12]\d{3}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : NaN
  return Number.isNaN(at) || textOfDay(at / DAY_MS) !== text ? null : at / DAY_MS
}

/** A period up to today; the week begins on Monday. */
export function daysOf(period: Exclude<Period, 'own'>, today: number): Days {
  const date = new Date(today * DAY_MS)
  const year = date.getUTCFullYear()
  switch (period) {
    case 'today':
      return { fromDay: today, toDay: today }
    case 'week':
      return { fromDay: today - ((date.getUTCDay() + 6) % 7), toDay: today }
    case 'month':
      return { fromDay: dayOf(year, date.getUTCMonth(), 1), toDay: today }
    case 'year':
      return { fromDay: dayOf(year, 0, 1), toDay: today }
    case 'lastYear':
      return { fromDay: dayOf(year - 1, 0, 1), toDay: dayOf(year, 0, 1) - 1 }
  }
}

/** What a period is compared with: the same days of the week, month or year before; of chosen days as many
 *  just before them. */
export function beforeOf(period: Period, { fromDay, toDay }: Days): Days {
  const shifted = (day: number, years: number, months: number): number => {
    const date = new Date(day * DAY_MS)
    const [year, month] = [date.getUTCFullYear() - years, date.getUTCMonth() - months]
    const last = dayOf(year, month + 1, 0)
    return Math.min(dayOf(year, month, date.getUTCDate()), last)
  }
  switch (period) {
    case 'week':
      return { fromDay: fromDay - 7, toDay: toDay - 7 }
    case 'month':
      return { fromDay: shifted(fromDay, 0, 1), toDay: shifted(toDay, 0, 1) }
    case 'year':
    case 'lastYear':
      return { fromDay: shifted(fromDay, 1, 0), toDay: shifted(toDay, 1, 0) }
    default:
      return { fromDay: fromDay - (toDay - fromDay + 1), toDay: fromDay - 1 }
  }
}

export const lengthOf = ({ fromDay, toDay }: Days): number => toDay - fromDay + 1

/** The days that the trend of a period shows. */
export const trendOf = (days: Days): Days =>
  lengthOf(days) >= 7 ? days : { fromDay: days.toDay - TREND_DAYS + 1, toDay: days.toDay }

export const grainOf = (days: Days): Grain => (lengthOf(days) <= DAILY_DAYS ? 'day' : 'month')

/** The keys of all days or months in the period, as the rollup has them: "2026-11-23", "2026-11". */
export function keysOf({ fromDay, toDay }: Days, grain: Grain): string[] {
  const keys: string[] = []
  for (let day = fromDay; day <= toDay; day++) {
    const key = grain === 'day' ? textOfDay(day) : textOfDay(day).slice(0, 7)
    if (keys[keys.length - 1] !== key) keys.push(key)
  }
  return keys
}

/** The days of such a key that lie within the period. */
export function daysOfKey(key: string, within: Days): Days {
  const [year = 0, month = 1, date] = key.split('-').map(Number)
  const first = dayOf(year, month - 1, date ?? 1)
  const last = date === undefined ? dayOf(year, month, 1) - 1 : first
  return { fromDay: Math.max(first, within.fromDay), toDay: Math.min(last, within.toDay) }
}
