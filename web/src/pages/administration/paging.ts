// SPDX-License-Identifier: Apache-2.0
// A list that is read page by page, the latest first: what has come, and how to get more.
import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue'

import { tell } from '@/tell'
import { useLoad, type Load } from '@/waiting'

export const PAGE = 100

export interface Paged<Page, Row> {
  load: Load<Page>
  rows: ComputedRef<Row[]>
  next: ComputedRef<string>
  busy: Ref<boolean>
  more: () => Promise<void>
}

export function usePages<Page extends { next: string }, Row>(ask: (after: string) => Promise<Page>, rowsOf: (page: Page) => Row[]): Paged<Page, Row> {
  const further = shallowRef<Page[]>([])
  const busy = ref(false)
  const load = useLoad(
    async () => {
      const first = await ask('')
      further.value = []
      return first
    },
    { isEmpty: (said) => rowsOf(said).length === 0 },
  )
  const pages = computed(() => (load.data ? [load.data, ...further.value] : []))
  const next = computed(() => pages.value.at(-1)?.next ?? '')

  async function more(): Promise<void> {
    const shown = pages.value // after a reload meanwhile, this page is dropped
    busy.value = true
    try {
      const read = await ask(next.value)
      if (shown === pages.value) further.value = [...further.value, read]
    } catch (fault) {
      tell.problem(fault)
    } finally {
      busy.value = false
    }
  }
  return { load, rows: computed(() => pages.value.flatMap(rowsOf)), next, busy, more }
}
