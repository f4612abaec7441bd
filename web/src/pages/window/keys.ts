// SPDX-License-Identifier: Apache-2.0
// The page's keys do nothing while a dialog is open.

export const isFree = (): boolean =>
  ![...document.querySelectorAll<HTMLElement>('.el-overlay')].some((one) => one.style.display !== 'none')

export const whenFree =
  (action: () => void): (() => void) =>
  () => {
    if (isFree()) action()
  }
