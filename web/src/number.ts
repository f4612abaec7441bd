// SPDX-License-Identifier: Apache-2.0
// The number of a case, "261123-000001-7": the day of receipt, a serial number of that day, and an
// ISO 7064 MOD 11-10 check digit. Pure. The same rules as common/values/case_number.c.

import { tidyLine } from '@/tidy'

const SERIAL_DIGITS = { least: 6, most: 9 }

function checkDigit(digits: string): number {
  let product = 10
  for (const digit of digits) {
    const sum = (product + Number(digit)) % 10
    product = ((sum === 0 ? 10 : sum) * 2) % 11
  }
  return (11 - product) % 10
}

function isDate(yymmdd: string): boolean {
  const [year, month, day] = [0, 2, 4].map((at) => Number(yymmdd.slice(at, at + 2))) as [
    number,
    number,
    number,
  ]
  const date = new Date(Date.UTC(2000 + year, month - 1, day))
  return year >= 10 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** With dashes; any other text unchanged. */
export function caseNumber(number: string): string {
  return number.replace(/^(\d{6})(\d{6,9})(\d)$/, '$1-$2-$3')
}

/** The code in the address that a slip's QR code holds, ".../p/<number><32 hexadecimal digits>"; null: there is none. */
export function slipCode(text: string): string | null {
  return /\/p\/(\d{13,16}[0-9a-f]{32})$/i.exec(tidyLine(text.normalize('NFKC')))?.[1]?.toLowerCase() ?? null
}

/** Without dashes, as the API takes it; null when it is no number of a case. Spaces and dashes of any
 *  script are skipped, and so is the address before the number in a scanned code. */
export function parseCaseNumber(text: string): string | null {
  const plain = tidyLine(slipCode(text)?.slice(0, -32) ?? text.normalize('NFKC')).replace(/[\u2010-\u2015\u2212]/g, '-').replace(/\D+$/, '')
  const found = /(?:^|[^\d-])([\d\s-]+)$/.exec(plain)
  const digits = found?.[1]?.replace(/[\s-]/g, '') ?? ''
  const serialDigits = digits.length - 7
  if (!/^\d+$/.test(digits) || serialDigits < SERIAL_DIGITS.least || serialDigits > SERIAL_DIGITS.most)
    return null
  if (serialDigits > SERIAL_DIGITS.least && digits[6] === '0') return null
  if (!isDate(digits.slice(0, 6)) || Number(digits.slice(6, -1)) === 0) return null
  return checkDigit(digits.slice(0, -1)) === Number(digits.at(-1)) ? digits : null
}
