import type { ImageBlock } from '@slack/types'
import type { Picture } from '../complaint/picture.ts'
import { altOf } from '../pictures/alt.ts'

/** A picture that Slack has, shown in place, with its figures in at most so many characters of JSON. */
export const image = (file: string, picture: Picture, most?: number): ImageBlock => ({
  type: 'image',
  slack_file: { id: file },
  alt_text: altOf(picture, most),
})
