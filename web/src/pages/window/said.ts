// SPDX-License-Identifier: Apache-2.0
// What an identity number says about its holder. Pure.

/** Date of birth and sex, from an identity number of 18 characters. */
export function bornIn(document: string): { date: string; man: boolean } {
  const date = `${document.slice(6, 10)}-${document.slice(10, 12)}-${document.slice(12, 14)}`
  return { date, man: Number(document[16]) % 2 === 1 }
}
