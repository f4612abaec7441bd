// SPDX-License-Identifier: Apache-2.0
// Which actions a case offers to whom: what a page shows, by permission, department and state. Nobody is offered
// what the hall would refuse him; the hall decides all of it itself. Pure.
import type { Dossier, Flow, FlowStep, PauseKind, Task } from '@/api/types'

export type LeadAct = 'pause' | 'resume' | 'extend' | 'back'
/** What was pressed by mistake: a decision, a delivery (RULE H22). */
export type Mistake = 'undecide' | 'undeliver'
export type Act = LeadAct | Mistake | 'terminate' | 'press' | 'decide' | 'deliver' | 'collect' | 'look'

export interface Who {
  /** Empty: the role serves the whole hall. */
  department: string
  may: (permission: string) => boolean
}

/** RULE H5: the department that answers for the case; the first stage names it. */
export const leadOf = (flow: Flow): string => flow.tasks.find((task) => task.lead)?.department ?? ''

export const openTaskOf = (flow: Flow, department: string): Task | undefined =>
  flow.tasks.find((task) => task.stage === flow.stage && task.department === department && task.state === 'OPEN')

/** What agreeing on this task decides of the case (RULE L38): the last open task of the last stage ends it; a
 *  disagreement of its stage denies it, agreed or not. Empty: others are still to come. */
export function endedBy(flow: Flow, steps: FlowStep[], task: Task, agrees: boolean): 'grant' | 'deny' | '' {
  const siblings = flow.tasks.filter((one) => one.stage === task.stage && one.no !== task.no)
  if (siblings.some((one) => one.state === 'OPEN')) return ''
  if (!agrees || siblings.some((one) => one.state === 'DISAGREED')) return 'deny'
  return [...flow.tasks, ...steps].some((one) => one.stage > task.stage) ? '' : 'grant'
}

/** Decided branches of the open stage: those that can be sent back. */
export const returnable = (flow: Flow): Task[] =>
  flow.tasks.filter((task) => task.stage === flow.stage && (task.state === 'AGREED' || task.state === 'DISAGREED'))

/** Special procedures of the whole case that are under way, without a department's own survey, which
 *  ends with its task. */
export const openPauses = (flow: Flow): PauseKind[] =>
  flow.pauses.filter((one) => one.toMs === '0' && one.department === '').map((one) => one.kind)

export function leadActs(flow: Flow | null, department: string): LeadAct[] {
  if (!flow || flow.state !== 'RUNNING' || leadOf(flow) !== department) return []
  const acts: LeadAct[] = ['pause']
  if (openPauses(flow).length > 0) acts.push('resume')
  acts.push('extend')
  if (returnable(flow).length > 0) acts.push('back')
  return acts
}

/** RULE L42: 15 more working days when several departments handle the case, else 10. */
export const extensionMax = (flow: Flow, steps: FlowStep[]): number =>
  new Set([...flow.tasks, ...steps].map((one) => one.department)).size > 1 ? 15 : 10

const OVER = new Set(['refused', 'denied', 'closed', 'delivered', 'withdrawn', 'terminated', 'granted', 'payment due'])

/** A case can be withdrawn or terminated until the decision. */
export const canEnd = (state: string): boolean => !OVER.has(stateOf({ state }))

const stateOf = (about: Pick<Dossier, 'state'>): string => about.state.toLowerCase().replaceAll('_', ' ')

/** Everything that a person is offered to do with a case. `about.department` is the item's: it answers for the case. */
export function actsOf({ department, may }: Who, about: Pick<Dossier, 'department' | 'state'>, flow: Flow | null): Set<Act> {
  const isOurs = about.department === department
  const isOpen = canEnd(about.state)
  const acts = new Set<Act>(may('LEAD') ? leadActs(flow, department) : [])
  const offer = (act: Act, isOffered: boolean) => isOffered && acts.add(act)
  offer('terminate', may('TERMINATE') && isOpen && (isOurs || department === ''))
  offer('undecide', may('TAKE_BACK') && isOurs && (stateOf(about) === 'payment due' || stateOf(about) === 'closed'))
  offer('undeliver', may('TAKE_BACK') && isOurs && stateOf(about) === 'delivered')
  offer('press', may('PRESS') && isOpen)
  offer('decide', may('DECIDE') && flow?.state === 'RUNNING' && !!openTaskOf(flow, department))
  offer('deliver', may('WINDOW_WORK') && isOurs && stateOf(about) === 'closed')
  offer('collect', may('TAKE_PAYMENT') && stateOf(about) === 'payment due')
  offer('look', may('SEE_APPLICANT') && (isOurs || !!flow?.tasks.some((task) => task.department === department))) // RULE H21
  return acts
}
