// SPDX-License-Identifier: Apache-2.0
// The hall limits texts in bytes of UTF-8; a Chinese character has three. Pure.

import { tidyText } from '@/tidy'

const encoder = new TextEncoder()

export const bytesOf = (text: string): number => encoder.encode(text).length

/** How many Chinese characters still fit; negative: how many are too many. */
export function charactersLeft(text: string, maxBytes: number): number {
  const left = maxBytes - bytesOf(tidyText(text))
  return left < 0 ? -Math.ceil(-left / 3) : Math.floor(left / 3)
}

export const fits = (text: string, maxBytes: number): boolean => bytesOf(tidyText(text)) <= maxBytes

/** The text with a phrase added. */
export function withPhrase(text: string, phrase: string): string {
  const before = tidyText(text)
  if (before === '' || before === phrase) return phrase
  return before.includes(phrase) ? before : `${before}${/[。；.;:：]$/.test(before) ? '' : '；'}${phrase}`
}

/** Does a clause end where it should begin to say something: "现场情况不具备条件："? */
export const isUnfinished = (text: string): boolean => /[:：]\s*(?:[；;。]|$)/.test(tidyText(text))
