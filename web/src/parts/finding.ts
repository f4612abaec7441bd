// SPDX-License-Identifier: Apache-2.0
// By what a case is searched for when nobody has its number. Pure.
import { tidyDocument, tidyName, tidyPhone } from '@/tidy'

export type FindBy = 'document' | 'name' | 'phone'
export const findWays: FindBy[] = ['document', 'name', 'phone']

const tidiers: Record<FindBy, (text: string) => string> = { document: tidyDocument, name: tidyName, phone: tidyPhone }
export const tidyFor = (by: FindBy) => tidiers[by]

/** What a text looks like: a mobile or landline number, the number of a document, a name. */
export function likelyWay(text: string): FindBy {
  if (/^(1\d{10}|0\d{9,11}(-\d+)?|\+\d{6,})$/.test(tidyPhone(text))) return 'phone'
  return /\d{4}/.test(tidyDocument(text)) ? 'document' : 'name'
}

/** Whether the hall takes the text for a search. */
export function isSearchable(by: FindBy, text: string): boolean {
  const tidy = tidiers[by](text)
  if (by === 'phone') return /^[0-9+-]{5,20}$/.test(tidy)
  return by === 'document' ? /^[0-9A-Z]{4,40}$/.test(tidy) : tidy !== '' && [...tidy].length <= 120
}
