// SPDX-License-Identifier: Apache-2.0
// A ticket taken at the kiosk: pressed again while the hall does not answer, it is the same one.
import { reactive } from 'vue'

import { api, newKey, Problem } from '@/api/client'
import type { GetCallsReply, TakeTicketReply } from '@/api/types'

export interface Wish {
  item?: string
  window?: number
  priority: boolean
}

export function useTake() {
  const take = reactive({ ticket: null as TakeTicketReply | null, fault: null as unknown, opensMs: '', busy: false })
  let key = newKey()
  let wished = ''

  async function ask(wish: Wish): Promise<void> {
    if (take.busy) return
    const now = JSON.stringify(wish)
    if (now !== wished) key = newKey()
    wished = now
    Object.assign(take, { busy: true, fault: null, opensMs: '' })
    try {
      take.ticket = await api.post<TakeTicketReply>('/tickets', wish, { key })
      key = newKey()
    } catch (fault) {
      take.fault = fault
      if (fault instanceof Problem && fault.reason === 'HALL_CLOSED') take.opensMs = (await api.get<GetCallsReply>('/calls')).opensMs
    } finally {
      take.busy = false
    }
  }
  return { take, ask }
}
