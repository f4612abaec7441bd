// SPDX-License-Identifier: Apache-2.0
// Requests to the hall. A command carries an idempotency key, so that a retry after a lost connection
// or a timeout does nothing twice. A request that finds the session ended waits until somebody has
// signed in again and is then sent anew, so that nothing typed is lost.
import { reactive } from 'vue'

import { actionBegan } from '@/input'
import { languageTag } from '@/words'

export type Query = Record<string, string | number | boolean | undefined | null>

export type TableForm = 'csv' | 'xlsx'
const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export interface Options {
  /** The command's Idempotency-Key: the same key for the same action. Left out, a new one is made. */
  key?: string
  /** How long to retry, in ms; 0: one attempt. */
  retryForMs?: number
  /** Do not open the sign-in dialog when the session has ended. */
  quiet?: boolean
  /** A POST that only reads, so it makes no key rest. */
  reads?: boolean
  /** The answer as a file for a spreadsheet, a Blob. */
  csv?: TableForm
  signal?: AbortSignal
}

/** A refusal (RFC 9457), or the hall being out of reach (status 0, reason UNREACHABLE). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
    readonly title: string,
    readonly detail = '',
    readonly field = '',
    readonly retryAfterMs = 0,
  ) {
    super(title)
    this.name = 'Problem'
  }
}

/** Set by session.ts: the session's token, and how to sign in again. */
export const gate = {
  csrfToken: '',
  signInAgain: null as null | (() => Promise<void>),
  freshToken: null as null | (() => Promise<void>),
}

/** `waiting`: requests that are being retried because the hall does not answer. */
export const reach = reactive({ waiting: 0 })

const ROOT = '/api/v1'
const RETRY_FOR_MS = 20_000
const FIRST_PAUSE_MS = 300
const LONGEST_PAUSE_MS = 3_000

/** A version 4 UUID; crypto.randomUUID exists on secure origins only. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

export function urlOf(path: string, query: Query = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  const text = search.toString()
  return ROOT + path + (text === '' ? '' : `?${text}`)
}

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal?.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason)
    })
  })
}

async function problemOf(response: Response): Promise<Problem> {
  const body = await response.json().catch(() => ({}))
  return new Problem(
    response.status,
    body.reason ?? 'REASON_UNSPECIFIED',
    body.title ?? response.statusText,
    body.detail ?? '',
    body.field ?? '',
    Number(response.headers.get('Retry-After') ?? 0) * 1000,
  )
}

/** One attempt: a request and its response. */
async function exchange<T>(
  method: string,
  url: string,
  body: string | undefined,
  key: string,
  { signal, csv }: Options,
): Promise<T> {
  const headers: Record<string, string> = { 'Accept-Language': languageTag() }
  if (csv) headers.Accept = csv === 'xlsx' ? XLSX_TYPE : 'text/csv'
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  if (method !== 'GET') {
    headers['X-CSRF-Token'] = gate.csrfToken
    headers['Idempotency-Key'] = key
  }
  let response: Response
  try {
    response = await fetch(url, { method, headers, body, signal, credentials: 'same-origin' })
  } catch (fault) {
    if (signal?.aborted) throw fault
    throw new Problem(0, 'UNREACHABLE', '')
  }
  if (!response.ok) throw await problemOf(response)
  try {
    if (csv) return (await response.blob()) as T
    return (response.status === 204 ? {} : await response.json()) as T
  } catch {
    throw new Problem(0, 'UNREACHABLE', '') // the response was cut off
  }
}

/** Is the refusal temporary? Then the same request with the same key may succeed later. */
function isTemporary(problem: Problem): boolean {
  return (
    problem.status === 0 ||
    problem.status === 503 ||
    problem.status === 504 ||
    problem.status === 502 ||
    problem.reason === 'TOO_MANY_REQUESTS'
  )
}

/** Removes what stopped the request, if that is possible: then it can be sent again. */
async function recovered(problem: Problem, options: Options): Promise<boolean> {
  if (problem.reason === 'SIGN_IN_NEEDED' && !options.quiet && gate.signInAgain) {
    await gate.signInAgain()
    return true
  }
  if (problem.reason === 'CSRF_TOKEN_NEEDED' && gate.freshToken) {
    await gate.freshToken()
    return true
  }
  return false
}

/** A command makes the key that led to it rest. */
async function ask<T>(
  method: string,
  path: string,
  query: Query | undefined,
  content: unknown,
  options: Options,
): Promise<T> {
  const ended = method === 'GET' || options.reads ? () => undefined : actionBegan()
  try {
    return await send<T>(method, path, query, content, options)
  } finally {
    ended()
  }
}

async function send<T>(
  method: string,
  path: string,
  query: Query | undefined,
  content: unknown,
  options: Options,
): Promise<T> {
  const url = urlOf(path, query)
  const body = content === undefined ? undefined : JSON.stringify(content)
  const key = options.key ?? newKey()
  let deadline = Date.now() + (options.retryForMs ?? RETRY_FOR_MS)
  let pauseMs = FIRST_PAUSE_MS
  let recoveries = 0
  for (;;) {
    try {
      return await exchange<T>(method, url, body, key, options)
    } catch (fault) {
      if (!(fault instanceof Problem)) throw fault
      const waitMs = Math.max(pauseMs, fault.retryAfterMs)
      if (isTemporary(fault) && Date.now() + waitMs < deadline) {
        reach.waiting++
        await pause(waitMs, options.signal).finally(() => reach.waiting--)
        pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
      } else if (recoveries < 2 && (await recovered(fault, options))) {
        recoveries++
        deadline = Date.now() + (options.retryForMs ?? RETRY_FOR_MS)
      } else {
        throw fault
      }
    }
  }
}

/** Paths are relative to /api/v1: "/tasks". Every failure is thrown as a Problem. */
export const api = {
  /** A list as a table for a spreadsheet, with all its pages. */
  /** A list as a file for a spreadsheet, all of its pages. */
  table: (path: string, form: TableForm, query?: Query) => ask<Blob>('GET', path, query, undefined, { csv: form }),
  get: <T>(path: string, query?: Query, options: Options = {}) =>
    ask<T>('GET', path, query, undefined, options),
  post: <T>(path: string, body: unknown = {}, options: Options = {}) =>
    ask<T>('POST', path, undefined, body, options),
  put: <T>(path: string, body: unknown, options: Options = {}) =>
    ask<T>('PUT', path, undefined, body, options),
  del: <T>(path: string, options: Options = {}) =>
    ask<T>('DELETE', path, undefined, undefined, options),
}
