// SPDX-License-Identifier: Apache-2.0
// A file of a paper goes to the hall piece by piece; cut off, it goes on where it stopped.
import { api } from '@/api/client'
import { Sha256 } from '@/sha256'

interface Begun {
  scan: number
  pieceBytes: number
  pieces: number
  received: number
}
interface Added {
  received: number
  whole: boolean
}

/** What a file dialog offers; the hall judges by the content. */
export const ACCEPT = '.pdf,.jpg,.jpeg,.png,.ofd,application/pdf,image/jpeg,image/png'
const PART = 1 << 20

async function bytesOf(file: Blob, from: number, to: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(from, to).arrayBuffer())
}

async function hashOf(file: Blob): Promise<string> {
  const hash = new Sha256()
  for (let at = 0; at < file.size; at += PART) hash.add(await bytesOf(file, at, at + PART))
  return hash.end()
}

export function base64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(text)
}

/** `told` hears how much of it is there, from 0 to 1. `code`: of a slip, where nobody is signed in. */
export async function sendScan(caseNumber: string, seq: number, file: Blob, told: (part: number) => void, code = ''): Promise<void> {
  const path = `/cases/${caseNumber}/scans`
  const begun = await api.post<Begun>(path, { seq, bytes: String(file.size), sha256: await hashOf(file), code })
  for (let piece = begun.received + 1; piece <= begun.pieces; piece++) {
    const data = base64(await bytesOf(file, (piece - 1) * begun.pieceBytes, piece * begun.pieceBytes))
    await api.post<Added>(`${path}/${begun.scan}/pieces`, { piece, data, code })
    told(piece / begun.pieces)
  }
}

/** RULE H21: the look is on record; where the file is then to be had, for ten minutes. */
export async function lookAt(caseNumber: string, scan: number, purpose: string): Promise<string> {
  const path = `/cases/${caseNumber}/scans/${scan}`
  const { look } = await api.post<{ look: string }>(`${path}/views`, { purpose })
  return `/api/v1${path}?look=${look}`
}

/** "1.4 MB" */
export const sizeText = (bytes: string): string => {
  const n = Number(bytes)
  return n >= 1e6 ? `${(n / 1e6).toFixed(1)} MB` : `${Math.max(1, Math.round(n / 1e3))} kB`
}
