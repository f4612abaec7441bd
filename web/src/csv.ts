// SPDX-License-Identifier: Apache-2.0
// Tables as CSV for spreadsheet programs (RFC 4180): UTF-8 with a byte order mark, so that Chinese is
// recognised, and no text that a program would take for a formula.
export type Cell = string | number

const MARK = '\ufeff'

/** A text that begins like a formula gets an apostrophe; numbers stay. */
function cellOf(cell: Cell): string {
  if (typeof cell === 'number') return String(cell)
  const text = /^[\s\u3000]*[=+\-@＝＋－＠]/.test(cell) || /^[\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export const csvOf = (rows: Cell[][]): string =>
  MARK + rows.map((row) => row.map(cellOf).join(',') + '\r\n').join('')

/** A name that every file system accepts. */
export const fileName = (...parts: string[]): string => `${plainName(...parts)}.csv`
export const plainName = (...parts: string[]): string => parts.join('_').replace(/[\\/:*?"<>|\s]+/g, '-')

export function download(name: string, content: string | Blob): void {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
