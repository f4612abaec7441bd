// SPDX-License-Identifier: Apache-2.0
// Events of the hall as they happen: one stream for the whole page. An event says that something
// changed, not how it looks now; the listener requests that.
import { onScopeDispose, reactive } from 'vue'

import type { LiveEvent } from '@/api/types'
import { askedToSignIn, hallNow, isSignedIn, may } from '@/session'

export const live = reactive({
  state: 'lost' as 'open' | 'lost',
  /** When this state began, or, while open, when the last event came (hallNow()). */
  sinceMs: hallNow(),
})

export interface LiveOptions {
  /** Only these types, e.g. 'intake.CaseAccepted', or all of a stream: 'intake'. */
  types?: string[]
  caseNumber?: string | (() => string)
}

interface Listener {
  options: LiveOptions
  call: () => void
  soon?: ReturnType<typeof setTimeout>
  late?: ReturnType<typeof setTimeout>
}

const STREAMS = ['intake', 'routing', 'charging', 'supervision']
const SOON_MS = 250 // several events of one action are one call
const LATE_MS = 900 // read models catch up with the journals within a fraction of a second
const REOPEN_MS = 5_000
const POLL_MS = 15_000 // while the stream is lost

const listeners = new Set<Listener>()
let source: EventSource | null = null
let reopening: ReturnType<typeof setTimeout> | undefined
let polling: ReturnType<typeof setInterval> | undefined

function wake(listener: Listener): void {
  listener.soon ??= setTimeout(() => {
    listener.soon = undefined
    listener.call()
  }, SOON_MS)
  clearTimeout(listener.late)
  listener.late = setTimeout(listener.call, LATE_MS)
}

function wants({ types, caseNumber }: LiveOptions, event: LiveEvent): boolean {
  const number = typeof caseNumber === 'function' ? caseNumber() : caseNumber
  if (number && event.caseNumber && event.caseNumber !== number) return false
  return !types || types.includes(event.type) || types.includes(event.stream)
}

function heard(message: MessageEvent<string>): void {
  const event = JSON.parse(message.data) as LiveEvent
  live.sinceMs = hallNow()
  for (const listener of listeners) if (wants(listener.options, event)) wake(listener)
}

function wakeAll(): void {
  if (!askedToSignIn.value) for (const listener of listeners) wake(listener)
}

function opened(message: MessageEvent<string>): void {
  const missed = live.state === 'lost' || (JSON.parse(message.data) as { lost: boolean }).lost
  live.state = 'open'
  live.sinceMs = hallNow()
  clearInterval(polling)
  polling = undefined
  if (missed) wakeAll()
}

function lost(): void {
  if (live.state === 'open') live.sinceMs = hallNow()
  live.state = 'lost'
  polling ??= setInterval(wakeAll, POLL_MS)
  if (source?.readyState === EventSource.CLOSED) {
    clearTimeout(reopening) // refused: the browser does not reconnect by itself
    reopening = setTimeout(open, REOPEN_MS)
  }
}

function open(): void {
  source?.close()
  if (isSignedIn() && !may('FOLLOW')) return // an administrator receives no events of cases (RULE H21)
  source = new EventSource('/api/v1/events')
  source.addEventListener('hello', opened)
  for (const stream of STREAMS) source.addEventListener(stream, heard)
  source.onerror = lost
}

function close(): void {
  source?.close()
  source = null
  clearTimeout(reopening)
  clearInterval(polling)
  polling = undefined
}

/** Reconnect, as somebody else or after signing in again. */
export function reopenLive(): void {
  if (listeners.size > 0) open()
}

/** Calls the handler soon after an event, and once more when read models have caught up; also when
 *  the stream is back after it was lost. Ends with the component. */
export function useLive(handler: () => void, options: LiveOptions = {}): void {
  const listener: Listener = { options, call: handler }
  listeners.add(listener)
  if (!source) open()
  onScopeDispose(() => {
    clearTimeout(listener.soon)
    clearTimeout(listener.late)
    listeners.delete(listener)
    if (listeners.size === 0) close()
  })
}
