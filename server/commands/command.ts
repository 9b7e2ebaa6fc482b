/** Gives the exit code. */
export type Command = (args: readonly string[]) => Promise<number>
