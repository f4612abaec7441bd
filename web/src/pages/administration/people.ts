// SPDX-License-Identifier: Apache-2.0
// Rules for entering people: the role says whether there is a department and a window (RULE H21). Pure.
import type { DenialKind, Person, RightEvent, Role, SignInLine } from '@/api/types'
import { fits } from '@/parts/case/bounds'
import { matches } from '@/pinyin'
import { isBlank, isClean, tidyLine, tidyName } from '@/tidy'

export const ROLES: Role[] = [
  'WINDOW_CLERK',
  'APPROVER',
  'DEPARTMENT_LEAD',
  'CITY_DESK',
  'CASHIER',
  'SUPERVISOR',
  'COMPLAINT_OFFICER',
  'BUSINESS_MANAGER',
  'GOVERNMENT_HEAD',
  'REPORT_READER',
  'ADMINISTRATOR',
  'PUBLIC',
]
/** Not the administrator's: a machine that could add people could become anybody. */
export const TOKEN_ROLES = ROLES.filter((role) => role !== 'ADMINISTRATOR')

const OF_DEPARTMENT: Role[] = ['WINDOW_CLERK', 'APPROVER', 'DEPARTMENT_LEAD', 'CITY_DESK']
export const hasDepartment = (role: Role): boolean => OF_DEPARTMENT.includes(role)
export const hasWindow = (role: Role): boolean => role === 'WINDOW_CLERK' || role === 'CASHIER'
/** Of no department, a window clerk sits at a consultation window (RULE H6). */
export const mayGiveAdvice = (role: Role): boolean => role === 'WINDOW_CLERK'
/** A cashier may be without one. */
export const needsWindow = (role: Role): boolean => role === 'WINDOW_CLERK'

/** The city's desk belongs to the city, which is no department of the hall (RULE H18). */
export const CITY = 'CITY'

export interface Place {
  role: Role
  department: string
  window: number
}

/** Without the department and the window that the role does not have. */
export const placed = <T extends Place>(of: T): T => ({
  ...of,
  department: hasDepartment(of.role) ? of.department : '',
  window: hasWindow(of.role) ? of.window : 0,
})

const NAME = /^[a-z0-9.-]{2,40}$/
export const isName = (name: string): boolean => NAME.test(name)

export type Faults = Partial<Record<'name' | 'fullName' | 'department' | 'window' | 'days', string>>

export function faultsOfPlace(place: Place): Faults {
  const found: Faults = {}
  if (hasDepartment(place.role) && !mayGiveAdvice(place.role) && place.department === '') found.department = 'departmentNeeded'
  if (needsWindow(place.role) && !(place.window >= 1 && place.window <= 9999)) found.window = 'windowNeeded'
  return found
}

export function faultsOfPerson(of: Place & { name: string; fullName: string }): Faults {
  const found = faultsOfPlace(of)
  if (!isName(of.name)) found.name = 'nameRule'
  if (isBlank(of.fullName)) found.fullName = 'needed'
  else if (!isClean(tidyName(of.fullName))) found.fullName = 'unclean'
  else if (!fits(of.fullName, 'gateway.AddPerson.fullName')) found.fullName = 'tooLong'
  return found
}

export const DAYS_MOST = 400
export function faultsOfToken(of: Place & { name: string; days: number }): Faults {
  const found = faultsOfPlace(of)
  if (!isName(of.name)) found.name = 'nameRule'
  if (!(Number.isInteger(of.days) && of.days >= 1 && of.days <= DAYS_MOST)) found.days = 'days'
  return found
}

export type Standing = 'active' | 'oneTime' | 'shutOut'
export const STANDINGS: Standing[] = ['active', 'oneTime', 'shutOut']
export const standingOf = (person: Person): Standing =>
  person.shutOut ? 'shutOut' : person.mustChangePassword ? 'oneTime' : 'active'

export interface Narrow {
  text: string
  role: Role | ''
  department: string
  standing: Standing | ''
}

export const narrowed = (people: Person[], narrow: Narrow): Person[] =>
  people.filter(
    (one) =>
      (narrow.role === '' || one.role === narrow.role) &&
      (narrow.department === '' || one.department === narrow.department) &&
      (narrow.standing === '' || standingOf(one) === narrow.standing) &&
      matches(`${one.fullName} ${one.name}`, narrow.text),
  )

export const SIGN_IN_RESULTS: SignInLine['result'][] = ['SIGNED_IN', 'FAILED', 'SECOND_ASKED', 'RESET', 'SECOND_TAKEN_AWAY']

export const DENIAL_KINDS: DenialKind[] = ['NO_RIGHT', 'NO_LOOK', 'NOT_SIGNED_IN', 'FORGED', 'MUST_WAIT', 'GUESSED', 'UNLISTED_KEY', 'CUT_OFF', 'BEYOND_ITS_LINE', 'REMOVED_KEY', 'REPLACED_KEY', 'EXPIRED_KEY', 'REFUSED_AT_SERVICE']

export const RIGHT_EVENTS: RightEvent[] = ['PERSON_ADDED', 'PERSON_CHANGED', 'PASSWORD_RESET', 'PASSWORD_CHANGED', 'SECOND_FACTOR_SET', 'SECOND_FACTOR_REMOVED', 'TOKEN_MADE', 'TOKEN_REVOKED', 'SESSION_ENDED']

/** What is typed as a name of the register: lower-case letters, no spaces. */
export const asName = (typed: string): string => tidyLine(typed.normalize('NFKC')).toLowerCase().replace(/[^a-z0-9.-]/g, '')
/** Likewise, or as the name of a token or an address. */
export const asWho = (typed: string): string => tidyLine(typed.normalize('NFKC')).toLowerCase().replace(/[^a-z0-9.:-]/g, '')
