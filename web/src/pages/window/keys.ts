// SPDX-License-Identifier: Apache-2.0
// Keys of the page rest while a dialog is open.

export const isFree = (): boolean =>
  ![...document.querySelectorAll<HTMLElement>('.el-overlay')].some((one) => one.style.display !== 'none')

export const whenFree =
  (deed: () => void): (() => void) =>
  () => {
    if (isFree()) deed()
  }
