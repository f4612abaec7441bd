// SPDX-License-Identifier: Apache-2.0
// The figures of the current view, reloaded when the view changes and after events in the hall.
import { onScopeDispose, watch } from 'vue'

import { api } from '@/api/client'
import type { RollupLine, RollupReply } from '@/api/types'
import { useLive } from '@/live'
import { useLoad } from '@/waiting'
import { total, type Sums } from './figures'
import type { Days, Grain } from './period'
import type { ReportView } from './useView'

export interface Report {
  days: Days
  trendDays: Days
  grain: Grain
  total: Sums
  /** The period that this one is compared with, and its figures. */
  beforeDays: Days
  before: Sums
  trend: Rolled
  department: Rolled
  item: Rolled
  window: Rolled
}

/** What happened in the days, and what has become of the cases received in them. */
export interface Rolled {
  lines: RollupLine[]
  received: RollupLine[]
}

/** The figures are reloaded at most this often, however busy the hall. */
const PAUSE_MS = 1_500

async function rollup(by: string, days: Days): Promise<Rolled> {
  const ask = (ofReceived: boolean) => api.get<RollupReply>('/figures/rollup', { by, ...days, ofReceived })
  const [happened, received] = await Promise.all([ask(false), ask(true)])
  return { lines: happened.lines, received: received.lines }
}

export function useReport(view: ReportView) {
  async function read(): Promise<Report> {
    const [days, beforeDays, trendDays, grain] = [view.days.value, view.before.value, view.trend.value, view.grain.value]
    const [before, trend, department, item, window] = await Promise.all([
      rollup('BY_DEPARTMENT', beforeDays),
      rollup(grain === 'day' ? 'BY_DAY' : 'BY_MONTH', trendDays),
      rollup('BY_DEPARTMENT', days),
      rollup('BY_ITEM', days),
      rollup('BY_WINDOW', days),
    ])
    const sums = ({ lines, received }: Rolled) => total(lines, received)
    return { days, beforeDays, trendDays, grain, total: sums(department), before: sums(before), trend, department, item, window }
  }
  const load = useLoad(read)

  let next: ReturnType<typeof setTimeout> | undefined
  function freshen(): void {
    const wait = load.readMs + PAUSE_MS - Date.now()
    clearTimeout(next)
    if (load.again || wait > 0) next = setTimeout(freshen, Math.max(wait, 100))
    else void load.reload()
  }
  watch([view.days, view.trend, view.grain], (now, before) => {
    if (JSON.stringify(now) !== JSON.stringify(before)) void load.reload()
  })
  useLive(freshen)
  onScopeDispose(() => clearTimeout(next))
  return load
}
