// SPDX-License-Identifier: Apache-2.0
// After a while without a touch the kiosk asks whether somebody is there, and then goes back to its
// start, so that the next visitor sees nothing of the one before.
import { onScopeDispose, ref } from 'vue'

const QUIET_S = 60
const ASK_S = 15

/** `left`: seconds until `leave` is called, while the kiosk asks whether somebody is there; else 0. */
export function useIdle(isAway: () => boolean, leave: () => void) {
  const left = ref(0)
  let quiet = 0

  function touched(): void {
    quiet = 0
    left.value = 0
  }
  const timer = setInterval(() => {
    if (!isAway()) return touched()
    quiet++
    left.value = quiet >= QUIET_S ? Math.max(0, QUIET_S + ASK_S - quiet) : 0
    if (quiet >= QUIET_S + ASK_S) {
      touched()
      leave()
    }
  }, 1000)
  const signs = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const
  for (const sign of signs) window.addEventListener(sign, touched, { passive: true })
  onScopeDispose(() => {
    clearInterval(timer)
    for (const sign of signs) window.removeEventListener(sign, touched)
  })
  return { left, touched }
}
