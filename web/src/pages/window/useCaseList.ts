// SPDX-License-Identifier: Apache-2.0
// The window's cases, loaded page by page as the clerk scrolls and kept up to date. Filters and choice
// stay while he is at a case.
import { computed, markRaw, reactive, watch } from 'vue'

import { api, type Query } from '@/api/client'
import type { Dossier, SearchReply } from '@/api/types'
import { dayStartMs } from '@/format'
import { useLive } from '@/live'
import { hallDay, session } from '@/session'

export type Filter = 'today' | 'received' | 'correction' | 'deliver' | 'payment' | 'all'
export const filters: Filter[] = ['today', 'received', 'correction', 'deliver', 'payment', 'all']

const PAGE = 100
/** Scrolled further down than this, the list says that there is news instead of reloading. */
const FRESH_ROWS = 500

const states: Partial<Record<Filter, string>> = {
  received: 'received',
  correction: 'correction',
  deliver: 'closed',
  payment: 'payment due',
}

/** Kept while the clerk leaves the list for a case and comes back. */
const choice = reactive({ filter: 'today' as Filter, whole: false, item: '', at: '', scrolledPx: 0 })

export function useCaseList() {
  const list = reactive({
    rows: [] as Dossier[],
    next: '',
    state: 'loading' as 'loading' | 'ready' | 'empty' | 'error',
    fault: null as unknown,
    more: false,
    stale: false,
    counts: {} as Partial<Record<Filter, string>>,
  })
  let turn = 0

  const queryOf = (filter: Filter): Query => ({
    department: session.department,
    window: choice.whole || session.window === 0 ? undefined : session.window,
    item: choice.item,
    state: states[filter],
    fromMs: filter === 'today' ? dayStartMs(hallDay()) : undefined,
  })

  /** Reads from the top, as many rows as are shown already. */
  async function read(again = false): Promise<void> {
    const mine = ++turn
    if (!again) Object.assign(list, { rows: [], next: '', state: 'loading' })
    const limit = Math.min(FRESH_ROWS, Math.max(PAGE, list.rows.length))
    try {
      const reply = await api.get<SearchReply>('/cases', { ...queryOf(choice.filter), limit })
      if (mine !== turn) return
      const state = reply.dossiers.length > 0 ? 'ready' : 'empty'
      Object.assign(list, { rows: markRaw(reply.dossiers), next: reply.next, state, fault: null, stale: false })
    } catch (fault) {
      if (mine === turn && list.rows.length === 0) Object.assign(list, { state: 'error', fault })
    }
  }

  async function readMore(): Promise<void> {
    if (list.next === '' || list.more) return
    const mine = turn
    list.more = true
    try {
      const reply = await api.get<SearchReply>('/cases', { ...queryOf(choice.filter), limit: PAGE, after: list.next })
      if (mine === turn) Object.assign(list, { rows: markRaw([...list.rows, ...reply.dossiers]), next: reply.next })
    } catch {
      // scrolling on retries
    } finally {
      list.more = false
    }
  }

  /** How many cases wait for the window, shown on every list. */
  async function count(): Promise<void> {
    for (const filter of ['received', 'correction', 'deliver'] as Filter[]) {
      const reply = await api.get<SearchReply>('/cases', { ...queryOf(filter), limit: PAGE }).catch(() => null)
      if (reply) list.counts[filter] = `${reply.dossiers.length}${reply.next === '' ? '' : '+'}`
    }
  }

  function news(): void {
    void count()
    if (list.rows.length > FRESH_ROWS) list.stale = true
    else void read(true)
  }

  const asking = computed(() => JSON.stringify([choice.filter, choice.whole, choice.item]))
  watch(asking, () => {
    Object.assign(choice, { at: '', scrolledPx: 0 })
    void read()
    void count()
  })
  void read()
  void count()
  useLive(news)
  return { list, choice, asked: computed(() => queryOf(choice.filter)), read, readMore }
}
