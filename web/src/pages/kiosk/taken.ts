// SPDX-License-Identifier: Apache-2.0
// What a visitor scanned or typed at the kiosk's start, on its way to the place that answers it. Not in the address: the
// browser keeps addresses, and the next visitor could go back to them.
import { parseCaseNumber, slipCode } from '@/number'
import { tidyLine } from '@/tidy'

export interface Taken {
  /** Where to: the progress of a case, or the items that fit. */
  place: 'progress' | 'guide'
  text: string
}

export const NOTHING: Taken = { place: 'guide', text: '' }

export function taken(text: string): Taken {
  return { place: slipCode(text) !== null || parseCaseNumber(text) !== null ? 'progress' : 'guide', text: tidyLine(text) }
}
