// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Flow, FlowStep, Task } from '@/api/types'
import { workingTime } from '@/format'
import { actsOf, canEnd, endedBy, extensionMax, leadActs, openPauses, openTaskOf } from '@/parts/case/acts'
import { charactersLeft, fits, isUnfinished, withPhrase } from '@/parts/case/bounds'
import { isOver, lampOf, usedPercent } from '@/parts/case/lamps'

const task = (department: string, state: string, more: Partial<Task> = {}): Task =>
  ({ department, state, stage: 1, no: 1, lead: false, ...more }) as Task
const flow = (tasks: Task[], more: Partial<Flow> = {}): Flow =>
  ({ state: 'RUNNING', stage: 1, tasks, pauses: [], ...more }) as unknown as Flow

test('RULE H5: only the lead department of a running case steers it', () => {
  const running = flow([task('CON', 'OPEN', { lead: true }), task('PLN', 'AGREED')])
  assert.deepEqual(leadActs(running, 'CON'), ['pause', 'extend', 'back'])
  assert.deepEqual(leadActs(running, 'PLN'), [])
  assert.deepEqual(leadActs({ ...running, state: 'FLOW_GRANTED' }, 'CON'), [])
  assert.deepEqual(leadActs(null, 'CON'), [])
})

test("RULE L45: the case's own procedures can be ended, a department's survey ends with its task", () => {
  const pause = { kind: 'HEARING', notice: '1', plannedDays: 5, plannedEndMs: '9', no: 1, fromMs: '1', toMs: '0', department: '' } as const
  const paused = flow([task('CON', 'OPEN', { lead: true })], {
    pauses: [pause, { ...pause, kind: 'SURVEY', department: 'PLN' }, { ...pause, kind: 'EXPERTS', toMs: '2' }],
  })
  assert.deepEqual(openPauses(paused), ['HEARING'])
  assert.deepEqual(leadActs(paused, 'CON'), ['pause', 'resume', 'extend'])
})

test('RULE L42: joint handling is extended by 15 days at most, else by 10', () => {
  const alone = flow([task('CUL', 'OPEN', { lead: true })])
  assert.equal(extensionMax(alone, []), 10)
  assert.equal(extensionMax(alone, [{ department: 'CITY' } as FlowStep]), 15)
})

test('a department finds its open task of the open stage alone', () => {
  const two = flow([task('CON', 'AGREED'), task('CON', 'OPEN', { stage: 2, no: 2 })], { stage: 2 })
  assert.equal(openTaskOf(two, 'CON')?.no, 2)
  assert.equal(openTaskOf(two, 'PLN'), undefined)
})

test('RULE L38: the last opinion of the last stage decides the case, and one against it denies it', () => {
  const mine = task('CON', 'OPEN', { no: 1 })
  const next = { department: 'CON', stage: 2 } as FlowStep
  assert.equal(endedBy(flow([mine]), [], mine, true), 'grant')
  assert.equal(endedBy(flow([mine]), [], mine, false), 'deny')
  assert.equal(endedBy(flow([mine]), [next], mine, true), '')
  assert.equal(endedBy(flow([mine]), [next], mine, false), 'deny')
  assert.equal(endedBy(flow([mine, task('PLN', 'OPEN', { no: 2 })]), [], mine, true), '')
  assert.equal(endedBy(flow([mine, task('PLN', 'DISAGREED', { no: 2 })]), [next], mine, true), 'deny')
})

test('RULE L38: a phrase that ends in a colon is no reason yet', () => {
  for (const text of ['现场情况不具备条件：', '不符合规划：；现场情况不具备条件: ', '不符合规划：。', '不符合规划：第三条；依据为：'])
    assert.equal(isUnfinished(text), true, text)
  for (const text of ['', '现场情况不具备条件：无消防通道。', '缺以下材料：\n1. 平面图', '不同意，10:30 现场无人。'])
    assert.equal(isUnfinished(text), false, text)
})

