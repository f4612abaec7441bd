// SPDX-License-Identifier: Apache-2.0
// The figures of the report, summed over the lines of rollups. Numbers hold counts and fen exactly: a
// hall takes less than 2^53 fen.
import type { Figures, RollupLine } from '@/api/types'

export type Key = keyof Figures | 'late' | 'netFen'
/** Of the cases received in the period, on whatever day it happened: what rates are made of. A case that was
 *  closed in it and received before would make more closed than received. */
type OfReceived = 'receivedAccepted' | 'receivedClosed'
export type Sums = Record<Key | OfReceived, number>

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
  waivedFen: 'WAIVED',
  paidFen: 'PAID',
  refundedFen: 'REFUNDED',
  netFen: 'NET',
  yellow: 'YELLOW',
  red: 'RED',
}
export const KEYS = Object.keys(FIGURES) as Key[]
export const isMoney = (key: Key): boolean => key.endsWith('Fen')

/** The figures that a chart compares. */
export const VIEWS = {
  volume: ['received', 'accepted', 'closed'],
  time: ['onTime', 'late'],
  fees: ['feeFen', 'waivedFen', 'netFen'],
  refusals: ['corrected', 'refused', 'withdrawn', 'terminated'],
  cards: ['yellow', 'red'],
} as const satisfies Record<string, readonly Key[]>
export type View = keyof typeof VIEWS
/** Parts of a whole, drawn as stacked bars. */
export const isStacked = (view: View): boolean => view !== 'volume' && view !== 'fees'

const OF_RECEIVED = ['receivedAccepted', 'receivedClosed'] as const
const nothing = (): Sums => Object.fromEntries([...KEYS, ...OF_RECEIVED].map((key) => [key, 0])) as Sums

export function add(sums: Sums, figures: Figures): Sums {
  for (const key of KEYS) if (key !== 'late' && key !== 'netFen') sums[key] += Number(figures[key])
  sums.late = sums.decided - sums.onTime
  sums.netFen = sums.paidFen - sums.refundedFen
  return sums
}

/** The lines of what happened, and those of what has become of the cases received. */
export function total(lines: RollupLine[], received: RollupLine[] = []): Sums {
  const sums = lines.reduce((all, line) => add(all, line.figures), nothing())
  for (const { figures } of received) {
    sums.receivedAccepted += Number(figures.accepted)
    sums.receivedClosed += Number(figures.closed)
  }
  return sums
}

export function byKey(lines: RollupLine[], received: RollupLine[] = []): Map<string, Sums> {
  const of = (all: RollupLine[], key: string) => all.filter((line) => line.key === key)
  const keys = new Set([...lines, ...received].map((line) => line.key))
  return new Map([...keys].map((key) => [key, total(of(lines, key), of(received, key))]))
}

/** A row of a table or chart: its name and its figures. */
export interface Row {
  key: string
  name: string
  sums: Sums
}

/** A row for each of the keys, even without figures, then the rows of other keys. */
export function rowsOf(lines: RollupLine[], received: RollupLine[], keys: string[], nameOf: (key: string) => string): Row[] {
  const counted = byKey(lines, received)
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

/** Of the cases received in the period those closed, and of those accepted; on time by decided. */
export const RATES = {
  closedRate: ['receivedClosed', 'received'],
  closedOfAccepted: ['receivedClosed', 'receivedAccepted'],
  onTimeRate: ['onTime', 'decided'],
} as const
export type Rate = keyof typeof RATES
export type Column = Key | Rate

export const isRate = (column: Column): column is Rate => column in RATES

/** A share from 0 to 1; null when there is nothing to divide by. A decision taken back on a later day lowers that
 *  day's figures, so a single day may have less decided than on time. */
export function rateOf(sums: Sums, rate: Rate): number | null {
  const [part, whole] = RATES[rate]
  return sums[whole] <= 0 ? null : Math.min(1, Math.max(0, sums[part] / sums[whole]))
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
  'received', 'accepted', 'closed', 'closedRate', 'decided', 'onTimeRate', 'late', 'netFen', 'corrected', 'refused', 'yellow', 'red',
]
export const ALL_COLUMNS: Column[] = [
  'received', 'accepted', 'corrected', 'refused', 'withdrawn', 'terminated', 'granted', 'denied', 'decided', 'onTime', 'late', 'onTimeRate',
  'closed', 'closedRate', 'closedOfAccepted', 'delivered', 'tasks', 'orders', 'feeFen', 'waivedFen', 'paidFen', 'refundedFen', 'netFen', 'yellow', 'red',
]

/** "7.5" minutes of milliseconds, to the tenth. */
export const minutesOf = (ms: number): string => (Math.round(ms / 6000) / 10).toFixed(1)
