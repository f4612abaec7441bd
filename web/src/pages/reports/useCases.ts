// SPDX-License-Identifier: Apache-2.0
// The cases behind a figure, page by page, and the figure itself as it is now: the two must agree.
import { computed, reactive, shallowRef, watch, type Ref } from 'vue'

import { api } from '@/api/client'
import type { Dossier, RollupReply, SearchReply } from '@/api/types'
import { useLive } from '@/live'
import type { WaitState } from '@/waiting'
import { casesOf, rollupOf, type Drill } from './drill'
import { total } from './figures'

const PAGE = 50
/** A list that was extended further than this is not reloaded by itself. */
const FRESH = 500

export interface CaseRow {
  dossier: Dossier
  counted: number
}

async function figureOf(drill: Drill): Promise<number> {
  const { lines } = await api.get<RollupReply>('/figures/rollup', rollupOf(drill))
  return total(drill.dimension === 'window' ? lines.filter((line) => line.key === drill.code) : lines)[drill.key]
}

export function useCases(drill: Ref<Drill | null>) {
  const rows = shallowRef<CaseRow[]>([])
  const seen = reactive({ state: 'loading' as WaitState, fault: null as unknown, next: '', figure: 0, busy: false })
  // One request at a time: a further page continues what is shown, and a reload reads as much as is shown.
  let line: Promise<void> = Promise.resolve()

  function inLine(ask: (of: Drill, asked: () => boolean) => Promise<void>): Promise<void> {
    line = line.then(async () => {
      const of = drill.value
      const name = JSON.stringify(of)
      if (of) await ask(of, () => JSON.stringify(drill.value) === name) // responses to earlier requests are dropped
    })
    return line
  }

  async function page(of: Drill, limit: number, after: string): Promise<{ rows: CaseRow[]; next: string }> {
    const reply = await api.get<SearchReply>('/cases', { ...casesOf(of), limit, after })
    return { rows: reply.dossiers.map((dossier, i) => ({ dossier, counted: Number(reply.counted[i]) })), next: reply.next }
  }

  const refresh = () =>
    inLine(async (of, asked) => {
      try {
        const limit = Math.min(FRESH, Math.max(PAGE, rows.value.length))
        const [figure, first] = await Promise.all([figureOf(of), page(of, limit, '')])
        if (!asked()) return
        rows.value = first.rows
        Object.assign(seen, { figure, next: first.next, fault: null, state: first.rows.length === 0 ? 'empty' : 'ready' })
      } catch (fault) {
        if (!asked()) return
        seen.fault = fault
        if (rows.value.length === 0) seen.state = 'error'
      }
    })

  async function more(): Promise<void> {
    if (seen.busy) return
    seen.busy = true
    await inLine(async (of, asked) => {
      try {
        if (seen.next === '') return
        const further = await page(of, PAGE, seen.next)
        if (!asked()) return
        rows.value = [...rows.value, ...further.rows]
        seen.next = further.next
      } catch (fault) {
        seen.fault = fault
      }
    })
    seen.busy = false
  }

  watch(
    () => JSON.stringify(drill.value),
    () => {
      rows.value = []
      seen.state = 'loading'
      void refresh()
    },
    { immediate: true },
  )
  useLive(() => rows.value.length <= FRESH && void refresh())
  return { rows, seen, refresh, more, sum: computed(() => rows.value.reduce((sum, row) => sum + row.counted, 0)) }
}
