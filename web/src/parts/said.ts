// SPDX-License-Identifier: Apache-2.0
// What a slip says, line by line, read off its own content: what is on the paper is what is kept of it,
// whatever the slip, and a reprint repeats it. Pure but for reading the elements.
import type { SlipLine } from '@/api/types'
import { tidyLine } from '@/tidy'

/** Parts of a cell stand under each other and are words of their own. */
const textOf = (element: Element): string => tidyLine([...element.childNodes].map((node) => node.textContent).join(' '))

/** A row says its last cell under the name of the others. */
function rowOf(cells: Element[]): SlipLine {
  const texts = cells.map(textOf).filter((text) => text !== '')
  return { name: texts.slice(0, -1).join(' · '), text: texts.at(-1) ?? '' }
}

/** Paragraphs, rows of lists and tables, and named values, in their order; what stands in `.unsaid` says
 *  nothing: a line to sign on. */
export function saidIn(content: Element): SlipLine[] {
  const found = [...content.querySelectorAll('p, li, tr, dt')].filter((one) => !one.closest('.unsaid'))
  return found
    .map((one): SlipLine => {
      if (one.tagName === 'DT') return { name: textOf(one), text: textOf(one.nextElementSibling ?? one) }
      return one.tagName === 'P' ? { name: '', text: textOf(one) } : rowOf([...one.children])
    })
    .filter((line) => line.text !== '')
}

export interface Change extends SlipLine {
  /** What the first said under this name; null: it did not say it. */
  was: string | null
}

/** What the slip would say now and the first did not. Of a first in another language nothing is the same, and
 *  nothing is listed. */
export function changesOf(first: SlipLine[], now: SlipLine[]): Change[] {
  const isSame = (a: SlipLine, b: SlipLine) => a.name === b.name && a.text === b.text
  if (!now.some((line) => first.some((one) => isSame(one, line)))) return []
  return now
    .filter((line) => !first.some((one) => isSame(one, line)))
    .map((line) => {
      const before = first.filter((one) => one.name !== '' && one.name === line.name)
      return { ...line, was: before.length === 1 ? before[0]!.text : null }
    })
}
