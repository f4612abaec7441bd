// SPDX-License-Identifier: Apache-2.0
// Tickets as the pages show them, and which calls are new. Pure.
import type { Call, GetCallsReply } from '@/api/types'

/** "007": three digits at least, as on the ticket and the display. */
export const ticketNumber = (number: number): string => String(number).padStart(3, '0')

/** What happens to tickets, for useLive. */
export const TICKET_EVENTS = ['Taken', 'Called', 'PassedOver', 'Transferred', 'Over'].map((one) => `intake.Ticket${one}`)

/** One call of one number: called again, it is another. */
export const callKey = (call: Call): string => `${call.number}.${call.window}.${call.calls}`

/** Those of the calls that were not there before, the oldest first: the display announces them. */
export const newCalls = (known: Set<string>, calls: Call[]): Call[] => calls.filter((call) => !known.has(callKey(call))).reverse()

/** No tickets are given out now. */
export const isClosed = (calls: GetCallsReply): boolean => calls.opensMs !== '0'
