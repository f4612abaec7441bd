// SPDX-License-Identifier: Apache-2.0
// How an amount came about, for a person.
import { t, wordOf } from '@/words'

/** As charging writes it: "(30 - 5 free) m2 x 10 days x 0.50 = 125.00". */
export function workingSaid(working: string, words: { unit: (code: string) => string; days: string; free: string }): string {
  return working
    .replace(/ x /g, ' × ')
    .replace(/(\d+) - (\d+) free/g, `$1 − $2 ${words.free}`)
    .replace(/ days?\b/g, ` ${words.days}`)
    .replace(/(?<=[\d)] )(m2|card|document|tree|visit|booklet)\b/g, (code) => words.unit(code))
}

export const working = (text: string): string =>
  workingSaid(text, {
    unit: (code) => wordOf('units', code),
    days: t('fees.days'),
    free: t('fees.free'),
  })
