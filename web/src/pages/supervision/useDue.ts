// SPDX-License-Identifier: Apache-2.0
import { onScopeDispose, ref, shallowReactive } from 'vue'

import { api } from '@/api/client'
import type { Card, DueLine, ListCardsReply, ListDueReply } from '@/api/types'
import { useLive } from '@/live'
import { loadDepartments } from '@/names'
import { hallNow } from '@/session'
import type { WaitState } from '@/waiting'
import { isCut, together } from './wall'

const LINES = 500
const MINUTE_MS = 60_000
/** The wall is reloaded at most this often, however busy the hall. */
const PACE_MS = 2_000

const due = (department = '') => api.get<ListDueReply>('/due', { limit: LINES, atLeast: 'YELLOW', department })

/** All lines; department by department when one response cannot hold them. */
async function readLines(): Promise<DueLine[]> {
  const whole = await due()
  if (!isCut(whole, LINES)) return together([whole])
  const departments = await loadDepartments()
  return together([whole, ...(await Promise.all(departments.map((one) => due(one.code))))])
}

const readCards = async (withdrawn: boolean): Promise<Card[]> =>
  (await api.get<ListCardsReply>('/cards', { limit: LINES, ...(withdrawn && { withdrawn }) })).cards

export function useDue() {
  const seen = shallowReactive({ lines: [] as DueLine[], cards: [] as Card[], withdrawn: [] as Card[], readMs: 0 })
  const state = ref<WaitState>('loading')
  const fault = ref<unknown>(null)
  let busy = false
  let again: ReturnType<typeof setTimeout> | undefined

  async function refresh(): Promise<void> {
    if (busy) {
      again ??= setTimeout(() => {
        again = undefined
        void refresh()
      }, PACE_MS)
      return
    }
    busy = true
    try {
      const [lines, cards, withdrawn] = await Promise.all([readLines(), readCards(false), readCards(true)])
      Object.assign(seen, { lines, cards, withdrawn, readMs: hallNow() })
      state.value = 'ready'
    } catch (refused) {
      fault.value = refused
      if (seen.readMs === 0) state.value = 'error'
    } finally {
      busy = false
    }
  }

  void refresh()
  useLive(() => void refresh(), { types: ['supervision', 'routing', 'intake'] })
  const everyMinute = setInterval(() => void refresh(), MINUTE_MS)
  onScopeDispose(() => {
    clearInterval(everyMinute)
    clearTimeout(again)
  })
  return { seen, state, fault, refresh }
}
