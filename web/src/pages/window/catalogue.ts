// SPDX-License-Identifier: Apache-2.0
// Search among the hall's items, and everything published about one (RULE L30), loaded once and cached
// while the page is open.
import { api } from '@/api/client'
import type {
  FeeStandard,
  FlowStep,
  GetFeesReply,
  GetItemFlowReply,
  Guide,
  Item,
} from '@/api/types'

export interface FullItem {
  guide: Guide
  fees: FeeStandard[]
  steps: FlowStep[]
}

const kept = new Map<string, Promise<FullItem>>()

async function ask(item: string): Promise<FullItem> {
  const [guide, fees] = await Promise.all([api.get<Guide>(`/items/${item}/guide`), api.get<GetFeesReply>('/fees', { item })])
  const flow = await api.get<GetItemFlowReply>(`/items/${item}/flow`, { version: guide.item.version }) // a later one may be published already
  return { guide, fees: fees.fees, steps: flow.steps }
}

export function fullItem(item: string): Promise<FullItem> {
  const known = kept.get(item)
  if (known) return known
  const asked = ask(item)
  kept.set(item, asked)
  asked.catch(() => kept.delete(item))
  return asked
}

/** A new version is in force: load it again (RULE H11). */
export function forgetFullItems(): void {
  kept.clear()
}

/* ---- finding */

const NONE = 9
export type Fits = (text: string, query: string) => boolean

/** By name, pinyin initials, code or department. Matches of the name come before those of the department,
 *  the own department before others, matches at the beginning before others. Without a query: the items of
 *  the own department. */
export function findItems(
  items: Item[],
  departmentName: (code: string) => string,
  query: string,
  own: string,
  fits: Fits,
): Item[] {
  const asked = query.trim()
  if (asked === '') return items.filter((item) => item.department === own)
  const texts = (item: Item): string[] => [item.nameZh, item.code, item.nameEn]
  const rank = (item: Item): number => {
    const away = item.department === own ? 0 : 1
    if (!texts(item).some((text) => fits(text, asked)))
      return fits(departmentName(item.department), asked) ? 4 + away : NONE
    const begins = texts(item).some((text) => text.toLowerCase().startsWith(asked.toLowerCase()))
    return 2 * away + (begins ? 0 : 1)
  }
  return items
    .map((item, at) => ({ item, at, rank: rank(item) }))
    .filter((one) => one.rank < NONE)
    .sort((a, b) => a.rank - b.rank || a.at - b.at)
    .map((one) => one.item)
}

/** The stages of a published flow, each with what its departments do. */
export function stagesOf(steps: FlowStep[]): FlowStep[][] {
  const stages = new Map<number, FlowStep[]>()
  for (const step of steps) stages.set(step.stage, [...(stages.get(step.stage) ?? []), step])
  return [...stages.entries()].sort(([a], [b]) => a - b).map(([, stage]) => stage)
}
