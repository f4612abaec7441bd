// SPDX-License-Identifier: Apache-2.0
// All there is to see of one case, from the services that know it, kept up to date while it is
// looked at. Each part comes by itself; one that fails leaves the others standing.
import { computed, onScopeDispose, ref, shallowReactive, watch } from 'vue'

import { api, Problem } from '@/api/client'
import type { CaseMaterials, Dossier, Flow, FlowStep, GetDossierReply, GetItemFlowReply, ListCardsReply } from '@/api/types'
import { useLive } from '@/live'

/** What a head and the acts need, from whichever service this person may ask. */
export type About = Pick<Dossier, 'caseNumber' | 'item' | 'department' | 'window' | 'state' | 'fastLane' | 'summary'>

export interface CaseParts {
  dossier: GetDossierReply | null
  flow: Flow | null
  /** The item's published flow: also the stages still to come. */
  steps: FlowStep[]
  materials: CaseMaterials | null
  cards: ListCardsReply | null
}

export type PartState = 'loading' | 'ready' | 'error'

/** A refusal that only leaves a part away, and is no fault. */
const without =
  (reason: string) =>
  (fault: unknown): null => {
    if (fault instanceof Problem && fault.reason === reason) return null
    throw fault
  }

function aboutOf(parts: CaseParts, caseNumber: string): About | null {
  if (parts.dossier) return parts.dossier.dossier
  if (!parts.materials) return null
  const { item, department, fastLane, summary } = parts.materials
  const paused = parts.flow?.pauses.some((one) => one.toMs === '0' && one.department === '')
  const state = parts.flow?.state === 'RUNNING' ? (paused ? 'suspended' : 'in approval') : (parts.flow?.state.replace('FLOW_', '') ?? 'received')
  return { caseNumber, item, department, fastLane, summary, state, window: 0 }
}

const published = new Map<string, FlowStep[]>()

/** They only add to the picture, so a failure leaves it without them. */
async function stepsOf(item: string): Promise<FlowStep[]> {
  const known = published.get(item)
  if (known) return known
  try {
    const { steps } = await api.get<GetItemFlowReply>(`/items/${item}/flow`)
    published.set(item, steps)
    return steps
  } catch {
    return []
  }
}

/** While somebody runs down a list, only the case he stops at is asked for. */
const PAUSE_MS = 90

export function useCase(caseNumber: () => string) {
  const parts = shallowReactive<CaseParts>({ dossier: null, flow: null, steps: [], materials: null, cards: null })
  const state = ref<PartState>('loading')
  const fault = ref<unknown>(null)
  /** Whose parts these are: they stay while the next case is on its way. */
  const shown = ref('')
  let going: AbortController | null = null
  let soon: ReturnType<typeof setTimeout> | undefined

  async function load(number: string): Promise<void> {
    going?.abort()
    const mine = (going = new AbortController())
    const options = { signal: mine.signal }
    const path = `/cases/${number}`
    try {
      const [dossier, flow, materials, cards] = await Promise.all([
        // A department that has a task but has not acted yet is not in the dossier.
        api.get<GetDossierReply>(path, undefined, options).catch(without('OTHER_DEPARTMENT')),
        // A case that needs no department has no flow.
        api.get<Flow>(`${path}/flow`, undefined, options).catch(without('UNKNOWN_CASE')),
        api.get<CaseMaterials>(`${path}/materials`, undefined, options),
        api.get<ListCardsReply>('/cards', { caseNumber: number }, options),
      ])
      const steps = flow ? await stepsOf(materials.item) : []
      if (mine.signal.aborted) return
      Object.assign(parts, { dossier, flow, steps, materials, cards })
      shown.value = number
      state.value = 'ready'
    } catch (refused) {
      if (mine.signal.aborted) return
      fault.value = refused
      state.value = 'error'
    }
  }

  const reload = (): Promise<void> => (caseNumber() === '' ? Promise.resolve() : load(caseNumber()))

  watch(
    caseNumber,
    (number, before) => {
      going?.abort()
      clearTimeout(soon)
      if (number === '') return
      if (shown.value !== number) state.value = 'loading'
      soon = setTimeout(() => void load(number), before === undefined ? 0 : PAUSE_MS)
    },
    { immediate: true },
  )
  useLive(() => void reload(), { caseNumber })
  onScopeDispose(() => {
    clearTimeout(soon)
    going?.abort()
  })
  const about = computed(() => aboutOf(parts, shown.value))
  return { parts, about, state, fault, shown, reload }
}
