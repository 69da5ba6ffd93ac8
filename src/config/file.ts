import { open } from 'node:fs/promises'
import { LARGEST_FILE } from './yaml.ts'

/** Reads a file, or as much of it as shows that it is too large: /dev/zero and a wrong path to a dump end here too. */
export async function readConfigFile(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r')
  try {
    const buffer = Buffer.alloc(LARGEST_FILE + 1)
    let length = 0
    while (length < buffer.length) {
      const { bytesRead } = await file.read(buffer, length, buffer.length - length, null)
      if (bytesRead === 0) break
      length += bytesRead
    }
    return buffer.subarray(0, length)
  } finally {
    await file.close()
  }
}
