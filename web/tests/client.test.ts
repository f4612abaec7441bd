// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'

import { api, gate, newKey, Problem, urlOf } from '@/api/client'

/** The hall's responses, one after the other; null: the network is lost. */
type Answer = { status: number; body?: object; headers?: Record<string, string> } | null
let answers: Answer[]
let asked: { url: string; method: string; headers: Record<string, string>; body?: string }[]

beforeEach(() => {
  answers = []
  asked = []
  gate.csrfToken = 'token'
  gate.signInAgain = null
  gate.freshToken = null
  globalThis.fetch = (async (url: string, init: RequestInit) => {
    asked.push({ url, ...init } as never)
    const answer = answers.shift() ?? null
    if (answer === null) throw new TypeError('network')
    return new Response(JSON.stringify(answer.body ?? {}), { status: answer.status, headers: answer.headers })
  }) as typeof fetch
})

/** Pauses pass at once and move the clock: no test sleeps. */
async function inNoTime<T>(request: () => Promise<T>): Promise<T> {
  const { setTimeout } = globalThis
  const { now } = Date
  let clock = now()
  Date.now = () => clock
  globalThis.setTimeout = ((then: () => void, ms: number) => {
    clock += ms
    return setImmediate(then)
  }) as never
  try {
    return await request()
  } finally {
    Object.assign(globalThis, { setTimeout })
    Date.now = now
  }
}

const isProblem = (status: number, reason: string) => (fault: unknown) =>
  fault instanceof Problem && fault.status === status && fault.reason === reason

test('a key is a UUID of version 4, and no two are the same', () => {
  assert.match(newKey(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  assert.notEqual(newKey(), newKey())
})

test('what is not asked is not in the address', () => {
  assert.equal(urlOf('/cases', { item: 'A 1', window: 0, after: '', state: undefined }), '/api/v1/cases?item=A+1&window=0')
})

test('a command met by a lost network is asked again with the same key', async () => {
  answers = [null, { status: 504, body: { reason: 'NO_ANSWER' } }, { status: 200, body: { caseNumber: '7' } }]
  assert.deepEqual(await inNoTime(() => api.post('/cases', { item: 'CUL-01' })), { caseNumber: '7' })
  assert.equal(asked.length, 3)
  assert.equal(new Set(asked.map((one) => one.headers['Idempotency-Key'])).size, 1)
  assert.equal(new Set(asked.map((one) => one.body)).size, 1)
  assert.equal(asked[0]!.headers['X-CSRF-Token'], 'token')
})

test('two commands have two keys', async () => {
  answers = [{ status: 200 }, { status: 200 }]
  await api.post('/cases')
  await api.post('/cases')
  assert.notEqual(asked[0]!.headers['Idempotency-Key'], asked[1]!.headers['Idempotency-Key'])
})

test('retries end, and the error says that the hall is out of reach', async () => {
  await assert.rejects(inNoTime(() => api.get('/tasks', {}, { retryForMs: 3000 })), isProblem(0, 'UNREACHABLE'))
  assert.ok(asked.length > 2)
})

test('a refusal by the rules is told at once', async () => {
  answers = [{ status: 409, body: { reason: 'WRONG_STATE', title: '办件当前状态不能进行此操作', field: '' } }]
  await assert.rejects(api.post('/cases/7/finish'), isProblem(409, 'WRONG_STATE'))
  assert.equal(asked.length, 1)
})

test('an ended session is signed in again, and the request goes on as it was', async () => {
  answers = [{ status: 401, body: { reason: 'SIGN_IN_NEEDED' } }, { status: 200, body: { state: 'ACCEPTED' } }]
  gate.signInAgain = async () => {
    gate.csrfToken = 'next'
  }
  assert.deepEqual(await api.post('/cases', { item: 'CUL-01' }), { state: 'ACCEPTED' })
  assert.equal(asked[0]!.headers['Idempotency-Key'], asked[1]!.headers['Idempotency-Key'])
  assert.equal(asked[1]!.headers['X-CSRF-Token'], 'next')
})

test('a wrong password is no ended session', async () => {
  answers = [{ status: 401, body: { reason: 'WRONG_PASSWORD' } }]
  gate.signInAgain = () => assert.fail('no dialog')
  await assert.rejects(api.post('/session', {}), isProblem(401, 'WRONG_PASSWORD'))
})

test('a token that another tab renewed is fetched', async () => {
  answers = [{ status: 403, body: { reason: 'CSRF_TOKEN_NEEDED' } }, { status: 200 }]
  gate.freshToken = async () => {
    gate.csrfToken = 'next'
  }
  await api.del('/tokens/a')
  assert.equal(asked[1]!.headers['X-CSRF-Token'], 'next')
})

test('too many requests wait as long as they are told', async () => {
  answers = [{ status: 429, body: { reason: 'TOO_MANY_REQUESTS' }, headers: { 'Retry-After': '2' } }, { status: 200 }]
  await inNoTime(() => api.get('/tasks'))
  assert.equal(asked.length, 2)
})
