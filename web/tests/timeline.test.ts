// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'

import { timelineText, timelineTitle } from '@/timeline'
import { setLanguage } from '@/words'

beforeEach(() => {
  globalThis.document ??= { documentElement: {} } as never
  globalThis.fetch = () => new Promise(() => undefined) // names stay codes
  setLanguage('zh')
})

test('what happened is told in Chinese', () => {
  const told = [
    ['intake.CaseReceived', 'at window 12, fast lane', '12 号窗口收件，快车道'],
    ['intake.CaseAccepted', 'promised within 5 working days', '承诺 5 个工作日内办结'],
    ['intake.CorrectionAsked', 'missing: 申请表 (1), 身份证 (2)', '需补正：申请表（1 份）、身份证（2 份）'],
    ['intake.CorrectionAsked', 'missing: 申请表 (1) [NOT_SIGNED: 第 2 页], 身份证 (1) [OTHER_FAULT: 不是本人]', '需补正：申请表（1 份），未签名：第 2 页、身份证（1 份），不是本人'],
    ['intake.PaperMended', '申请表 [NOT_SIGNED]', '申请表，未签名'],
    ['routing.StageOpened', 'stage 1: CUL PLN', '第 1 环节：CUL、PLN'],
    ['routing.TaskDecided', 'disagreed: 场地图与现场不符', '不同意：场地图与现场不符'],
    ['charging.OrderRaised', '12.00 yuan: CUL 10.00 yuan, PLN 2.00 yuan', '¥12.00（CUL ¥10.00、PLN ¥2.00）'],
    ['charging.OrderPaid', '12.00 yuan in cash, receipt 42', '现金 ¥12.00，收据号 42'],
    ['charging.OrderWaived', 'line 1, 10.00 yuan, agreed by manager: 残疾人保障法', '第 1 项减免 ¥10.00，manager 同意：残疾人保障法'],
    ['charging.OrderRefunded', 'line 2, 3.00 yuan, agreed by manager: 计量有误', '第 2 项退费 ¥3.00，manager 同意：计量有误'],
    ['charging.Asked', 'Waive: 残疾人保障法', '减免：残疾人保障法'],
    ['charging.Answered', 'Waive refused: 依据不符', '减免，不同意：依据不符'],
    ['routing.ClockExtended', '10 working days more, agreed by lead: 情况复杂', '延长 10 个工作日，lead 同意：情况复杂'],
    ['routing.Answered', 'Extend lapsed', '延长期限，超时失效'],
    ['supervision.CardIssued', 'yellow, task 2: 400 of 420 working minutes used (H12)', '黄牌，第 2 项任务：已用 6 小时 40 分钟 / 共 1 个工作日（承诺时限）'],
  ] as const
  for (const [type, text, zh] of told) assert.equal(timelineText({ type, text }), zh)
  assert.equal(timelineTitle('intake.CaseAccepted'), '受理')
})

test('a sentence of a new form, and a new event, are shown as they are', () => {
  assert.equal(timelineText({ type: 'intake.CaseReceived', text: 'through the roof' }), 'through the roof')
  assert.equal(timelineTitle('intake.CaseFlown'), 'CaseFlown')
})

test('English stays English', () => {
  setLanguage('en')
  assert.equal(timelineText({ type: 'intake.CaseReceived', text: 'at window 12' }), 'at window 12')
  assert.equal(timelineText({ type: 'routing.StageOpened', text: 'stage 1: CUL PLN' }), 'stage 1: CUL, PLN') // names, once they are loaded
  assert.equal(timelineText({ type: 'supervision.CardIssued', text: 'red, the case: 420 of 420 working minutes used (H12)' }), 'Red card, the case: 1 working day of 1 working day used (promised time)')
})
