/** Milliseconds that `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}

/** What so many per cent of the samples do not exceed. */
export function percentile(samples: readonly number[], percent: number): number {
  const sorted = [...samples].sort((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN
}

export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((one, other) => one - other)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
}

/** Both in turn, A B A B …, so that what the machine does beside them hits both; what each round gave. */
export async function alternate<Sample>(
  rounds: number,
  ours: (round: number) => Promise<Sample>,
  baseline: (round: number) => Promise<Sample>,
): Promise<{ ours: Sample[]; baseline: Sample[] }> {
  const samples: { ours: Sample[]; baseline: Sample[] } = { ours: [], baseline: [] }
  for (let round = 0; round < rounds; round += 1) {
    samples.ours.push(await ours(round))
    samples.baseline.push(await baseline(round))
  }
  return samples
}
