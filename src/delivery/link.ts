/** A message's address, made as Slack makes it, without asking. */
export const linkTo = (home: string, { channel, ts }: { readonly channel: string; readonly ts: string }): string =>
  `${home.replace(/\/$/, '')}/archives/${channel}/p${ts.replace('.', '')}`
