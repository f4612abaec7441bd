// SPDX-License-Identifier: Apache-2.0
// window.ts ADDRESS: a clerk's and a cashier's program in one: takes a case from its application to its delivery.
//
// Every path, field and answer is typed by api.d.ts, which openapi-typescript makes from the hall's own document: what
// the document does not say does not compile. Prints {"case", "reused", "paid", "state"} as JSON; CLERK_PASSWORD and
// CASHIER_PASSWORD are in the environment. Exits with 1 and the hall's own sentence when it is refused.
import { randomUUID } from 'node:crypto'
import createClient from 'openapi-fetch'
import type { components, paths } from './api.js'

type Problem = components['schemas']['Problem']
type Client = ReturnType<typeof createClient<paths>>

const address = process.argv[2]!

class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.reason}: ${problem.title}`)
  }
}

/** The data of an answer; a refusal is thrown. */
async function given<T>(asked: Promise<{ data?: T; error?: Problem }>): Promise<T> {
  const { data, error } = await asked
  if (error) throw new Refused(error)
  return data!
}

/** The client returned sends the session's cookie and CSRF token. What one of several has seen, all know of (`seen`). */
async function signIn(name: string, password: string, seen: { marks: string }): Promise<Client> {
  const client = createClient<paths>({ baseUrl: `${address}/api/v1` })
  const answer = await client.POST('/session', { body: { name, password } })
  if (answer.error) throw new Refused(answer.error)
  const cookie = answer.response.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ')
  client.use({
    onRequest({ request }) {
      request.headers.set('Cookie', cookie)
      request.headers.set('X-CSRF-Token', answer.data.csrfToken)
      if (seen.marks) request.headers.set('Onedoor-Seen', seen.marks)
    },
    onResponse({ response }) {
      seen.marks = response.headers.get('Onedoor-Seen') ?? seen.marks
    }
  })
  return client
}

const application = {
  item: 'CUL-01',
  channel: 'AT_WINDOW',
  check: true,
  applicant: { kind: 'PERSON', name: '王小明', document: '11010519491231002X', phone: '13800138000' },
  materials: [{ seq: 1, copies: 1 }, { seq: 2, copies: 1 }, { seq: 3, copies: 1 }]
} as const

async function wholeCase(clerk: Client, cashier: Client) {
  const header = { 'Idempotency-Key': randomUUID() }
  const received = await given(clerk.POST('/cases', { params: { header }, body: { ...application, materials: [...application.materials] } }))
  const other = await clerk.POST('/cases', { params: { header }, body: { ...application, materials: [] } })
  const params = { path: { caseNumber: received.caseNumber } }
  await given(clerk.POST('/cases/{caseNumber}/finish', { params, body: { granted: true } }))
  const bill = await given(cashier.GET('/cases/{caseNumber}/bill', { params }))
  await given(cashier.POST('/cases/{caseNumber}/payment', { params, body: { method: 'CASH', shownFen: bill.dueFen } }))
  await given(clerk.POST('/cases/{caseNumber}/delivery', {
    params,
    body: { how: 'HANDED_OVER', collector: 'THE_APPLICANT', document: application.applicant.document }
  }))
  const progress = await given(clerk.GET('/cases/{caseNumber}/progress', { params }))
  return { case: received.caseNumber, reused: other.error?.reason, paid: bill.dueFen, state: progress.state }
}

try {
  const seen = { marks: '' }
  const clerk = await signIn('clerk', process.env.CLERK_PASSWORD!, seen)
  const cashier = await signIn('cashier', process.env.CASHIER_PASSWORD!, seen)
  console.log(JSON.stringify(await wholeCase(clerk, cashier)))
} catch (error) {
  if (!(error instanceof Refused)) throw error
  console.log(error.message)
  process.exitCode = 1
}
