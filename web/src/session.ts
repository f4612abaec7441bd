// SPDX-License-Identifier: Apache-2.0
// The signed-in person, and the hall that this page belongs to.
import { computed, reactive, ref } from 'vue'

import { api, gate, Problem } from '@/api/client'
import type { Hall, Role, Session } from '@/api/types'
import { dayNumber } from '@/format'
import { release, rest } from '@/input'
import { clearKept, hidePersonal, showPersonal } from '@/kept'
import { language } from '@/words'

interface State {
  /** Name to sign in with; empty: nobody is signed in. */
  person: string
  fullName: string
  role: Role | ''
  department: string
  window: number
  permissions: string[]
  mustChangePassword: boolean
  secondFactor: boolean
  mustEnrol: boolean
  endsMs: number
}

const nobody = (): State => ({
  person: '',
  fullName: '',
  role: '',
  department: '',
  window: 0,
  permissions: [],
  mustChangePassword: false,
  secondFactor: false,
  mustEnrol: false,
  endsMs: 0,
})

export const session = reactive<State>(nobody())

/** `aheadMs`: how far the hall's business clock is ahead of this machine's. */
export const hall = reactive({
  nameZh: '区政务服务中心',
  nameEn: 'District Government Service Hall',
  demonstration: false,
  publicAddress: '',
  hours: '',
  telephone: '',
  aheadMs: 0,
})
export const hallName = computed(() => (language.value === 'en' ? hall.nameEn : hall.nameZh))

/** The hall's time; in a demonstration or a test its day may differ from this machine's. */
export const hallNow = (): number => Date.now() + hall.aheadMs
export const hallDay = (): number => dayNumber(hallNow())

/** The session has ended while a page was open: the sign-in dialog shows. */
export const askedToSignIn = ref(false)

export const isSignedIn = (): boolean => session.person !== ''
export const may = (permission: string): boolean => session.permissions.includes(permission)
/** Whether cases of the department are taken in here: at its own windows, and at the hall's consultation desk (RULE H1, H6). */
export const serves = (department: string): boolean => session.department === '' || session.department === department
/** Who acts, as parts/case/acts.ts asks. */
export const me = () => ({ department: session.department, may })

/** This browser has a session, as far as it knows: its cookie cannot be read here. While it has none, nobody is asked for it. */
const KNOWN = 'onedoor.session'

function take(from: Session): void {
  localStorage.setItem(KNOWN, 'yes')
  gate.csrfToken = from.csrfToken
  showPersonal(from.name)
  Object.assign(session, {
    person: from.name,
    fullName: from.fullName,
    role: from.role,
    department: from.department,
    window: from.window,
    permissions: from.permissions,
    mustChangePassword: from.mustChangePassword,
    secondFactor: from.secondFactor,
    mustEnrol: from.mustEnrol,
    endsMs: Number(from.endsMs),
  })
  if (from.hallNameZh) hall.nameZh = from.hallNameZh
  if (from.hallNameEn) hall.nameEn = from.hallNameEn
  if (from.demonstration !== undefined) hall.demonstration = from.demonstration
}

/** The page was opened after the session's end: nobody can say whose it is. */
function forgetPersonal(): void {
  hidePersonal()
  showPersonal('')
}

function forget(): void {
  localStorage.removeItem(KNOWN)
  gate.csrfToken = ''
  Object.assign(session, nobody())
}

async function loadHall(): Promise<void> {
  const before = Date.now()
  const told = await api.get<Hall>('/hall', undefined, { quiet: true, retryForMs: 0 })
  hall.aheadMs = Number(told.nowMs) - (before + Date.now()) / 2
  if (told.nameZh) hall.nameZh = told.nameZh
  if (told.nameEn) hall.nameEn = told.nameEn
  hall.demonstration = told.demonstration
  hall.publicAddress = told.publicAddress
  hall.hours = told.hours
  hall.telephone = told.telephone
  rest.ms = told.keyRestMs
}

const SYNC_MS = 600_000
/** A page stays open for days, while somebody sets the machine's clock or it sleeps. */
export function keepHallTime(): void {
  const sync = () => void loadHall().catch(() => undefined)
  setInterval(sync, SYNC_MS)
  document.addEventListener('visibilitychange', () => document.hidden || sync())
}

/** Called before the first page: loads the session, if there is one, and the hall. */
export async function loadSession(): Promise<void> {
  const both = await Promise.allSettled([
    localStorage.getItem(KNOWN) && api.get<Session>('/session', undefined, { quiet: true }).then(take),
    loadHall(),
  ])
  const fault = both[0].status === 'rejected' ? both[0].reason : null
  if (fault && !(fault instanceof Problem && fault.status === 401)) throw fault
  if (!isSignedIn()) forgetPersonal()
  if (fault) localStorage.removeItem(KNOWN)
}

/** `code`: of the second factor; empty: not asked for yet. */
export async function signIn(name: string, password: string, code = ''): Promise<void> {
  const body = { name, password, ...(code && { code }) }
  take(await api.post<Session>('/session', body, { quiet: true, retryForMs: 0 }))
  settle(true)
}

export async function signOut(): Promise<void> {
  clearKept(session.person)
  await api.del('/session', { quiet: true }).catch((fault) => {
    if (!(fault instanceof Problem && fault.status === 401)) throw fault
  })
  forget()
}

export async function changePassword(current: string, next: string): Promise<void> {
  take(await api.post<Session>('/session/password', { current, next }, { retryForMs: 0 }))
}

/* ---- when the session has ended: all requests that found it ended wait for one sign-in dialog */

let waiting: { resolve: () => void; reject: (fault: Problem) => void }[] = []

function settle(signedIn: boolean): void {
  const all = waiting
  waiting = []
  askedToSignIn.value = false
  for (const one of all)
    if (signedIn) one.resolve()
    else one.reject(new Problem(401, 'SIGN_IN_NEEDED', ''))
}

gate.signInAgain = () =>
  new Promise((resolve, reject) => {
    hidePersonal()
    waiting.push({ resolve, reject })
    askedToSignIn.value = true
    release()
  })

gate.freshToken = async () => take(await api.get<Session>('/session'))

/** Nobody signs in again: the waiting requests fail, and the next person begins at the sign-in page. */
export function giveUpSignIn(): void {
  forget()
  settle(false)
}
