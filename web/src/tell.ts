// SPDX-License-Identifier: Apache-2.0
// Messages to the user: that something is done, that it was refused, and the question before anything
// that cannot be undone.
import 'element-plus/theme-chalk/el-message.css'
import 'element-plus/theme-chalk/el-message-box.css'
import 'element-plus/theme-chalk/el-overlay.css'
import { ElMessage, ElMessageBox } from 'element-plus'

import { Problem } from '@/api/client'
import { ledBy, putQuestion } from '@/input'
import { hasWord, t } from '@/words'

/** The error as a sentence: the hall's own, or ours when the hall could not be reached. */
export function sentenceOf(fault: unknown): string {
  if (!(fault instanceof Problem)) return fault instanceof Error ? fault.message : String(fault)
  if (fault.title === '' && hasWord(`problems.${fault.reason}`)) return t(`problems.${fault.reason}`)
  const title = fault.title || t('problems.other')
  return fault.field ? `${title}${t('problems.field', { field: fault.field })}` : title
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
 *  focused. */
export function ask(
  question: string,
  { title = t('ask.title'), yes = t('buttons.ok'), no = t('buttons.cancel'), danger = false } = {},
): Promise<boolean> {
  const mayAnswer = putQuestion()
  const key = danger ? '' : ` (${ledBy() === 'Enter' ? t('ask.space') : 'Enter'})`
  return ElMessageBox.confirm(question, title, {
    confirmButtonText: yes + key,
    cancelButtonText: no,
    type: danger ? 'warning' : undefined,
    confirmButtonClass: danger ? 'el-button--danger' : '',
    autofocus: !danger,
    closeOnClickModal: false,
    beforeClose: (action, _, close) => void (action === 'confirm' && !mayAnswer() ? null : close()),
  }).then(
    () => true,
    () => false,
  )
}
