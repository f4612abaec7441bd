// SPDX-License-Identifier: Apache-2.0
// Finds an applicant who has been here before by his number, so that he need not repeat his details. A
// complete, well-formed number is looked up once, as every look is recorded (RULE H21).
import { reactive, watch } from 'vue'

import { api } from '@/api/client'
import { may } from '@/session'
import type { Applicant, DocumentKind, RecallApplicantReply } from '@/api/types'

export type RecallState = 'idle' | 'looking' | 'known' | 'unknown'

/** `document` is empty until the number is whole. */
export function useRecall(kind: () => DocumentKind, document: () => string) {
  const recall = reactive({
    state: 'idle' as RecallState,
    applicant: null as Applicant | null,
    today: [] as RecallApplicantReply['today'],
    /** Resolves when the lookup under way is finished. */
    settled: Promise.resolve(),
  })
  let latest = ''

  async function look(asked: string): Promise<void> {
    try {
      const reply = await api.post<RecallApplicantReply>('/applicants/recall', { document: asked, documentKind: kind() }, { reads: true })
      if (latest !== asked) return
      recall.applicant = reply.found ? reply.applicant : null
      recall.today = reply.found ? reply.today : []
      recall.state = reply.found ? 'known' : 'unknown'
    } catch {
      if (latest === asked) recall.state = 'idle' // without the lookup the clerk types it all
    }
  }

  watch(
    document,
    (now) => {
      if (now === latest) return
      latest = now
      if (!may('WINDOW_WORK')) return // whoever begins a case for his department has nobody before him
      recall.applicant = null
      recall.today = []
      recall.state = now === '' ? 'idle' : 'looking'
      recall.settled = now === '' ? Promise.resolve() : look(now)
    },
    { immediate: true },
  )
  return recall
}
