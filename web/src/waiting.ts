// SPDX-License-Identifier: Apache-2.0
// Loading data for a view: loading, ready, empty or failed. `useLoad` requests the data and keeps what
// is shown while it reloads; <Waiting :of> shows its state.
import { reactive, shallowRef, type ShallowRef } from 'vue'

import { useLive, type LiveOptions } from '@/live'

export type WaitState = 'loading' | 'ready' | 'empty' | 'error'

export interface Load<T> {
  state: WaitState
  /** It is being reloaded, and the data from before is still shown. */
  again: boolean
  fault: unknown
  /** When the data was read (Date.now()). */
  readMs: number
  reload: () => Promise<void>
  data: T | undefined
}

export interface LoadOptions<T> {
  isEmpty?: (data: T) => boolean
  /** Reload after such an event in the hall. */
  live?: LiveOptions
  /** Do not load at once; the page calls reload(). */
  later?: boolean
}

/** Of several requests under way only the last one's response counts. An error after a first success
 *  leaves the data, and shows only in `fault`. */
export function useLoad<T>(read: () => Promise<T>, options: LoadOptions<T> = {}): Load<T> {
  const data: ShallowRef<T | undefined> = shallowRef()
  let asked = 0
  const load = reactive({
    state: 'loading' as WaitState,
    again: false,
    fault: null as unknown,
    readMs: 0,
    data,
    async reload(): Promise<void> {
      const mine = ++asked
      if (load.state === 'error') load.state = 'loading'
      load.again = true
      try {
        const read_ = await read()
        if (mine !== asked) return
        data.value = read_
        load.fault = null
        load.readMs = Date.now()
        load.state = options.isEmpty?.(read_) ? 'empty' : 'ready'
      } catch (fault) {
        if (mine !== asked) return
        load.fault = fault
        if (data.value === undefined) load.state = 'error'
      } finally {
        if (mine === asked) load.again = false
      }
    },
  })
  if (!options.later) void load.reload()
  if (options.live) useLive(() => void load.reload(), options.live)
  return load as Load<T>
}
