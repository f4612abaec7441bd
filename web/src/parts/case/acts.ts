// SPDX-License-Identifier: Apache-2.0
// Which actions a case offers to whom: what a page shows. The hall decides all of it itself. Pure.
import type { Flow, FlowStep, PauseKind, Task } from '@/api/types'

export type LeadAct = 'pause' | 'resume' | 'extend' | 'back'

/** RULE H5: the department that answers for the case; the first stage names it. */
export const leadOf = (flow: Flow): string => flow.tasks.find((task) => task.lead)?.department ?? ''

export const openTaskOf = (flow: Flow, department: string): Task | undefined =>
  flow.tasks.find((task) => task.stage === flow.stage && task.department === department && task.state === 'OPEN')

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
export const canEnd = (state: string): boolean => !OVER.has(state.toLowerCase().replaceAll('_', ' '))
