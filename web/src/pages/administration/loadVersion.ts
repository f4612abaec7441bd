// SPDX-License-Identifier: Apache-2.0
// A version of an item whole: its guide, its flow and its fees, which three services keep.
import { api } from '@/api/client'
import type { FlowStep, GetFeesReply, Guide } from '@/api/types'

import { draftOf, type ItemDraft } from './items'

export interface WholeVersion {
  guide: Guide
  content: ItemDraft
}

export async function loadVersion(code: string, version: number): Promise<WholeVersion> {
  const path = `/items/${encodeURIComponent(code)}`
  const [guide, flow] = await Promise.all([
    api.get<Guide>(`${path}/guide`, { version }),
    api.get<{ steps: FlowStep[] }>(`${path}/flow`, { version }).catch(() => ({ steps: [] })),
  ])
  const { fees } = await api.get<GetFeesReply>('/fees', { item: code, day: guide.item.fromDay })
  return { guide, content: draftOf(guide, flow.steps, fees) }
}
