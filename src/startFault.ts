/** A fault that the person starting the process can mend: printed as one line, without a stack. */
export class StartFault extends Error {}
