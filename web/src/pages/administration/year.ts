// SPDX-License-Identifier: Apache-2.0
// A year of the calendar: the days that deviate from the plain week (RULE L82). Days are days since 1970. Pure.
import type { CalendarDay, DayKind } from '@/api/types'
import { fits } from '@/parts/case/bounds'
import { isBlank, tidyLine } from '@/tidy'

export type Kind = DayKind | 'NORMAL'
export const KINDS: Kind[] = ['NORMAL', 'HOLIDAY', 'MAKE_UP_WORKING_DAY']

/** The statutory holidays of every year; `part` is what their name has in it. */
export const FESTIVALS = [
  { nameZh: '元旦', nameEn: "New Year's Day", part: '元旦' },
  { nameZh: '春节', nameEn: 'Spring Festival', part: '春节' },
  { nameZh: '清明节', nameEn: 'Tomb-Sweeping Day', part: '清明' },
  { nameZh: '劳动节', nameEn: 'Labour Day', part: '劳动' },
  { nameZh: '端午节', nameEn: 'Dragon Boat Festival', part: '端午' },
  { nameZh: '中秋节', nameEn: 'Mid-Autumn Festival', part: '中秋' },
  { nameZh: '国庆节', nameEn: 'National Day', part: '国庆' },
]
/** Statutory days off a year, from a year on. */
const STATUTORY_DAYS: [number, number][] = [[2025, 13], [2008, 11], [0, 10]]

/** How long ago a day may be that is corrected. */
export const CORRECTABLE_DAYS = 366

const DAY_MS = 86_400_000
export const dayOf = (year: number, month: number, date: number): number =>
  Date.UTC(year, month - 1, date) / DAY_MS
export const dateOf = (day: number): { year: number; month: number; date: number } => {
  const at = new Date(day * DAY_MS)
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, date: at.getUTCDate() }
}
/** 0 Monday .. 6 Sunday; day 0 was a Thursday. */
export const weekday = (day: number): number => (((day + 3) % 7) + 7) % 7
export const isWeekend = (day: number): boolean => weekday(day) >= 5

/** A month as weeks from Monday; 0 where there is no day of it. */
export function weeksOf(year: number, month: number): number[][] {
  const first = dayOf(year, month, 1)
  const end = dayOf(year, month + 1, 1)
  const weeks: number[][] = []
  for (let monday = first - weekday(first); monday < end; monday += 7)
    weeks.push(
      Array.from({ length: 7 }, (_, i) => (monday + i >= first && monday + i < end ? monday + i : 0)),
    )
  return weeks
}

export type Days = Map<number, CalendarDay>
export const daysOf = (list: CalendarDay[]): Days => new Map(list.map((one) => [one.day, one]))
export const listOf = (days: Days): CalendarDay[] => [...days.values()].sort((a, b) => a.day - b.day)
export const kindOf = (days: Days, day: number): Kind => days.get(day)?.kind ?? 'NORMAL'

export const isWorking = (days: Days, day: number): boolean => {
  const kind = kindOf(days, day)
  return kind === 'NORMAL' ? !isWeekend(day) : kind === 'MAKE_UP_WORKING_DAY'
}

export function workingDays(year: number, days: Days): number {
  let n = 0
  for (let day = dayOf(year, 1, 1); day < dayOf(year + 1, 1, 1); day++) if (isWorking(days, day)) n++
  return n
}

/** Can a day be of this kind? A weekend is free anyway, a weekday is worked anyway. */
export const fitsKind = (day: number, kind: Kind): boolean =>
  kind === 'NORMAL' || (kind === 'MAKE_UP_WORKING_DAY') === isWeekend(day)

/** What a list lacks to be that of a whole year: statutory holidays, and days off less make-up days. */
export function lacking(year: number, days: Days): { festivals: typeof FESTIVALS; days: number } {
  const free = listOf(days).filter((one) => one.kind === 'HOLIDAY')
  const off = free.length * 2 - days.size
  const statutory = STATUTORY_DAYS.find(([from]) => from <= year)?.[1] ?? 0
  return {
    festivals: FESTIVALS.filter(({ part }) => !free.some((one) => one.nameZh.includes(part))),
    days: Math.max(0, statutory - off),
  }
}

export const isNamed = (name: string): boolean => !isBlank(name) && fits(name, 'CalendarDay.nameZh')

/** The days from `first` to `last` get this kind; past days, and those that cannot have it, stay. */
export function changed(
  days: Days,
  span: { first: number; last: number },
  kind: Kind,
  name: { nameZh: string; nameEn: string },
  today: number,
): Days {
  const next = new Map(days)
  for (let day = Math.max(span.first, today + 1); day <= span.last; day++) {
    if (!fitsKind(day, kind)) continue
    if (kind === 'NORMAL') next.delete(day)
    else next.set(day, { day, kind, nameZh: tidyLine(name.nameZh), nameEn: tidyLine(name.nameEn) })
  }
  return next
}

/** For a draft kept over midnight: days that have passed since stay as published. */
export const publishable = (published: Days, draft: Days, today: number): Days =>
  daysOf([
    ...listOf(published).filter((one) => one.day <= today),
    ...listOf(draft).filter((one) => one.day > today),
  ])

/* ---- how two lists differ */

export interface Change {
  first: number
  last: number
  before?: CalendarDay
  after?: CalendarDay
}
const isSame = (a?: CalendarDay, b?: CalendarDay): boolean =>
  a?.kind === b?.kind && a?.nameZh === b?.nameZh && a?.nameEn === b?.nameEn

/** Neighbouring days with the same change are one change. */
export function changesOf(before: Days, after: Days): Change[] {
  const all = [...new Set([...before.keys(), ...after.keys()])].sort((a, b) => a - b)
  const found: Change[] = []
  for (const day of all) {
    const was = before.get(day)
    const is = after.get(day)
    if (isSame(was, is)) continue
    const last = found.at(-1)
    if (last && last.last === day - 1 && isSame(last.before, was) && isSame(last.after, is)) last.last = day
    else found.push({ first: day, last: day, before: was, after: is })
  }
  return found
}

/* ---- somebody else has published the year meanwhile */

/** The changes of a draft, which was begun from `was`, made to the list as it is now. */
export function rebasedYear(draft: Days, was: Days, now: Days): Days {
  const next = new Map(now)
  for (const { first, last, after } of changesOf(was, draft))
    for (let day = first; day <= last; day++) {
      if (after) next.set(day, { ...after, day })
      else next.delete(day)
    }
  return next
}
