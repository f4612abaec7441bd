// SPDX-License-Identifier: Apache-2.0
// The open tasks of the department, read as far as the user scrolls and kept up to date.
import { computed, onScopeDispose, reactive, ref, shallowRef, watch } from 'vue'

import { api } from '@/api/client'
import type { ListCardsReply, ListTasksReply } from '@/api/types'
import { useLive } from '@/live'
import { session } from '@/session'
import type { WaitState } from '@/waiting'
import { nextOf, pressedIn, rowsOf, without, type Filter, type Page } from './pages'

const FIRST_ROWS = 60 // a screen and a half, so that the first page comes fast
const PAGE_ROWS = 200
/** Scrolled further down than this, the list is not reloaded by itself. */
const FRESH_PAGES = 3
const MINUTE_MS = 60_000

export function useTasks() {
  const asked = reactive({ filter: 'all' as Filter, item: '' })
  const pages = shallowRef<Page[]>([])
  const total = ref(0)
  const state = ref<WaitState>('loading')
  const fault = ref<unknown>(null)
  const stale = ref(false)
  let turn = 0 // responses to earlier requests are dropped
  let busy = false
  let seen = 0 // rows seen so far

  const rows = computed(() => rowsOf(pages.value, asked.filter))
  const next = computed(() => nextOf(pages.value, asked.filter))

  async function read(after: string): Promise<Page> {
    const reply = await api.get<ListTasksReply>('/tasks', {
      limit: after === '' ? FIRST_ROWS : PAGE_ROWS,
      after,
      item: asked.item,
      assignee: asked.filter === 'mine' ? session.person : '',
      left: asked.filter === 'left',
    })
    total.value = Number(reply.total)
    return { rows: reply.tasks, next: reply.next }
  }

  /** Reads from the beginning until the rows seen so far are there. */
  async function refresh(): Promise<void> {
    const mine = ++turn
    const fresh: Page[] = []
    try {
      do {
        const page = await read(fresh.at(-1)?.next ?? '')
        if (mine !== turn) return
        fresh.push(page)
      } while (nextOf(fresh, asked.filter) !== '' && rowsOf(fresh, asked.filter).length <= seen)
      pages.value = fresh
      stale.value = false
      state.value = rows.value.length === 0 ? 'empty' : 'ready'
    } catch (refused) {
      if (mine !== turn) return
      fault.value = refused
      if (pages.value.length === 0) state.value = 'error'
    }
  }

  /** Rows up to `last` are visible; read on before they end. */
  async function look(last: number): Promise<void> {
    seen = last
    if (busy || next.value === '' || rows.value.length > last + PAGE_ROWS / 4) return
    busy = true
    const mine = turn
    try {
      const page = await read(next.value)
      if (mine === turn) pages.value = [...pages.value, page]
    } catch (refused) {
      fault.value = refused
    } finally {
      busy = false
    }
    if (mine === turn && fault.value === null) await look(seen)
  }

  function freshen(): void {
    if (seen < FRESH_PAGES * PAGE_ROWS) void refresh()
    else stale.value = true
  }

  const pressed = shallowRef(new Set<string>())
  const readPressed = () =>
    api.get<ListCardsReply>('/cards', { limit: 500 }).then(
      ({ cards }) => (pressed.value = pressedIn(cards)),
      () => undefined, // a mark of the list; what is pressed stands in the case too
    )
  void readPressed()
  useLive(() => void readPressed(), { types: ['supervision'] })

  watch(asked, () => {
    seen = 0
    pages.value = []
    fault.value = null
    state.value = 'loading'
    void refresh()
  })
  void refresh()
  useLive(freshen, { types: ['routing'] })
  const everyMinute = setInterval(freshen, MINUTE_MS) // working time passes also when nothing happens
  onScopeDispose(() => clearInterval(everyMinute))

  return {
    asked,
    rows,
    total,
    state,
    fault,
    stale,
    pressed,
    more: computed(() => next.value !== ''),
    look,
    refresh,
    remove(key: string) {
      pages.value = without(pages.value, key)
      total.value = Math.max(0, total.value - 1)
      if (rows.value.length === 0) state.value = 'empty'
    },
  }
}
