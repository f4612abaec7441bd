// SPDX-License-Identifier: Apache-2.0
// RULE H22: what was asked of a second person. Each service keeps its own; here they are one list. What
// waits is loaded once for the whole page: the badge in the frame and the page of approvals show the same.
import { computed, ref, shallowRef } from 'vue'

import { api } from '@/api/client'
import type { Approval, Keeper } from '@/api/types'
import { useLive } from '@/live'
import { names } from '@/names'
import { may, session } from '@/session'

/** The services that have something to agree to. */
export const KEEPERS: Keeper[] = ['INTAKE', 'ROUTING', 'CHARGING']
/** Their events; every service says the same ones. */
export const APPROVAL_EVENTS = ['approval.Asked', 'approval.Answered']

export interface Asked extends Approval {
  service: Keeper
}

export const keyOf = (one: Asked): string => `${one.service}.${one.caseNumber}.${one.no}`

/** Whoever asked may take it back. */
export const isMine = (one: Asked): boolean => one.state === 'ASKED' && one.asker === session.person

/** He asked it and has not dismissed the answer. */
export const isNews = (one: Asked): boolean => one.state !== 'ASKED' && one.asker === session.person && one.dismissedMs === '0'

/** Who can agree to it today; nobody may be left who can. */
export const seconds = (one: Asked): string[] =>
  names
    .peopleAs(one.who, one.askerDepartment)
    .filter((person) => person.account !== one.asker)
    .map((person) => person.fullName)

export async function readApprovals(of: { caseNumber?: string; waiting?: boolean }): Promise<Asked[]> {
  const lists = await Promise.all(
    KEEPERS.map(async (service) => {
      const { approvals } = await api.get<{ approvals: Approval[] }>(`/approvals/${service}`, of, { quiet: true })
      return approvals.map((one) => ({ ...one, service }))
    }),
  )
  return lists.flat().sort((a, b) => Number(a.askedMs) - Number(b.askedMs))
}

export const answer = (one: Asked, agree: boolean, text: string, key?: string): Promise<unknown> =>
  api.post(`/approvals/${one.service}/${one.caseNumber}/${one.no}`, { agree, text }, key ? { key } : undefined)

export const dismiss = (one: Asked): Promise<unknown> => api.post(`/approvals/${one.service}/${one.caseNumber}/${one.no}/dismissal`, {})

/* ---- what waits */

export const waiting = shallowRef<Asked[]>([])
export const fault = ref<unknown>(null)
export const isRead = ref(false)
export const forMe = computed(() => waiting.value.filter((one) => one.mayAnswer))
/** Answers that whoever is signed in has not read. */
export const news = computed(() => waiting.value.filter(isNews))

export async function readWaiting(): Promise<void> {
  if (!may('AGREE')) return
  try {
    waiting.value = await readApprovals({ waiting: true })
    fault.value = null
    isRead.value = true
  } catch (problem) {
    fault.value = problem
  }
}

/** For the frame of the pages: keeps `waiting` up to date. */
export function followWaiting(): void {
  waiting.value = []
  isRead.value = false
  void readWaiting()
  useLive(() => void readWaiting(), { types: APPROVAL_EVENTS })
}
