import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Faults } from './faults.ts'
import { isJson, type Json, maybeJson, text } from './json.ts'
import { METHODS, type Room } from './methods.ts'
import type { ResponseUrls } from './response-urls.ts'
import type { SandboxCall } from './types.ts'
import { answerWithFault, parseArgs, readBody, sendJson, tokenOf } from './wire.ts'
import type { Identity } from './workspace.ts'

/** What the sandbox answers at its port: the Web API, response_urls, and the rest of emulate as it is. */
export class Front {
  readonly calls: SandboxCall[] = []
  private readonly room: Room
  private readonly responseUrls: ResponseUrls
  private readonly faults: Faults
  private readonly identify: (token: string) => Identity | undefined
  private readonly now: () => number
  private readonly changed: () => void

  constructor(parts: {
    room: Room
    responseUrls: ResponseUrls
    faults: Faults
    identify: (token: string) => Identity | undefined
    now: () => number
    changed: () => void
  }) {
    this.room = parts.room
    this.responseUrls = parts.responseUrls
    this.faults = parts.faults
    this.identify = parts.identify
    this.now = parts.now
    this.changed = parts.changed
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams, search } = new URL(request.url ?? '/', 'http://sandbox')
    const method = /^\/api\/([\w.]+)$/.exec(pathname)?.[1]
    if (method) await this.call(method, searchParams, request, response)
    else if (/^\/(commands|actions|app)\//.test(pathname)) await this.responseUrl(pathname, request, response)
    else if (/^\/upload\/v1\/\w+$/.test(pathname))
      await this.upload(pathname.split('/').at(-1) ?? '', request, response)
    else return this.pass(pathname + search, request, response)
    this.changed()
  }

  private async call(method: string, query: URLSearchParams, request: IncomingMessage, response: ServerResponse) {
    const body = await readBody(request)
    const contentType = request.headers['content-type'] ?? 'application/x-www-form-urlencoded'
    const given = parseArgs(query, contentType, body.toString())
    const { token: _token, ...args } = given
    const call: SandboxCall = { method, args, token: tokenOf(request, given), at: this.now(), answer: undefined }
    this.calls.push(call)
    const from = performance.now()
    const raw = request.method === 'GET' ? Buffer.from(query.toString()) : body
    const fault = this.faults.take(method, text(args.channel))
    if (fault) {
      call.fault = fault.kind
      call.answer = await answerWithFault(fault, response, () => this.carryOut(call, raw, contentType))
      call.ms = performance.now() - from
      return
    }
    call.answer = await this.carryOut(call, raw, contentType)
    call.ms = performance.now() - from
    const scopes = call.token ? this.identify(call.token)?.scopes : undefined
    sendJson(response, call.answer, scopes ? { 'x-oauth-scopes': scopes.join(',') } : {})
  }

  private async carryOut(call: SandboxCall, raw: Buffer, contentType: string): Promise<Json> {
    const { method, args, token } = call
    if (!token) return { ok: false, error: 'not_authed' }
    const who = this.identify(token)
    if (!who) return { ok: false, error: 'invalid_auth' }
    if (this.room.removed.has(who.user)) return { ok: false, error: 'account_inactive' }
    if (who.kind === 'app' && method !== 'apps.connections.open') return { ok: false, error: 'not_allowed_token_type' }
    const own = Object.hasOwn(METHODS, method) ? METHODS[method] : undefined
    const forward = () => this.room.workspace.forward(method, raw, contentType, token)
    return own ? own(this.room, { method, args, who, forward }) : forward()
  }

  private async responseUrl(path: string, request: IncomingMessage, response: ServerResponse) {
    const body = maybeJson((await readBody(request)).toString())
    const post = () => this.responseUrls.post(path, isJson(body) ? body : {})
    const fault = this.faults.take('response_url', this.responseUrls.channelOf(path))
    if (fault) {
      await answerWithFault(fault, response, async () => (await post()).answer)
      return
    }
    const { status, answer } = await post()
    sendJson(response, answer, {}, status)
  }

  /** A file's bytes, as they are or as a form's field. A fault meets it as 'upload'. */
  private async upload(id: string, request: IncomingMessage, response: ServerResponse) {
    const body = new Response(new Uint8Array(await readBody(request)), {
      headers: { 'content-type': request.headers['content-type'] ?? 'application/octet-stream' },
    })
    const take = async (): Promise<Json> => ({ ok: this.room.files.receive(id, await bytesOf(body)) })
    const call: SandboxCall = { method: 'upload', args: { id }, token: undefined, at: this.now(), answer: undefined }
    this.calls.push(call)
    const fault = this.faults.take('upload', '')
    if (fault) {
      call.fault = fault.kind
      call.answer = await answerWithFault(fault, response, take)
      return
    }
    call.answer = await take()
    response.writeHead(call.answer.ok === true ? 200 : 404, { 'content-type': 'text/plain' })
    response.end(call.answer.ok === true ? 'OK' : 'file_not_found')
  }

  private async pass(path: string, request: IncomingMessage, response: ServerResponse) {
    const headers = { 'content-type': request.headers['content-type'] ?? 'application/octet-stream' }
    const method = request.method ?? 'GET'
    const body = method === 'GET' || method === 'HEAD' ? {} : { body: await readBody(request) }
    const passed = await this.room.workspace.pass(path, { method, headers, ...body })
    response.writeHead(passed.status, { 'content-type': passed.headers['content-type'] ?? 'text/plain' })
    response.end(passed.body)
  }
}

async function bytesOf(body: Response): Promise<Buffer> {
  if (!body.headers.get('content-type')?.startsWith('multipart/')) return Buffer.from(await body.arrayBuffer())
  const [field] = (await body.formData()).values()
  return field instanceof Blob ? Buffer.from(await field.arrayBuffer()) : Buffer.from(field ?? '')
}
