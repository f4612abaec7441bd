// SPDX-License-Identifier: Apache-2.0
// Instants as <input type="datetime-local"> writes them, in the hall's time zone. Pure.
const OFFSET_MS = 8 * 3_600_000
const DAY_MS = 86_400_000
const CLOSING_MS = 17 * 3_600_000

/** "2026-11-23T14:05"; an instant of 0 is "". */
export const textOf = (ms: number): string =>
  ms === 0 ? '' : new Date(ms + OFFSET_MS).toISOString().slice(0, 16)

/** 0 when the text is no instant. */
export function msOf(text: string): number {
  const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ? Date.parse(`${text.slice(0, 16)}Z`) : NaN
  return Number.isNaN(ms) ? 0 : ms - OFFSET_MS
}

/** The hall's next closing time, plus a number of days. */
export function closing(nowMs: number, daysLater = 0): number {
  const midnight = Math.floor((nowMs + OFFSET_MS) / DAY_MS) * DAY_MS - OFFSET_MS
  const today = midnight + CLOSING_MS
  return (today > nowMs ? today : today + DAY_MS) + daysLater * DAY_MS
}
