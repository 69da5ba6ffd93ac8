import { Client, sendAll, sendAtRate } from './support/client.ts'
import { command } from './support/payloads.ts'
import { type BotPlace, startBolt, startBot } from './support/processes.ts'
import type { Measured } from './support/report.ts'
import { alternate, median, percentile } from './support/rounds.ts'

const WARM_UP = 1_500
const ROUNDS = 5
const ONE_BY_ONE = 400
const AT_RATE = 200
const PER_SECOND = 50

const many = (count: number) => Array.from({ length: count }, command)

/** From `/complaint` to the HTTP answer, against an app of Bolt's own that only acknowledges. */
export async function measureAcknowledgement(place: BotPlace): Promise<Measured[]> {
  const [bot, bolt] = await Promise.all([startBot(place), startBolt()])
  const ours = new Client(bot.port)
  const baseline = new Client(bolt.port)
  try {
    for (const client of [ours, baseline]) await sendAll(client, many(WARM_UP), 1)
    const atRate = async (client: Client) => {
      await client.send(command())
      const samples = await sendAtRate(client, many(AT_RATE), PER_SECOND)
      await idle()
      return samples
    }
    const oneByOne = async (client: Client) => {
      await client.send(command())
      const { each } = await sendAll(client, many(ONE_BY_ONE), 1)
      await idle()
      return each
    }
    return [
      ...rows(
        `${PER_SECOND} a second`,
        await alternate(
          ROUNDS,
          () => atRate(ours),
          () => atRate(baseline),
        ),
      ),
      ...rows(
        'one after the other',
        await alternate(
          ROUNDS,
          () => oneByOne(ours),
          () => oneByOne(baseline),
        ),
      ),
    ]
  } finally {
    ours.close()
    baseline.close()
    await Promise.all([bot.child.stop(), bolt.child.stop()])
  }
}

/** What follows an acknowledgement (the form is opened) must not fall into the other's turn. */
const idle = () => new Promise((resolve) => setTimeout(resolve, 100))

function rows(how: string, samples: { ours: number[][]; baseline: number[][] }): Measured[] {
  const of = (rounds: number[][], percent: number) => median(rounds.map((round) => percentile(round, percent)))
  return [50, 99].map((percent) => ({
    name: `/complaint acknowledged, ${how}, p${percent}`,
    unit: 'ms',
    ours: of(samples.ours, percent),
    baseline: of(samples.baseline, percent),
    goal: percent === 99 ? { of: 'ratio', is: 'at most', value: 1.25 } : null,
  }))
}
