// SPDX-License-Identifier: Apache-2.0
// The board's data as it ages: asked when something happens and now and then besides; an answer that
// does not come leaves what is shown, with its age.
import { computed, onScopeDispose, reactive, ref } from 'vue'

import { api } from '@/api/client'
import type { Board, Notice } from '@/api/types'
import { useLive } from '@/live'

const POLL_MS = 5_000
const TICK_MS = 1_000
/** Older than this, the age is said. */
export const STALE_MS = 20_000

export function useBoard() {
  const board = ref<Board>()
  const notices = ref<Notice[]>([])
  const now = ref(Date.now())
  const read = reactive({ atMs: 0, aheadMs: 0, failed: false })

  async function reload(): Promise<void> {
    const asked = { quiet: true, patienceMs: 0 }
    try {
      const [said, told] = await Promise.all([
        api.get<Board>('/board', undefined, asked),
        api.get<{ notices: Notice[] }>('/notices', undefined, asked),
      ])
      board.value = said
      notices.value = told.notices
      read.atMs = now.value = Date.now()
      read.aheadMs = Number(said.nowMs) - read.atMs
      read.failed = false
    } catch {
      read.failed = true
      // What is shown stays, and grows old where everybody sees it.
    }
  }

  const timers = [setInterval(reload, POLL_MS), setInterval(() => (now.value = Date.now()), TICK_MS)]
  onScopeDispose(() => timers.forEach(clearInterval))
  useLive(() => void reload())
  void reload()

  return {
    board,
    notices,
    /** The hall's time, also while it is out of reach. */
    hallMs: computed(() => now.value + read.aheadMs),
    readMs: computed(() => read.atMs + read.aheadMs),
    ageMs: computed(() => (read.atMs === 0 ? 0 : now.value - read.atMs)),
    isStale: computed(() => (read.atMs === 0 ? read.failed : now.value - read.atMs > STALE_MS)),
  }
}

/** The pages of a list that is longer than its place, one after the other. */
export function pageOf<T>(list: T[], size: number, turn: number): T[] {
  const pages = Math.max(1, Math.ceil(list.length / size))
  const at = (turn % pages) * size
  return list.slice(at, at + size)
}
