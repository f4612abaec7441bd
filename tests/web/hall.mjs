// SPDX-License-Identifier: Apache-2.0
// hall.mjs: a demonstration hall for one test program, with its gateway and pages, in a folder below the
// temporary folder, on a free port and Unix sockets, removed at the end. Also a client of the HTTP API for
// what a test prepares.
import { execFile } from 'node:child_process'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
export const root = resolve(fileURLToPath(new URL('../..', import.meta.url)))

/** Creates the hall, fills it with simulated cases of the last months, and starts it. */
export async function openHall() {
  const home = await mkdtemp(join(tmpdir(), 'onedoor-web.'))
  const env = {
    ...process.env,
    ONEDOOR_HOME: home,
    ONEDOOR_PORT: '0',
    ONEDOOR_BUS: 'ipc://{home}/run/{service}-{lane}',
    ONEDOOR_TICKETS_PER_MINUTE: '0',
    ONEDOOR_TICKETS_IN_HOURS: 'no', // tests run at night too
    ONEDOOR_RATE_PER_SECOND: '0', // all these browsers come from one address
    ONEDOOR_SIGN_IN_WAIT_S: '300', // longer than a test takes
  }
  const onedoor = (...words) => run(join(root, 'onedoor'), words, { env, maxBuffer: 1 << 24 })
  try {
    await onedoor('up', '--demo')
  } catch (failure) {
    await onedoor('reset', '--yes').catch(() => {})
    throw new Error(`the hall does not come up: ${failure.stderr}`)
  }
  const url = (await readFile(join(home, 'run/gateway.address'), 'utf8')).trim()
  const people = JSON.parse(await readFile(join(home, 'demo-users.json'), 'utf8'))
  return {
    home,
    url,
    people: Array.isArray(people) ? people : people.people,
    close: () => onedoor('reset', '--yes'),
  }
}

/** The demonstration's person of a role. */
export function person(hall, role) {
  const found = hall.people.find((one) => one.role === role)
  if (found === undefined) throw new Error(`the demonstration has no ${role}`)
  return found
}

/** One of the demonstration's people by name, as README's table has them. */
export function named(hall, name) {
  const found = hall.people.find((one) => one.name === name)
  if (found === undefined) throw new Error(`the demonstration has no ${name}`)
  return found
}

let citizens = 0
/** The number of a new identity card (GB 11643): nobody with it has been in the hall. */
export function newDocument() {
  const digits = `11010519900101${String(++citizens).padStart(3, '0')}`
  const sum = [...digits].reduce((all, digit) => ((all + Number(digit)) * 2) % 11, 0)
  return digits + '0123456789X'[(12 - sum) % 11]
}

/** A client of the HTTP API, without a browser. */
export class Caller {
  #cookie = ''
  #token = ''

  constructor(hall) {
    this.base = `${hall.url}/api/v1`
  }

  async signIn(name, password) {
    const session = await this.ask('POST', '/session', { name, password })
    this.#token = session.csrfToken
    return session
  }

  /** The response's body; a refusal throws an error with `problem`. */
  async ask(method, path, body) {
    const answer = await fetch(this.base + path, {
      method,
      headers: {
        'Accept-Language': 'zh',
        ...(this.#cookie && { Cookie: this.#cookie }),
        ...(this.#token && { 'X-CSRF-Token': this.#token }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    const cookie = answer.headers.get('set-cookie')
    if (cookie !== null) this.#cookie = cookie.split(';')[0]
    const said = await answer.json()
    if (!answer.ok) {
      throw Object.assign(new Error(`${method} ${path}: ${answer.status} ${said.reason}`), { problem: said })
    }
    return said
  }
}

/** Adds a person who has changed his one-time password; returns what a sign-in needs. */
export async function addPerson(administrator, who) {
  const password = 'a lantern over the old bridge'
  const { oneTimePassword } = await administrator.ask('POST', '/people', {
    department: '',
    window: 0,
    ...who,
  })
  const self = new Caller({ url: administrator.base.replace('/api/v1', '') })
  await self.signIn(who.name, oneTimePassword)
  await self.ask('POST', '/session/password', { current: oneTimePassword, next: password })
  return { ...who, password }
}

/** Receives a case of an immediate item without a fee over HTTP with a selection of its required materials. */
export async function takeIn(world, materials, check = true) {
  const desk = new Caller(world.hall)
  const clerk = person(world.hall, 'WINDOW_CLERK')
  await desk.signIn(clerk.name, clerk.password)
  const { items } = await desk.ask('GET', `/items?department=${clerk.department}`)
  const item = items.find((one) => one.windowCanFinish && !one.hasFee && one.applicant !== 'organisation') ?? items[0]
  const guide = await desk.ask('GET', `/items/${item.code}/guide`)
  const all = guide.materials.filter(({ required }) => required).map(({ seq, copies }) => ({ seq, copies }))
  const said = await desk.ask('POST', '/cases', {
    item: item.code, channel: 'AT_WINDOW', check,
    applicant: { kind: 'PERSON', name: '赵一', document: '11010519491231002X', phone: '13800138000' },
    materials: materials(all),
  })
  return { desk, item, ...said }
}

/** A case with a fee, granted at the window: its number, once its bill is made. */
export async function billed(world) {
  const desk = new Caller(world.hall)
  const clerk = person(world.hall, 'WINDOW_CLERK')
  await desk.signIn(clerk.name, clerk.password)
  const { items } = await desk.ask('GET', `/items?department=${clerk.department}`)
  const item = items.find((one) => one.windowCanFinish && one.hasFee && one.applicant !== 'organisation')
  const { materials } = await desk.ask('GET', `/items/${item.code}/guide`)
  const { caseNumber } = await desk.ask('POST', '/cases', {
    item: item.code, channel: 'AT_WINDOW', check: true,
    applicant: { kind: 'PERSON', name: '赵一', document: '11010519491231002X', phone: '13800138000' },
    materials: materials.filter(({ required }) => required).map(({ seq, copies }) => ({ seq, copies })),
  })
  await desk.ask('POST', `/cases/${caseNumber}/finish`, { granted: true })
  for (;;)
    try {
      await desk.ask('GET', `/cases/${caseNumber}/bill`)
      return caseNumber
    } catch (failure) {
      if (failure.problem?.reason !== 'NO_ORDER') throw failure
    }
}

/** The counter's page, at which a bill waits. */
export async function counterWithBill(world) {
  await billed(world)
  return '/counter'
}

/** In the names of the people that this run adds. */
export const mark = Date.now().toString(36)
let hired = 0
/** A person of his own for a test. */
export const hire = (world, role, department, window = 0) =>
  addPerson(world.administrator, { name: `${mark}.${++hired}`, fullName: `试${department}`, role, department, window })

/** A case that is in approval: with the item's department, or also with others. */
export async function inApproval(world, item, facts = []) {
  const department = item.slice(0, 3)
  const { windows } = await world.administrator.ask('GET', '/windows')
  const clerk = await hire(world, 'WINDOW_CLERK', department, windows.find((one) => one.department === department && one.open).window)
  const desk = new Caller(world.hall)
  await desk.signIn(clerk.name, clerk.password)
  const { materials } = await desk.ask('GET', `/items/${item}/guide`)
  const { caseNumber } = await desk.ask('POST', '/cases', {
    item, channel: 'AT_WINDOW', check: true, facts,
    applicant: { kind: 'PERSON', name: '赵一', document: '11010519491231002X', phone: '13800138000' },
    materials: materials.map(({ seq, copies }) => ({ seq, copies })),
  })
  return caseNumber
}
