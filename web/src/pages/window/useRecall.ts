// SPDX-License-Identifier: Apache-2.0
// An applicant who has been here before need not say everything again. Asked for a number that is
// whole and right, once, as every look is on record (RULE H21).
import { reactive, watch } from 'vue'

import { api } from '@/api/client'
import type { Applicant, RecallApplicantReply } from '@/api/types'

export type RecallState = 'idle' | 'looking' | 'known' | 'unknown'

export function useRecall(document: () => string) {
  const recall = reactive({
    state: 'idle' as RecallState,
    applicant: null as Applicant | null,
    /** Resolves when what is being looked for has been answered. */
    settled: Promise.resolve(),
  })
  let latest = ''

  async function look(asked: string): Promise<void> {
    try {
      const reply = await api.post<RecallApplicantReply>('/applicants/recall', { document: asked })
      if (latest !== asked) return
      recall.applicant = reply.found ? reply.applicant : null
      recall.state = reply.found ? 'known' : 'unknown'
    } catch {
      if (latest === asked) recall.state = 'idle' // no help, and no harm: the clerk types it
    }
  }

  watch(
    document,
    (now) => {
      if (now === latest) return
      latest = now
      recall.applicant = null
      recall.state = now === '' ? 'idle' : 'looking'
      recall.settled = now === '' ? Promise.resolve() : look(now)
    },
    { immediate: true },
  )
  return recall
}
