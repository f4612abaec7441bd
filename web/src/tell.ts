// SPDX-License-Identifier: Apache-2.0
// Messages to the user: that something is done, that it was refused, and the question before anything
// that cannot be undone.
import 'element-plus/theme-chalk/el-message.css'
import 'element-plus/theme-chalk/el-message-box.css'
import 'element-plus/theme-chalk/el-overlay.css'
import { ElMessage, ElMessageBox } from 'element-plus'
import { effectScope } from 'vue'

import { Problem } from '@/api/client'
import { keyLabel, useHotkeys } from '@/hotkeys'
import { ledBy, putQuestion } from '@/input'
import { hasWord, t } from '@/words'

/** The error as a sentence: the hall's own, or ours when the hall could not be reached. */
export function sentenceOf(fault: unknown): string {
  if (!(fault instanceof Problem)) return fault instanceof Error ? fault.message : String(fault)
  if (fault.title === '' && hasWord(`problems.${fault.reason}`)) return t(`problems.${fault.reason}`)
  const title = fault.title || t('problems.other')
  const field = fieldName(fault.field)
  return field ? `${title}${t('problems.field', { field })}` : title
}

/** As the pages call it: "applicant.phone" is 联系电话. A field that no page has is not named. */
function fieldName(path: string): string {
  const word = `fields.${path.replace(/\[\d+\]/g, '').split('.').at(-1)}`
  return path !== '' && hasWord(word) ? t(word) : ''
}

export const tell = {
  done: (text = t('ask.done')) => ElMessage.success({ message: text, grouping: true }),
  notice: (text: string) => ElMessage.info({ message: text, grouping: true }),
  problem(fault: unknown) {
    if (fault instanceof Problem && fault.reason === 'SIGN_IN_NEEDED') return
    ElMessage.error({ message: sentenceOf(fault), duration: 6000, showClose: true, grouping: true })
  },
}

/** Resolves to whether the user confirmed. What led to the question does not confirm it: a second press of
 *  the same key never does what the first one asked for. `danger`: it destroys something, so no button is
 *  focused, and its key is one that nobody presses by habit. */
export function ask(
  question: string,
  { title = t('ask.title'), yes = t('buttons.ok'), no = t('buttons.cancel'), danger = false } = {},
): Promise<boolean> {
  const mayAnswer = putQuestion()
  const key = danger ? keyLabel('destroy') : ledBy() === 'Enter' ? t('ask.space') : 'Enter'
  const box = () => document.querySelector('.el-message-box')
  const keys = effectScope(true)
  if (danger) keys.run(() => useHotkeys({ destroy: () => box()?.querySelector<HTMLElement>('.el-button--danger')?.click() }, box))
  return ElMessageBox.confirm(question, title, {
    confirmButtonText: `${yes} (${key})`,
    cancelButtonText: `${no} (Esc)`,
    type: danger ? 'warning' : undefined,
    confirmButtonClass: danger ? 'el-button--danger' : '',
    autofocus: !danger,
    closeOnClickModal: false,
    beforeClose: (action, _, close) => void (action === 'confirm' && !mayAnswer() ? null : close()),
  })
    .then(
      () => true,
      () => false,
    )
    .finally(() => keys.stop())
}
