// SPDX-License-Identifier: Apache-2.0
// One case at a window: its data and the window's commands. Intake answers at once; what other services
// know of the case (due day, bill, stage) follows within moments.
import { onScopeDispose, reactive, shallowRef, watch } from 'vue'

import { api, newKey, Problem } from '@/api/client'
import type {
  Amend,
  Approval,
  Bill,
  CaseMaterials,
  CheckReply,
  Deliver,
  Flow,
  FinishReply,
  GetDossierReply,
  MaterialIn,
  PaperVerdict,
  Progress,
  ViewApplicantReply,
} from '@/api/types'
import { useLive } from '@/live'
import { names } from '@/names'
import { differences, isChanged, type Difference } from '@/changed'
import { sentenceOf } from '@/tell'
import { t, wordOf } from '@/words'

import { amendedWords } from './amended'
import { forget, remember, seenOf } from './seen'

/** What a dialog decides on: the case as it was shown when the dialog opened and, once the difference was told, as it is now. */
export interface Decision {
  begin: () => void
  revision: () => string
  look: () => Promise<Difference[]>
}

export interface Desk {
  state: 'loading' | 'ready' | 'error'
  fault: unknown
  progress: Progress | null
  materials: CaseMaterials | null
  dossier: GetDossierReply | null
  flow: Flow | null
  /** The one extension, agreed to (RULE L42.1). */
  extension: Approval | null
  bill: Bill | null
  /** A command is under way. */
  busy: boolean
  problem: string
  /** What has changed since the refused command was decided on. */
  changed: Difference[] | undefined
}

/** A case as its window shows it. */
const sayOf = (one: Progress) => ({
  [t('changed.state')]: wordOf('states', one.state),
  [t('changed.missing')]: String(one.missing.length),
  [t('amended.title')]: one.amendments.map(amendedWords).join('；'),
})

/** Data that is not there yet, or never will be, is not an error. */
const orNothing = <T>(asked: Promise<T>): Promise<T | null> => asked.catch(() => null)

const blank = (): Desk => ({
  state: 'loading',
  fault: null,
  progress: null,
  materials: null,
  dossier: null,
  flow: null,
  extension: null,
  bill: null,
  busy: false,
  problem: '',
  changed: undefined,
})

export function useDesk(number: () => string) {
  const desk = reactive(blank()) as Desk
  let asked = 0

  async function load(): Promise<void> {
    const mine = ++asked
    const path = `/cases/${number()}`
    try {
      const [progress, materials] = await Promise.all([
        api.get<Progress>(`${path}/progress`),
        api.get<CaseMaterials>(`${path}/materials`),
      ])
      if (mine !== asked) return
      Object.assign(desk, { progress, materials, state: 'ready', fault: null })
    } catch (fault) {
      if (mine === asked && desk.state !== 'ready') Object.assign(desk, { state: 'error', fault })
      return
    }
    const { state, item, reason, decidedMs } = desk.progress!
    const isBilled = Number(decidedMs) > 0 && reason === '' && names.itemOf(item)?.hasFee !== false
    const isRouted = state === 'IN_APPROVAL' || state === 'SUSPENDED'
    const [dossier, flow, askedOfOthers, bill] = await Promise.all([
      orNothing(api.get<GetDossierReply>(path)),
      isRouted ? orNothing(api.get<Flow>(`${path}/flow`)) : null,
      isRouted ? orNothing(api.get<{ approvals: Approval[] }>('/approvals/ROUTING', { caseNumber: number() }, { quiet: true })) : null,
      isBilled ? orNothing(api.get<Bill>(`${path}/bill`)) : null,
    ])
    const extension = askedOfOthers?.approvals.find((one) => one.type === 'routing.Extend' && one.state === 'AGREED') ?? null
    if (mine === asked) Object.assign(desk, { dossier: dossier ?? desk.dossier, flow, extension, bill: bill ?? desk.bill })
  }

  watch(
    number,
    () => {
      Object.assign(desk, blank())
      void load()
    },
    { immediate: true },
  )
  useLive(() => void load(), { caseNumber: number })
  onScopeDispose(() => asked++)

  /** The command that may have been done already: repeated after a lost response, it has the same key. */
  let sent = { what: '', key: '' }
  async function command<T>(path: string, content: object, shown = desk.progress): Promise<T | null> {
    if (desk.busy) return null
    const body = { ...content, shownRevision: shown?.revision ?? '0' }
    const what = number() + path + JSON.stringify(body)
    if (sent.what !== what) sent = { what, key: newKey() }
    desk.busy = true
    desk.problem = ''
    desk.changed = undefined
    let hasChanged = false
    try {
      const reply = await api.post<T>(`/cases/${number()}${path}`, body, { key: sent.key })
      sent = { what: '', key: '' }
      return reply
    } catch (fault) {
      hasChanged = isChanged(fault)
      desk.problem = fault instanceof Problem && fault.reason === 'SIGN_IN_NEEDED' ? '' : sentenceOf(fault)
      return null
    } finally {
      desk.busy = false
      await load()
      if (hasChanged && shown && desk.progress) desk.changed = differences(sayOf(shown), sayOf(desk.progress))
    }
  }

  function decision(): Decision {
    const shown = shallowRef(desk.progress) // who shows its revision sends it under another key, once it is another
    return {
      begin: () => void (shown.value = desk.progress),
      revision: () => shown.value?.revision ?? '0',
      async look() {
        const was = shown.value
        await load()
        shown.value = desk.progress
        return was && shown.value ? differences(sayOf(was), sayOf(shown.value)) : []
      },
    }
  }

  return {
    desk,
    load,
    decision,
    check: (verdicts: PaperVerdict[]) => command<CheckReply>('/check', { verdicts }),
    supplement: (materials: MaterialIn[], verdicts: PaperVerdict[]) => command<CheckReply>('/supplement', { materials, verdicts }),
    grant: (shown = desk.progress) => command<FinishReply>('/finish', { granted: true, reason: '' }, shown),
    withdraw: (shown = desk.progress) => command<object>('/withdrawal', { reason: '' }, shown),
    /** Throws; the dialog says why. What was seen of the applicant is not true any more. */
    async amend(amend: Amend, key: string, shown = desk.progress) {
      await api.post(`/cases/${number()}/amendment`, { ...amend, shownRevision: shown?.revision ?? '0' }, { key })
      forget(number())
      await load()
    },
    deliver: (delivery: Deliver, shown = desk.progress) => command<object>('/delivery', delivery, shown),
    /** RULE H21: recorded with its purpose; what was seen is kept while the page is open. */
    async look(purpose: string) {
      const known = seenOf(number())
      if (known) return known
      const reply = await api.post<ViewApplicantReply>(`/cases/${number()}/applicant-views`, { purpose })
      remember(number(), reply.applicant)
      return reply.applicant
    },
  }
}

export type DeskActions = ReturnType<typeof useDesk>
