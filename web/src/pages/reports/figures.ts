// SPDX-License-Identifier: Apache-2.0
// The figures of the report, summed over the lines of rollups. Counts and fen are exact as numbers:
// a hall takes in less than 2^53 fen.
import type { Figures, RollupLine } from '@/api/types'

export type Key = keyof Figures | 'late'
export type Sums = Record<Key, number>

/** What is counted, as the search names it. */
export const FIGURES: Record<Key, string> = {
  received: 'RECEIVED',
  accepted: 'ACCEPTED',
  corrected: 'CORRECTED',
  refused: 'REFUSED',
  withdrawn: 'WITHDRAWN',
  terminated: 'TERMINATED',
  granted: 'GRANTED',
  denied: 'DENIED',
  decided: 'DECIDED',
  onTime: 'ON_TIME',
  late: 'LATE',
  closed: 'CLOSED',
  delivered: 'DELIVERED',
  tasks: 'TASKS',
  orders: 'ORDERS',
  feeFen: 'FEE',
  paidFen: 'PAID',
  yellow: 'YELLOW',
  red: 'RED',
}
export const KEYS = Object.keys(FIGURES) as Key[]
export const isMoney = (key: Key): boolean => key === 'feeFen' || key === 'paidFen'

/** What a picture compares. */
export const VIEWS = {
  volume: ['received', 'accepted', 'closed'],
  time: ['onTime', 'late'],
  fees: ['feeFen', 'paidFen'],
  refusals: ['corrected', 'refused', 'withdrawn', 'terminated'],
  cards: ['yellow', 'red'],
} as const satisfies Record<string, readonly Key[]>
export type View = keyof typeof VIEWS
/** Parts of a whole, drawn one upon the other. */
export const isStacked = (view: View): boolean => view !== 'volume' && view !== 'fees'

const nothing = (): Sums => Object.fromEntries(KEYS.map((key) => [key, 0])) as Sums

export function add(sums: Sums, figures: Figures): Sums {
  for (const key of KEYS) if (key !== 'late') sums[key] += Number(figures[key])
  sums.late = sums.decided - sums.onTime
  return sums
}

export const total = (lines: RollupLine[]): Sums =>
  lines.reduce((sums, line) => add(sums, line.figures), nothing())

export const byKey = (lines: RollupLine[]): Map<string, Sums> =>
  new Map(lines.map((line) => [line.key, total([line])]))

/** A line of a table or a picture: what it is about and its figures. */
export interface Row {
  key: string
  name: string
  sums: Sums
}

/** One row for each of the keys, also where nothing was counted, then those that came without. */
export function rowsOf(lines: RollupLine[], keys: string[], nameOf: (key: string) => string): Row[] {
  const counted = byKey(lines)
  const all = [...new Set([...keys, ...counted.keys()])]
  return all.map((key) => ({ key, name: nameOf(key), sums: counted.get(key) ?? nothing() }))
}

/** Those that have something of what the view shows, the most first. */
export function ranked(rows: Row[], view: View): Row[] {
  const weight = (row: Row) => VIEWS[view].reduce((sum, key) => sum + row.sums[key], 0)
  return rows.filter((row) => weight(row) !== 0).sort((a, b) => weight(b) - weight(a) || b.sums.received - a.sums.received)
}

/** Has anything at all been counted? */
export const isNothing = (sums: Sums): boolean => KEYS.every((key) => sums[key] === 0)

/* ---- rates */

/** Closed of accepted, and on time of decided. */
export const RATES = { closedRate: ['closed', 'accepted'], onTimeRate: ['onTime', 'decided'] } as const
export type Rate = keyof typeof RATES
export type Column = Key | Rate

export const isRate = (column: Column): column is Rate => column in RATES

/** A share from 0 to 1; null of nothing. */
export function rateOf(sums: Sums, rate: Rate): number | null {
  const [part, whole] = RATES[rate]
  return sums[whole] === 0 ? null : sums[part] / sums[whole]
}

/** "98.7%"; never 100% while one is missing, nor 0% while there is one. */
export function percent(share: number | null): string {
  if (share === null) return '—'
  const tenths = Math.round(share * 1000)
  const kept = share < 1 && tenths >= 1000 ? 999 : share > 0 && tenths === 0 ? 1 : tenths
  return `${kept / 10}%`
}

/** "12,345" */
export const count = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',')

/** What tables show, and what a download holds beside it. */
export const COLUMNS: Column[] = [
  'received', 'accepted', 'closed', 'closedRate', 'decided', 'onTimeRate', 'late', 'paidFen', 'corrected', 'refused', 'yellow', 'red',
]
export const ALL_COLUMNS: Column[] = [
  'received', 'accepted', 'corrected', 'refused', 'withdrawn', 'terminated', 'granted', 'denied', 'decided', 'onTime', 'late', 'onTimeRate',
  'closed', 'closedRate', 'delivered', 'tasks', 'orders', 'feeFen', 'paidFen', 'yellow', 'red',
]
