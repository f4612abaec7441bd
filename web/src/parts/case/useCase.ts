// SPDX-License-Identifier: Apache-2.0
// Everything to be seen of one case, from the services that know it, kept up to date while the case is
// shown.
import { computed, onScopeDispose, ref, shallowReactive, watch } from 'vue'

import { api, Problem } from '@/api/client'
import type { CaseMaterials, Dossier, Flow, FlowStep, GetDossierReply, GetItemFlowReply, ListCardsReply } from '@/api/types'
import { useLive } from '@/live'
import { loadItems, names } from '@/names'

/** What the head and the actions need, from whichever service the user may query. */
export type About = Pick<Dossier, 'caseNumber' | 'item' | 'department' | 'window' | 'state' | 'fastLane' | 'summary'> & {
  /** Of the case at intake. */
  revision: string
}

export interface CaseParts {
  dossier: GetDossierReply | null
  flow: Flow | null
  /** The item's published flow, including stages that have not begun. */
  steps: FlowStep[]
  materials: CaseMaterials | null
  cards: ListCardsReply | null
}

export type PartState = 'loading' | 'ready' | 'error'

/** With this refusal the part is left out; it is not an error. */
const without =
  (reason: string) =>
  (fault: unknown): null => {
    if (fault instanceof Problem && fault.reason === reason) return null
    throw fault
  }

function aboutOf(parts: CaseParts, caseNumber: string): About | null {
  const revision = parts.materials?.revision ?? '0'
  if (parts.dossier) return { ...parts.dossier.dossier, revision }
  if (!parts.materials) return null
  const { item, department, fastLane, summary } = parts.materials
  const paused = parts.flow?.pauses.some((one) => one.toMs === '0' && one.department === '')
  const state = parts.flow?.state === 'RUNNING' ? (paused ? 'suspended' : 'in approval') : (parts.flow?.state.replace('FLOW_', '') ?? 'received')
  return { caseNumber, item, department, fastLane, summary, state, window: 0, revision }
}

/** A department without its dossier has a task on the case, so there is a flow; else there is one once a promised item is accepted. */
const hasFlow = (dossier: GetDossierReply | null): boolean =>
  dossier === null || (dossier.dossier.acceptedMs !== '0' && names.itemOf(dossier.dossier.item)?.handling !== 'immediate')

const published = new Map<string, FlowStep[]>()

/** The steps are an extra of the picture: without them it is still shown. */
async function stepsOf(item: string, version: number): Promise<FlowStep[]> {
  const known = published.get(`${item} ${version}`)
  if (known) return known
  try {
    const { steps } = await api.get<GetItemFlowReply>(`/items/${item}/flow`, { version })
    published.set(`${item} ${version}`, steps)
    return steps
  } catch {
    return []
  }
}

/** While the user moves down a list, only the case at which he stops is loaded. */
const PAUSE_MS = 90

/** `applicant`: also who he is, masked, for whoever agrees to something about the case. */
export function useCase(caseNumber: () => string, { applicant = false } = {}) {
  const parts = shallowReactive<CaseParts>({ dossier: null, flow: null, steps: [], materials: null, cards: null })
  const state = ref<PartState>('loading')
  const fault = ref<unknown>(null)
  /** The case that the parts belong to: they stay while the next case is loading. */
  const shown = ref('')
  let going: AbortController | null = null
  let soon: ReturnType<typeof setTimeout> | undefined

  async function load(number: string): Promise<void> {
    going?.abort()
    const mine = (going = new AbortController())
    const options = { signal: mine.signal }
    const path = `/cases/${number}`
    try {
      const [dossier, materials, cards] = await Promise.all([
        // A department with a task that it has not acted on is not in the dossier yet.
        api.get<GetDossierReply>(path, undefined, options).catch(without('OTHER_DEPARTMENT')),
        api.get<CaseMaterials>(`${path}/materials`, applicant ? { applicant } : undefined, options),
        api.get<ListCardsReply>('/cards', { caseNumber: number }, options),
        loadItems(),
      ])
      // Routing may hear of the acceptance a moment later.
      const flow = hasFlow(dossier) ? await api.get<Flow>(`${path}/flow`, undefined, options).catch(without('UNKNOWN_CASE')) : null
      const steps = flow ? await stepsOf(materials.item, materials.itemVersion) : []
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
