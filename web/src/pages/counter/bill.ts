// SPDX-License-Identifier: Apache-2.0
// A bill as it is shown: its lines by department (RULE H3), each with the amount left. Pure.
import type { Bill, BillLine, Correction, CorrectionKind } from '@/api/types'
import { tidyAmount } from '@/tidy'

export interface Share {
  department: string
  lines: BillLine[]
  subtotalFen: bigint
}

export const leftOf = (line: BillLine): bigint =>
  BigInt(line.amountFen) - BigInt(line.waivedFen) - BigInt(line.refundedFen)

/** In the order in which departments first appear. */
export function sharesOf(bill: Bill): Share[] {
  const shares = new Map<string, Share>()
  for (const line of bill.lines) {
    const share = shares.get(line.department) ?? { department: line.department, lines: [], subtotalFen: 0n }
    share.lines.push(line)
    share.subtotalFen += leftOf(line)
    shares.set(line.department, share)
  }
  return [...shares.values()]
}

export interface CorrectionOfLine extends Correction {
  of: BillLine
}

/** The bill's waivers or refunds, each with its line, in the order they were made. */
export const correctionsOf = (bill: Bill, kind: CorrectionKind): CorrectionOfLine[] =>
  bill.corrections
    .filter((one) => one.kind === kind)
    .map((one) => ({ ...one, of: bill.lines.find(({ no }) => no === one.line)! }))

/** "12", "12.5" or "12.50" in fen; null for anything else. */
export function fenOf(yuan: string): bigint | null {
  const found = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(tidyAmount(yuan))
  return found ? BigInt(found[1]!) * 100n + BigInt((found[2] ?? '').padEnd(2, '0')) : null
}

/** What goes back to whoever gave this cash, less than 0 when it is too little; null when no sum was typed. */
export function changeOf(given: string, dueFen: string): bigint | null {
  const fen = fenOf(given)
  return fen === null ? null : fen - BigInt(dueFen)
}
