import type { FiguresPair } from '../complaint/figures.ts'
import type { Department, Setup } from '../complaint/setup.ts'
import { message, section } from './blocks.ts'
// placeholder until the digest helper delivers
export const digest = (_f: FiguresPair, _o: { setup: Setup; department: Department | null; slot: Date }) =>
  message([section('digest')])
