declare module 'fs-native-extensions' {
  /** Takes the operating system's exclusive lock on the file; false where somebody else holds it. */
  export function tryLock(fd: number): boolean
}
