import { describe, expect, test } from 'vitest'
import { readConfigEnvironment, readEnvironment } from '../../src/config/environment.ts'

const HTTP = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'shh' }

const faultsOf = (env: Record<string, string | undefined>) => {
  const result = readEnvironment(env)
  return result.ok ? [] : result.faults
}
const environmentOf = (env: Record<string, string | undefined>) => {
  const result = readEnvironment(env)
  if (!result.ok) throw new Error(result.faults.join('\n'))
  return result.environment
}

describe('the environment', () => {
  test('has its defaults', () => {
    expect(environmentOf(HTTP)).toEqual({
      slack: {
        botToken: 'xoxb-1',
        apiUrl: 'https://slack.com/api/',
        mode: { kind: 'http', signingSecret: 'shh' },
      },
      port: 3000,
      database: { kind: 'embedded', directory: 'data' },
      logLevel: 'info',
    })
  })

  test('is read in full', () => {
    const environment = environmentOf({
      SLACK_BOT_TOKEN: 'sandbox',
      SLACK_APP_TOKEN: 'xapp-1',
      SLACK_SIGNING_SECRET: 'shh',
      SLACK_API_URL: 'http://127.0.0.1:4000/api',
      PORT: '0',
      DATABASE_URL: 'postgresql://amends:p%40ss@db/amends?sslmode=require',
      DATA_DIR: '/var/lib/amends',
      LOG_LEVEL: 'silent',
    })
    expect(environment).toEqual({
      slack: {
        botToken: 'sandbox',
        apiUrl: 'http://127.0.0.1:4000/api/',
        mode: { kind: 'socket', appToken: 'xapp-1' },
      },
      port: 0,
      database: { kind: 'postgres', url: 'postgresql://amends:p%40ss@db/amends?sslmode=require' },
      logLevel: 'silent',
    })
  })

  test('empty and blank are unset', () => {
    const blank = { SLACK_APP_TOKEN: '', SLACK_API_URL: ' ', PORT: '', DATABASE_URL: '', DATA_DIR: '', LOG_LEVEL: '' }
    expect(environmentOf({ ...HTTP, ...blank })).toEqual(environmentOf(HTTP))
    expect(environmentOf({ ...HTTP, DATA_DIR: '/d' }).database).toEqual({ kind: 'embedded', directory: '/d' })
  })

  test.each([
    'postgres://db',
    'postgres:///amends?host=/var/run/postgresql',
    'postgres://u:p@a:5432,b:5433/amends',
    'postgres://u:p@[::1]:5432/amends',
  ])('%s is a database', (url) => {
    expect(environmentOf({ ...HTTP, DATABASE_URL: url }).database).toEqual({ kind: 'postgres', url })
  })

  test('reports everything at once, by name', () => {
    expect(
      faultsOf({ PORT: 'http', SLACK_API_URL: 'slack.com', DATABASE_URL: 'mysql://db', LOG_LEVEL: 'loud' }),
    ).toEqual([
      "SLACK_BOT_TOKEN is not set: the bot token (xoxb-…) from your Slack app's page, OAuth & Permissions.",
      "SLACK_SIGNING_SECRET is not set: the signing secret from your Slack app's page, Basic Information; " +
        'or set SLACK_APP_TOKEN (xapp-…, same page, App-Level Tokens) for Socket Mode.',
      "SLACK_API_URL is not a http:// or https:// address: leave it out for Slack's own, https://slack.com/api/.",
      'PORT is not a whole number from 0 to 65535: the port to listen on, 3000 where it is left out.',
      'DATABASE_URL is not an address like postgres://user:password@host:5432/database ' +
        '(percent-encode special characters in the password): leave it out for the embedded database in DATA_DIR.',
      'LOG_LEVEL is not one of fatal, error, warn, info, debug, trace, silent: info where it is left out.',
    ])
  })

  test.each([
    [{ SLACK_BOT_TOKEN: undefined }, 'SLACK_BOT_TOKEN is not set'],
    [{ SLACK_BOT_TOKEN: 'xoxb-1\n' }, 'SLACK_BOT_TOKEN contains white space'],
    [{ SLACK_BOT_TOKEN: 'xapp-1' }, 'SLACK_BOT_TOKEN holds an app-level token'],
    [{ SLACK_BOT_TOKEN: 'xoxp-1' }, "SLACK_BOT_TOKEN holds a person's token"],
    [{ SLACK_SIGNING_SECRET: '' }, 'SLACK_SIGNING_SECRET is not set'],
    [{ SLACK_SIGNING_SECRET: 's h' }, 'SLACK_SIGNING_SECRET contains white space'],
    [{ SLACK_APP_TOKEN: 'x app' }, 'SLACK_APP_TOKEN contains white space'],
    [{ SLACK_APP_TOKEN: 'xoxb-1' }, 'SLACK_APP_TOKEN holds another kind of token'],
    [{ SLACK_API_URL: 'ftp://slack' }, 'SLACK_API_URL is not'],
    [{ SLACK_API_URL: 'http://' }, 'SLACK_API_URL is not'],
    [{ SLACK_API_URL: 'http:slack/api' }, 'SLACK_API_URL is not'],
    [{ SLACK_API_URL: 'http://slack/api?x=1' }, 'SLACK_API_URL is not'],
    [{ PORT: '65536' }, 'PORT is not'],
    [{ PORT: '-1' }, 'PORT is not'],
    [{ PORT: '3e3' }, 'PORT is not'],
    [{ DATABASE_URL: 'postgres://' }, 'DATABASE_URL is not'],
    [{ DATABASE_URL: 'postgres:db' }, 'DATABASE_URL is not'],
    [{ DATABASE_URL: 'postgres://u:50%off@db/amends' }, 'DATABASE_URL is not'],
    [{ DATABASE_URL: 'postgres://db:port/amends' }, 'DATABASE_URL is not'],
    [{ DATABASE_URL: 'postgres://db/a b' }, 'DATABASE_URL is not'],
  ])('%j is one fault', (change, fault) => {
    const faults = faultsOf({ ...HTTP, ...change })
    expect(faults).toHaveLength(1)
    expect(faults[0]).toContain(fault)
  })

  test('no fault repeats a value', () => {
    const secret = 's3cr3t'
    const names = 'SLACK_BOT_TOKEN SLACK_SIGNING_SECRET SLACK_APP_TOKEN SLACK_API_URL PORT DATABASE_URL LOG_LEVEL'
    const faults = faultsOf(Object.fromEntries(names.split(' ').map((name) => [name, `${secret} ${secret}`])))
    expect(faults).toHaveLength(7)
    expect(faults.join('\n')).not.toContain(secret)
    expect(faults.every((fault) => !fault.includes('\n'))).toBe(true)
  })

  test('the config commands need none of it', () => {
    expect(readConfigEnvironment({})).toEqual({
      ok: true,
      environment: { slack: null, database: { kind: 'embedded', directory: 'data' }, logLevel: 'info' },
    })
    expect(readConfigEnvironment({ SLACK_BOT_TOKEN: 'xoxb-1', PORT: 'x', SLACK_API_URL: 'http://s/api' })).toEqual({
      ok: true,
      environment: {
        slack: { botToken: 'xoxb-1', apiUrl: 'http://s/api/' },
        database: { kind: 'embedded', directory: 'data' },
        logLevel: 'info',
      },
    })
    expect(readConfigEnvironment({ SLACK_BOT_TOKEN: 'a b', DATABASE_URL: 'x' })).toMatchObject({
      ok: false,
      faults: { length: 2 },
    })
  })
})
