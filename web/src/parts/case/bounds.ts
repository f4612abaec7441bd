// SPDX-License-Identifier: Apache-2.0
// Texts are limited as the hall limits them: in characters, after tidying. Pure.

import { limits } from '@/limits'
import { tidyText } from '@/tidy'

/** A text that is limited, such as "intake.Refuse.reason". */
export type Limited = keyof typeof limits

/** How many characters still fit; negative: how many are too many. */
export const charactersLeft = (text: string, of: Limited): number => limits[of] - [...tidyText(text)].length

export const fits = (text: string, of: Limited): boolean => charactersLeft(text, of) >= 0

/** The text with a phrase added. */
export function withPhrase(text: string, phrase: string): string {
  const before = tidyText(text)
  if (before === '' || before === phrase) return phrase
  return before.includes(phrase) ? before : `${before}${/[。；.;:：]$/.test(before) ? '' : '；'}${phrase}`
}

/** Does a clause end where it should begin to say something: "现场情况不具备条件："? */
export const isUnfinished = (text: string): boolean => /[:：]\s*(?:[；;。]|$)/.test(tidyText(text))