test('RULE H5, H21: a person is offered what permission, department and state allow together', () => {
  const all = 'LEAD TERMINATE DECIDE SEE_APPLICANT'.split(' ')
  const who = (department: string, permissions: string[]) => ({ department, may: (one: string) => permissions.includes(one) })
  const running = flow([task('CON', 'OPEN', { lead: true }), task('PLN', 'AGREED')])
  const about = { department: 'CON', state: 'in approval' } as const
  const offered = (...of: Parameters<typeof actsOf>) => [...actsOf(...of)].sort()
  assert.deepEqual(offered(who('CON', all), about, running), ['back', 'decide', 'extend', 'look', 'pause', 'terminate'])
  assert.deepEqual(offered(who('CON', ['DECIDE']), about, running), ['decide'])
  assert.deepEqual(offered(who('PLN', all), about, running), ['look'])
  assert.deepEqual(offered(who('CUL', all), about, running), [])
  assert.deepEqual(offered(who('', ['TERMINATE', 'PRESS']), about, running), ['press', 'terminate'])
  const closed = { department: 'CON', state: 'closed' } as const
  assert.deepEqual(offered(who('CON', ['WINDOW_WORK', 'TERMINATE']), closed, null), ['deliver'])
  assert.deepEqual(offered(who('PLN', ['WINDOW_WORK', 'TAKE_BACK']), closed, null), [])
  assert.deepEqual(offered(who('CON', ['TAKE_BACK']), closed, null), ['undecide'])
  assert.deepEqual(offered(who('CON', ['TAKE_BACK']), { department: 'CON', state: 'delivered' }, null), ['undeliver'])
  assert.deepEqual(offered(who('', ['TAKE_PAYMENT']), { department: 'CON', state: 'payment due' }, null), ['collect'])
})

test('a case can be ended until it is decided', () => {
  assert.equal(canEnd('in approval'), true)
  assert.equal(canEnd('SUSPENDED'), true)
  assert.equal(canEnd('payment due'), false)
  assert.equal(canEnd('PAYMENT_DUE'), false)
})

test('RULE H12: over is red, four fifths used is nearly so', () => {
  const left = (remainingMin: number) => ({ remainingMin, dueMs: '5000' })
  assert.equal(lampOf(1000, left(-1), 4000), 'RED')
  assert.equal(lampOf(1000, left(199), 4000), 'YELLOW')
  assert.equal(lampOf(1000, left(200), 4000), 'NONE')
  assert.equal(lampOf(0, left(0), 6000), 'NONE')
  assert.equal(usedPercent(400, 100), 75)
  assert.equal(usedPercent(400, -100), 100)
})

test('RULE L42.1: after the close of its last day a term is over, though no working time has passed since', () => {
  const left = { remainingMin: 0, dueMs: '5000' }
  assert.equal(isOver(left, 5000), false)
  assert.equal(isOver(left, 5001), true)
  assert.equal(lampOf(1000, left, 5001), 'RED')
  assert.equal(isOver({ remainingMin: 0, dueMs: '0' }, 5001), false) // paused
  assert.equal(workingTime(0, true), '已超时')
  assert.equal(workingTime(0), '不到 1 分钟')
  assert.equal(workingTime(-3), '超时 3 分钟')
})

test('texts are bounded in characters, after tidying, as in the hall', () => {
  assert.equal(fits('汉'.repeat(99), 'intake.Refuse.reason'), true)
  assert.equal(fits('汉'.repeat(500), 'intake.Refuse.reason'), true)
  assert.equal(fits('汉'.repeat(501), 'intake.Refuse.reason'), false)
  assert.equal(fits('汉'.repeat(40), 'gateway.AddPerson.fullName'), true)
  assert.equal(fits('\u{20bb7}'.repeat(120), 'intake.Applicant.name'), true) // one character, two units of JavaScript
  assert.equal(fits(`　${'汉'.repeat(120)}\u200b`, 'intake.Applicant.name'), true)
  assert.equal(charactersLeft('同意', 'routing.Decide.opinion'), 498)
  assert.equal(charactersLeft('a'.repeat(503), 'routing.Decide.opinion'), -3)
})

test('a phrase begins a text, goes on one, and is not said twice', () => {
  assert.equal(withPhrase('', '同意。'), '同意。')
  assert.equal(withPhrase('材料齐全', '同意。'), '材料齐全；同意。')
  assert.equal(withPhrase('材料齐全。', '同意。'), '材料齐全。同意。')
  assert.equal(withPhrase('同意。', '同意。'), '同意。')
  assert.equal(withPhrase('理由为：', '现场不符。'), '理由为：现场不符。')
})
