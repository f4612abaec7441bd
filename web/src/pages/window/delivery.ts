// SPDX-License-Identifier: Apache-2.0
// The delivery of a result as it is filled in, and the request made of it. Pure.
import type { Collector, Deliver, Delivery } from '@/api/types'
import { tidyDocument, tidyLine, tidyName } from '@/tidy'

export const ways: Delivery[] = ['HANDED_OVER', 'POSTED', 'ELECTRONIC']

export interface DeliveryForm {
  how: Delivery
  receipt: string
  collector: Collector
  /** The number of a document, or the code of a slip. */
  shown: string
  /** Of another agent. */
  name: string
  letter: boolean
}
export const emptyDelivery = (): DeliveryForm => ({ how: 'HANDED_OVER', receipt: '', collector: 'THE_APPLICANT', shown: '', name: '', letter: false })

/** The code of a slip in what a scanner typed: the code itself, or the address that ends in it; empty: none. */
export const slipCodeIn = (text: string): string => /(?:^|\/)(\d{13,16}[0-9a-f]{32})$/.exec(tidyLine(text))?.[1] ?? ''

export function deliveryOf(form: DeliveryForm): Deliver {
  const body: Deliver = { how: form.how, receipt: tidyLine(form.receipt) }
  if (form.how !== 'HANDED_OVER') return body
  const isAnother = form.collector === 'ANOTHER_AGENT'
  const code = isAnother ? '' : slipCodeIn(form.shown)
  return {
    ...body,
    collector: form.collector,
    ...(code ? { code } : { document: tidyDocument(form.shown) }),
    ...(isAnother ? { name: tidyName(form.name), letter: form.letter } : {}),
  }
}
