// SPDX-License-Identifier: Apache-2.0
// What numbers and codes say to a person. Pure.

/** Day of birth and sex, as an identity number of 18 characters says them. */
export function bornIn(document: string): { date: string; man: boolean } {
  const date = `${document.slice(6, 10)}-${document.slice(10, 12)}-${document.slice(12, 14)}`
  return { date, man: Number(document[16]) % 2 === 1 }
}
