// SPDX-License-Identifier: Apache-2.0
// The current view of the report. It is part of the address, so that it can be passed on, and going back
// from a case leads to it.
import { computed, onScopeDispose, ref } from 'vue'
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router'

import { hallDay } from '@/session'
import { drillOf, textOf, type Drill } from './drill'
import { VIEWS, type View } from './figures'
import { beforeOf, DAILY_MOST, dayOfText, daysOf, grainOf, lengthOf, PERIODS, textOfDay, trendOf, type Days, type Grain, type Period } from './period'

const MINUTE_MS = 60_000

export type By = 'department' | 'item' | 'window'
export const BYS: By[] = ['department', 'item', 'window']

const oneOf = <T extends string>(all: readonly T[], text: unknown, otherwise: T): T =>
  all.includes(text as T) ? (text as T) : otherwise

export function useView() {
  const route = useRoute()
  const router = useRouter()
  /** The hall's day, which changes while a page stays open overnight. */
  const today = ref(hallDay())
  const clock = setInterval(() => (today.value = hallDay()), MINUTE_MS)
  onScopeDispose(() => clearInterval(clock))

  const set = (query: LocationQueryRaw) => void router.replace({ query: { ...route.query, ...query } })
  const own = computed<Days | null>(() => {
    const fromDay = dayOfText(String(route.query.from))
    const toDay = dayOfText(String(route.query.to))
    return fromDay !== null && toDay !== null && fromDay <= toDay ? { fromDay, toDay } : null
  })
  const period = computed<Period>(() => {
    const asked = oneOf(PERIODS, route.query.period, 'month')
    return asked === 'own' && !own.value ? 'month' : asked
  })
  const days = computed<Days>(() => (period.value === 'own' ? own.value! : daysOf(period.value, today.value)))
  const before = computed(() => beforeOf(period.value, days.value))
  const trend = computed(() => trendOf(days.value))
  const daily = computed(() => lengthOf(trend.value) <= DAILY_MOST)
  const grain = computed<Grain>(() =>
    daily.value ? oneOf(['day', 'month'], route.query.grain, grainOf(trend.value)) : 'month',
  )

  return {
    today,
    period,
    days,
    before,
    trend,
    daily,
    grain,
    by: computed(() => oneOf(BYS, route.query.by, 'department')),
    view: computed(() => oneOf(Object.keys(VIEWS) as View[], route.query.view, 'volume')),
    drill: computed(() => drillOf(route.query.cases)),
    choosePeriod: (next: Exclude<Period, 'own'>) =>
      set({ period: next, from: undefined, to: undefined, grain: undefined, cases: undefined }),
    chooseDays: ({ fromDay, toDay }: Days) =>
      set({ period: 'own', from: textOfDay(fromDay), to: textOfDay(toDay), grain: undefined, cases: undefined }),
    chooseGrain: (next: Grain) => set({ grain: next }),
    chooseBy: (next: By) => set({ by: next }),
    chooseView: (next: View) => set({ view: next }),
    open: (drill: Drill | null) => set({ cases: drill ? textOf(drill) : undefined }),
  }
}
export type ReportView = ReturnType<typeof useView>
