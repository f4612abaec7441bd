// SPDX-License-Identifier: Apache-2.0
// What numbers and codes say to a person. Pure.

/** Day of birth and sex, as an identity number of 18 characters says them. */
export function bornIn(document: string): { date: string; man: boolean } {
  const date = `${document.slice(6, 10)}-${document.slice(10, 12)}-${document.slice(12, 14)}`
  return { date, man: Number(document[16]) % 2 === 1 }
}

/** How an amount came about, as charging writes it: "(30 - 5 free) m2 x 10 days x 0.50 = 125.00". */
export function workingSaid(working: string, words: { unit: (code: string) => string; days: string; free: string }): string {
  return working
    .replace(/ x /g, ' × ')
    .replace(/(\d+) - (\d+) free/g, `$1 − $2 ${words.free}`)
    .replace(/ days?\b/g, ` ${words.days}`)
    .replace(/(?<=[\d)] )(m2|card|document|tree|visit|booklet)\b/g, (code) => words.unit(code))
}
