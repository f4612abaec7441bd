// SPDX-License-Identifier: Apache-2.0
// A table of figures for a file: all figures, money in yuan, rates in percent.
import type { Cell } from '@/csv'
import { ALL_COLUMNS, isMoney, isRate, rateOf, type Column, type Row, type Sums } from './figures'

type Words = (key: string) => string

export function cellOf(sums: Sums, column: Column): Cell {
  if (isRate(column)) {
    const share = rateOf(sums, column)
    return share === null ? '' : Number((share * 100).toFixed(2))
  }
  return isMoney(column) ? sums[column] / 100 : sums[column]
}

export function csvRows(head: string, rows: Row[], total: Sums, t: Words): Cell[][] {
  const unitOf = (column: Column) => (isRate(column) ? ' (%)' : isMoney(column) ? ` (${t('yuan')})` : '')
  const isCoded = rows.some((row) => row.key !== row.name) // a day's key is its name
  const line = (key: string, name: string, sums: Sums): Cell[] => [
    ...(isCoded ? [key] : []),
    name,
    ...ALL_COLUMNS.map((column) => cellOf(sums, column)),
  ]
  return [
    [...(isCoded ? [t('code')] : []), head, ...ALL_COLUMNS.map((column) => t(`figures.${column}`) + unitOf(column))],
    ...rows.map((row) => line(row.key, row.name, row.sums)),
    line('', t('total'), total),
  ]
}
