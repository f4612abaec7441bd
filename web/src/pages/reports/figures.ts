// SPDX-License-Identifier: Apache-2.0
// The figures of the report, summed over the lines of rollups. Numbers hold counts and fen exactly: a
// hall takes less than 2^53 fen.
import type { Figures, RollupLine } from '@/api/types'

export type Key = keyof Figures | 'late'
export type Sums = Record<Key, number>

/** The counted figures, as the search names them. */
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

/** The figures that a chart compares. */
export const VIEWS = {
  volume: ['received', 'accepted', 'closed'],
  time: ['onTime', 'late'],
  fees: ['feeFen', 'paidFen'],
  refusals: ['corrected', 'refused', 'withdrawn', 'terminated'],
  cards: ['yellow', 'red'],
} as const satisfies Record<string, readonly Key[]>
export type View = keyof typeof VIEWS
/** Parts of a whole, drawn as stacked bars. */
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

/** A row of a table or chart: its name and its figures. */
export interface Row {
  key: string
  name: string
  sums: Sums
}

/** A row for each of the keys, even without figures, then the rows of other keys. */
export function rowsOf(lines: RollupLine[], keys: string[], nameOf: (key: string) => string): Row[] {
  const counted = byKey(lines)
  const all = [...new Set([...keys, ...counted.keys()])]
  return all.map((key) => ({ key, name: nameOf(key), sums: counted.get(key) ?? nothing() }))
}

/** Rows that have some figure of the view, the largest first. */
export function ranked(rows: Row[], view: View): Row[] {
  const weight = (row: Row) => VIEWS[view].reduce((sum, key) => sum + row.sums[key], 0)
  return rows.filter((row) => weight(row) !== 0).sort((a, b) => weight(b) - weight(a) || b.sums.received - a.sums.received)
}

/** Is any figure other than 0? */
export const isNothing = (sums: Sums): boolean => KEYS.every((key) => sums[key] === 0)

/* ---- rates */

/** Closed by accepted, and on time by decided. */
export const RATES = { closedRate: ['closed', 'accepted'], onTimeRate: ['onTime', 'decided'] } as const
export type Rate = keyof typeof RATES
export type Column = Key | Rate

export const isRate = (column: Column): column is Rate => column in RATES

/** A share from 0 to 1; null when there is nothing to divide by. */
export function rateOf(sums: Sums, rate: Rate): number | null {
  const [part, whole] = RATES[rate]
  return sums[whole] === 0 ? null : sums[part] / sums[whole]
}

/** "98.7%"; never rounded up to 100% nor down to 0%. */
export function percent(share: number | null): string {
  if (share === null) return '—'
  const tenths = Math.round(share * 1000)
  const kept = share < 1 && tenths >= 1000 ? 999 : share > 0 && tenths === 0 ? 1 : tenths
  return `${kept / 10}%`
}

/** "12,345" */
export const count = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',')

/** The columns of tables, and the further ones of a download. */
export const COLUMNS: Column[] = [
  'received', 'accepted', 'closed', 'closedRate', 'decided', 'onTimeRate', 'late', 'paidFen', 'corrected', 'refused', 'yellow', 'red',
]
export const ALL_COLUMNS: Column[] = [
  'received', 'accepted', 'corrected', 'refused', 'withdrawn', 'terminated', 'granted', 'denied', 'decided', 'onTime', 'late', 'onTimeRate',
  'closed', 'closedRate', 'delivered', 'tasks', 'orders', 'feeFen', 'paidFen', 'yellow', 'red',
]
