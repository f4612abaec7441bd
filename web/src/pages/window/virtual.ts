// SPDX-License-Identifier: Apache-2.0
// Which rows of a long list are visible: only these are rendered. Pure.

export interface Slice {
  from: number
  to: number
  /** Space above and below, in px. */
  above: number
  below: number
}

const SPARE_ROWS = 6

export function sliceOf(rows: number, rowPx: number, scrolledPx: number, heightPx: number): Slice {
  const first = Math.floor(scrolledPx / rowPx) - SPARE_ROWS
  const from = Math.max(0, Math.min(first, rows - 1))
  const to = Math.min(rows, Math.ceil((scrolledPx + heightPx) / rowPx) + SPARE_ROWS)
  return { from, to: Math.max(from, to), above: from * rowPx, below: Math.max(0, rows - to) * rowPx }
}

/** The scroll position at which a row is wholly visible; the current one if it is already. */
export function scrollTo(row: number, rowPx: number, scrolledPx: number, heightPx: number): number {
  const top = row * rowPx
  if (top < scrolledPx) return top
  if (top + rowPx > scrolledPx + heightPx) return top + rowPx - heightPx
  return scrolledPx
}
