// SPDX-License-Identifier: Apache-2.0
// An opened figure as it stands in the page's address, so that going back from a case leads to it again:
// "received.20773.20779.item.CUL-01".
import type { Query } from '@/api/client'
import { FIGURES, type Key } from './figures'
import type { Days } from './period'

export type Dimension = 'item' | 'department' | 'window'
export interface Drill extends Days {
  key: Key
  dimension?: Dimension
  /** The code of the item, department or window. */
  code?: string
}

export const textOf = (drill: Drill): string =>
  [drill.key, drill.fromDay, drill.toDay, ...(drill.dimension ? [drill.dimension, drill.code] : [])].join('.')

export function drillOf(text: unknown): Drill | null {
  const found = typeof text === 'string' ? /^([a-zA-Z]+)\.(\d{1,7})\.(\d{1,7})(?:\.(item|department|window)\.([\w-]+))?$/.exec(text) : null
  if (!found || !Object.hasOwn(FIGURES, found[1]!)) return null
  const days = { key: found[1] as Key, fromDay: Number(found[2]), toDay: Number(found[3]) }
  return found[4] ? { ...days, dimension: found[4] as Dimension, code: found[5]! } : days
}

/** Window 0 stands for cases that came in by letter or online. */
const narrowed = ({ dimension, code }: Drill): Query =>
  dimension === 'window' && code === '0' ? { noWindow: true } : dimension ? { [dimension]: code } : {}

/** The cases that the figure counts. */
export const casesOf = (drill: Drill): Query => ({
  figure: FIGURES[drill.key],
  fromDay: drill.fromDay,
  toDay: drill.toDay,
  ...narrowed(drill),
})

/** The rollup that has the figure: its line `code`, or all of its lines. */
export const rollupOf = (drill: Drill): Query => ({
  by: drill.dimension === 'window' ? 'BY_WINDOW' : 'BY_DEPARTMENT',
  fromDay: drill.fromDay,
  toDay: drill.toDay,
  ...(drill.dimension === 'window' ? {} : narrowed(drill)),
})
