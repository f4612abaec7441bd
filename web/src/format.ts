// SPDX-License-Identifier: Apache-2.0
// Money, days and working time as a clerk would say them, in the hall's own time.
import { language, t } from '@/words'

export { caseNumber, parseCaseNumber } from '@/number'

/** China Standard Time, whatever zone the machine is set to. */
const ZONE = 'Asia/Shanghai'
const DAY_MS = 86_400_000
const OFFSET_MS = 8 * 3_600_000
/** 09:00-12:00 and 13:00-17:00. */
export const WORKING_DAY_MIN = 420

type Ms = number | string
const isEnglish = (): boolean => language.value === 'en'

const formats = new Map<string, Intl.DateTimeFormat>()
function say(ms: Ms, options: Intl.DateTimeFormatOptions): string {
  const locale = isEnglish() ? 'en-GB' : 'zh-CN'
  const key = locale + JSON.stringify(options)
  let format = formats.get(key)
  if (!format)
    formats.set(key, (format = new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options })))
  return format.format(Number(ms))
}

const isNever = (ms: Ms): boolean => Number(ms) === 0

/** "¥1,234.50" of fen. */
export function money(fen: number | string | bigint): string {
  const value = BigInt(fen)
  const size = value < 0n ? -value : value
  const yuan = (size / 100n).toString().replace(/\B(?=(\d{3})+$)/g, ',')
  return `${value < 0n ? '-' : ''}¥${yuan}.${(size % 100n).toString().padStart(2, '0')}`
}

/** "2026年11月23日"; an instant of 0 is "—". */
export const day = (ms: Ms): string =>
  isNever(ms) ? '—' : say(ms, { year: 'numeric', month: isEnglish() ? 'short' : 'long', day: 'numeric' })

/** "2026年11月23日（含当日）" of a deadline, and that it is provisional (RULE L82). */
export const dueDay = (ms: Ms, provisional = false): string =>
  isNever(ms) ? '—' : t('time.dueDay', { day: day(ms) }) + (provisional ? t('time.provisional') : '')

/** "11月23日周一" */
export const dayOfWeek = (ms: Ms): string =>
  isNever(ms) ? '—' : say(ms, { month: isEnglish() ? 'short' : 'long', day: 'numeric', weekday: 'short' })

/** "14:05" */
export const clockTime = (ms: Ms): string =>
  isNever(ms) ? '—' : say(ms, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** "2026年11月23日 14:05" */
export const dateTime = (ms: Ms): string => (isNever(ms) ? '—' : `${day(ms)} ${clockTime(ms)}`)

/** "11-23 14:05", for narrow columns. */
export function shortTime(ms: Ms): string {
  if (isNever(ms)) return '—'
  const local = new Date(Number(ms) + OFFSET_MS).toISOString()
  return `${local.slice(5, 10)} ${local.slice(11, 16)}`
}

/** "2026-11-30" */
export const dayText = (number: number): string => new Date(number * DAY_MS).toISOString().slice(0, 10)
/** Days since 1970 in the hall's time: of an instant, and the first instant of such a day. */
export const dayNumber = (ms: Ms): number => Math.floor((Number(ms) + OFFSET_MS) / DAY_MS)
export const dayStartMs = (number: number): number => number * DAY_MS - OFFSET_MS

/** "2 个工作日 3 小时" of working minutes; of those beyond a term "超时 …". A term that ended at the close of the day is over though not
 *  a minute of working time has passed since. */
export function workingTime(min: number, isOver = min < 0, isBrief = false): string {
  if (isOver && min === 0) return t('time.overNow')
  const size = Math.abs(min)
  const days = Math.floor(size / WORKING_DAY_MIN)
  const hours = Math.floor((size % WORKING_DAY_MIN) / 60)
  const minutes = (size % WORKING_DAY_MIN) % 60
  const parts: string[] = []
  if (days > 0) parts.push(t(isBrief ? 'time.daysBrief' : 'time.days', { n: days }))
  if (hours > 0) parts.push(t('time.hours', { n: hours }))
  if (minutes > 0 && days === 0) parts.push(t('time.minutes', { n: minutes }))
  const text = parts.length > 0 ? parts.join(' ') : t('time.now')
  return isOver ? t('time.over', { time: text }) : text
}

/** "5 分钟前" of a span in ms. */
export function age(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 5) return t('time.justNow')
  const [unit, n] =
    seconds < 60
      ? ['agoSeconds', seconds]
      : seconds < 3600
        ? ['agoMinutes', Math.floor(seconds / 60)]
        : seconds < 86_400
          ? ['agoHours', Math.floor(seconds / 3600)]
          : ['agoDays', Math.floor(seconds / 86_400)]
  return t('time.ago', { time: t(`time.${unit}`, { n: n as number }) })
}
