// SPDX-License-Identifier: Apache-2.0
// The board's data and its age: loaded after events and at intervals. While the hall does not answer,
// the last data stays, and the board says how old it is.
import { computed, onScopeDispose, reactive, ref } from 'vue'

import { api } from '@/api/client'
import type { Board, GetCallsReply, Notice } from '@/api/types'
import { useLive } from '@/live'
import { callKey, newCalls } from '@/parts/tickets/tickets'

import { announce } from './voice'

const POLL_MS = 5_000
const TICK_MS = 1_000
/** Data older than this is shown with its age. */
export const STALE_MS = 20_000

/** `voice`: the languages in which calls are said aloud; those that were there at the beginning are not. */
export function useBoard(voice: () => string) {
  const board = ref<Board>()
  const notices = ref<Notice[]>([])
  const tickets = ref<GetCallsReply>()
  const known = new Set<string>()

  function hear(now: GetCallsReply): void {
    if (tickets.value) announce(newCalls(known, now.calls), voice())
    known.clear()
    for (const call of now.calls) known.add(callKey(call))
    tickets.value = now
  }
  const now = ref(Date.now())
  const read = reactive({ atMs: 0, aheadMs: 0, failed: false })

  async function reload(): Promise<void> {
    const asked = { quiet: true, retryForMs: 0 }
    try {
      const [said, told, called] = await Promise.all([
        api.get<Board>('/board', undefined, asked),
        api.get<{ notices: Notice[] }>('/notices', undefined, asked),
        api.get<GetCallsReply>('/calls', undefined, asked),
      ])
      hear(called)
      board.value = said
      notices.value = told.notices
      read.atMs = now.value = Date.now()
      read.aheadMs = Number(said.nowMs) - read.atMs
      read.failed = false
    } catch {
      read.failed = true
      // The last data stays; its age shows.
    }
  }

  const timers = [setInterval(reload, POLL_MS), setInterval(() => (now.value = Date.now()), TICK_MS)]
  onScopeDispose(() => timers.forEach(clearInterval))
  useLive(() => void reload())
  void reload()

  return {
    board,
    notices,
    tickets,
    /** The hall's time; it runs on while the hall is out of reach. */
    hallMs: computed(() => now.value + read.aheadMs),
    readMs: computed(() => read.atMs + read.aheadMs),
    ageMs: computed(() => (read.atMs === 0 ? 0 : now.value - read.atMs)),
    isStale: computed(() => (read.atMs === 0 ? read.failed : now.value - read.atMs > STALE_MS)),
  }
}

/** A list that is longer than its place, cut into pages that are shown in turn. */
export function pageOf<T>(list: T[], size: number, turn: number): T[] {
  const pages = Math.max(1, Math.ceil(list.length / size))
  const at = (turn % pages) * size
  return list.slice(at, at + size)
}
